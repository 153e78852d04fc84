import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { writeFileAtomically } from "../checkpoint/nodeFiles.ts";
import { readLines } from "../data/lines.ts";
import type { TranslateOptions, Translation } from "../decoding/translator.ts";
import { formatPharaoh } from "../evaluation/alignment.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import type { Seq2Seq } from "../library/seq2seq.ts";
import { UserError } from "../tensor/errors.ts";
import { traceJson } from "../trace/traceJson.ts";
import { alignmentPicture } from "./alignmentPicture.ts";
import type { LoadedModels, ModelFlags } from "./models.ts";
import { addModelOptions, loadModels } from "./models.ts";
import { positive, wholeFrom } from "./numbers.ts";
import type { SearchFlags } from "./searchFlags.ts";
import { addSearchOptions, checkSearchFlags, translateOptions } from "./searchFlags.ts";
import { translateSources } from "./sources.ts";
import { standardOutput } from "./standardOutput.ts";

const examples = `
With several models, each given with --model, their probabilities are averaged at every step; their target
vocabularies have to be the same.

Examples:
  $ echo "un homme dort ." | seq2see translate --model my-model
  $ seq2see translate --model my-model --input test.fr --beam 5 > test.en
  $ seq2see translate --model my-model --n-best 5 --input test.fr        number ||| translation ||| score
  $ echo "un homme dort ." | seq2see translate --model my-model --show-alignment
  $ echo "un homme dort ." | seq2see translate --model my-model --prefix "a guy"
  $ seq2see translate --model my-model --input led.tsv --prefix-column 2        texts, and how each translation begins
  $ seq2see translate --model one --model two --model three --input test.fr
  $ seq2see translate --model my-model --input test.fr --sample --top-p 0.9 --temperature 0.8 --seed 7
  $ seq2see translate --model my-model --input test.fr --no-repeat-ngram 3 --dictionary words.tsv
  A model of pictures, or of files of features, takes their names (those in a file relative to its folder):
    $ ls pictures/*.png | seq2see translate --model captions
`;

/** Adds `seq2see translate`. */
export function addTranslateCommand(program: Command): void {
  const command = addModelOptions(
    program
      .command("translate")
      .description("translate lines of text from standard input or a file"),
  ).option("--input <file>", "lines to translate, plain or gzip (default: standard input)");
  addSearchOptions(command)
    .option("--n-best <n>", "translations of each line, with their scores", wholeFrom(1))
    .option("--prefix <text>", "what every translation begins with")
    .option(
      "--prefix-column <n>",
      "lines are tables: the text in column 1, what its translation begins with in column n",
      wholeFrom(2),
    )
    .option("--sample", "draw the words instead of searching for the best")
    .option("--temperature <x>", "of drawing (default: 1)", positive)
    .option("--top-k <n>", "draw from the n best words only", wholeFrom(1))
    .option(
      "--top-p <p>",
      "draw from the likeliest words only that together reach this probability",
      positive,
    )
    .option("--seed <n>", "of drawing (default: 1)", wholeFrom(0))
    .option(
      "--alignments <file>",
      "write alignments: Pharaoh format, or JSON with all weights if it ends in .json",
    )
    .option(
      "--trace <file>",
      "record each translation with the search and all named tensors, as JSON",
    )
    .option("--show-alignment", "show the attention of each translation as a picture")
    .addHelpText("after", examples)
    .action(async (flags: TranslateFlags) => {
      checkPrefixFlags(flags);
      const options = await translateOptions(flags, flags.nBest);
      const model = await loadModels(flags);
      try {
        await translateLines(model, flags, options);
      } finally {
        await model.release();
      }
    });
}

interface TranslateFlags extends SearchFlags, ModelFlags {
  readonly input?: string;
  readonly nBest?: number;
  readonly prefix?: string;
  readonly prefixColumn?: number;
  readonly alignments?: string;
  readonly trace?: string;
  readonly showAlignment?: boolean;
}

function checkPrefixFlags({ prefix, prefixColumn, trace }: TranslateFlags): void {
  if (prefix !== undefined && prefixColumn !== undefined) {
    throw new UserError(
      `--prefix-column ${prefixColumn}: --prefix is for all lines; give only one of them.`,
    );
  }
  if (trace !== undefined && (prefix !== undefined || prefixColumn !== undefined)) {
    throw new UserError(`--trace ${trace}: it records searches without a prefix; leave one out.`);
  }
}

async function translateLines(
  model: LoadedModels,
  flags: TranslateFlags,
  options: TranslateOptions,
): Promise<void> {
  if ((flags.alignments || flags.showAlignment) && !model.hasAttention) {
    throw new UserError(
      "This model has no attention, so that there is no alignment; leave --alignments and --show-alignment out.",
    );
  }
  checkSearchFlags(flags, model);
  const { trace, prefixColumn } = flags;
  if (trace !== undefined && !model.single) {
    throw new UserError(`--trace ${trace}: a trace is of one model; give --model once.`);
  }
  const typed = flags.input === undefined ? await standardInput() : await fileLines(flags.input);
  const { lines, prefixes } =
    prefixColumn === undefined
      ? {
          lines: typed,
          prefixes: flags.prefix === undefined ? null : typed.map(() => flags.prefix ?? ""),
        }
      : ledLines(typed, prefixColumn, flags.input ?? "the standard input");
  const folder = flags.input === undefined ? "" : dirname(flags.input);
  const files = new SourceFiles(folder, model.sourceSizes);
  const results = await translateSources(model, files, lines, {
    ...options,
    ...(prefixes && { prefixes }),
  });
  for (const [index, translations] of results.entries()) {
    for (const translation of translations) {
      const score = translation.score.toFixed(4);
      await standardOutput.print(
        flags.nBest === undefined
          ? translation.text
          : `${index} ||| ${translation.text} ||| ${score}`,
      );
      if (flags.showAlignment) await standardOutput.print(alignmentPicture(translation));
    }
  }
  if (trace !== undefined && model.single) {
    await writeTraces(trace, model.single, files, lines, options);
  }
  if (flags.alignments !== undefined) await writeAlignments(flags.alignments, results);
}

/** Lines as tables: the text in the first column, the prefix in another; it may be missing. */
function ledLines(
  typed: readonly string[],
  column: number,
  path: string,
): { lines: string[]; prefixes: string[] } {
  const rows = typed.map((line) => line.split("\t"));
  if (rows.length > 0 && rows.every((cells) => cells.length < column)) {
    throw new UserError(
      `--prefix-column ${column}: no line of ${path} has so many columns; separate them by tabs.`,
    );
  }
  return {
    lines: rows.map(([text = ""]) => text),
    prefixes: rows.map((cells) => cells[column - 1] ?? ""),
  };
}

async function writeTraces(
  path: string,
  model: Seq2Seq,
  files: SourceFiles,
  lines: readonly string[],
  options: TranslateOptions,
): Promise<void> {
  // Whether hypotheses carry their attention is nothing to a trace; its own `attention` is another.
  const { attention: _, prefixes: __, dictionary: ___, sample, ...search } = options;
  const chunks: Uint8Array[] = [];
  for (const [index, line] of lines.entries()) {
    const source = await files.read(line, index + 1);
    // A line is drawn with its own stream, as it was when it was printed.
    const own = { ...search, ...(sample && { sample: { ...sample, seed: sample.seed + index } }) };
    const trace = traceJson(await model.trace(source, own));
    chunks.push(new TextEncoder().encode(`${JSON.stringify(trace)}\n`));
  }
  await writeFileAtomically(path, chunks);
}

async function writeAlignments(path: string, results: readonly Translation[][]): Promise<void> {
  const best = results.map(([first]) => first as Translation);
  const lines = path.endsWith(".json")
    ? [
        JSON.stringify(
          best.map(({ sourceTokens, tokens, attention, alignment }) => ({
            ...{ sourceTokens, tokens, alignment },
            attention: attention && Array.from(attention, (row) => Array.from(row)),
          })),
        ),
      ]
    : best.map(({ alignment }) => formatPharaoh(alignment ?? []));
  await writeFileAtomically(path, [new TextEncoder().encode(`${lines.join("\n")}\n`)]);
}

async function fileLines(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of readLines(path)) lines.push(text);
  return lines;
}

async function standardInput(): Promise<string[]> {
  if (process.stdin.isTTY) console.error("Type sentences, one a line; Ctrl-D ends them.");
  const bytes = await readFile("/dev/stdin").catch(async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError("The standard input is not UTF-8; convert it, for instance with iconv.");
  }
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
