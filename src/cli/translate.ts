import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { writeFileAtomically } from "../checkpoint/nodeFiles.ts";
import { readLines } from "../data/lines.ts";
import type { TranslateOptions, Translation } from "../decoding/translator.ts";
import { formatPharaoh } from "../evaluation/alignment.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import { traceJson } from "../trace/traceJson.ts";
import { alignmentPicture } from "./alignmentPicture.ts";
import { notNegative, positive, wholeFrom } from "./numbers.ts";
import { translateSources } from "./sources.ts";

/** Options of searching that several commands share. */
export interface SearchFlags {
  readonly beam?: number;
  readonly lengthPenalty?: number;
  readonly coveragePenalty?: number;
  readonly maxLength?: number;
  readonly replaceUnknown?: boolean;
  readonly sample?: boolean;
  readonly temperature?: number;
  readonly topK?: number;
  readonly seed?: number;
}

/** Adds the options of {@link SearchFlags}. */
export function addSearchOptions(command: Command): Command {
  return command
    .option(
      "--beam <n>",
      "hypotheses searched side by side; 1 is greedy (default: 5)",
      wholeFrom(1),
    )
    .option(
      "--length-penalty <alpha>",
      "length normalisation of GNMT, 0 for none (default: 1)",
      notNegative,
    )
    .option("--coverage-penalty <beta>", "coverage penalty of GNMT (default: 0)", notNegative)
    .option(
      "--max-length <n>",
      "most tokens of a translation (default: twice the source and 10)",
      wholeFrom(1),
    )
    .option("--no-replace-unknown", "leave <unk> instead of the attended source word")
    .option("--device <name>", "cpu, cuda or webgpu (default: cpu)")
    .option("--threads <n>", "(default: all processors)", wholeFrom(1));
}

/**
 * The search that flags ask for.
 *
 * @throws UserError if they do not go together.
 */
export function translateOptions(flags: SearchFlags, nBest = 1): TranslateOptions {
  const { lengthPenalty, coveragePenalty, maxLength, replaceUnknown, sample } = flags;
  if (sample && nBest > 1) {
    throw new UserError(
      `--n-best ${nBest}: --sample draws one translation; give only one of them.`,
    );
  }
  if (sample && flags.beam !== undefined && flags.beam > 1) {
    throw new UserError(`--beam ${flags.beam}: --sample does not search; give only one of them.`);
  }
  const beam = flags.beam ?? (sample ? 1 : Math.max(5, nBest));
  if (nBest > beam) {
    throw new UserError(
      `--n-best ${nBest}: a beam of ${beam} finds no more than ${beam}; give --beam ${nBest} or more.`,
    );
  }
  return {
    beam,
    nBest,
    ...(lengthPenalty !== undefined && { alpha: lengthPenalty }),
    ...(coveragePenalty !== undefined && { beta: coveragePenalty }),
    ...(maxLength !== undefined && { maximumLength: maxLength }),
    ...(replaceUnknown === false && { replaceUnknown: false }),
    ...(sample && {
      sample: {
        seed: flags.seed ?? 1,
        ...(flags.temperature !== undefined && { temperature: flags.temperature }),
        ...(flags.topK !== undefined && { topK: flags.topK }),
      },
    }),
  };
}

const examples = `
Examples:
  $ echo "un homme dort ." | seq2see translate --model my-model
  $ seq2see translate --model my-model --input test.fr --beam 5 > test.en
  $ seq2see translate --model my-model --n-best 5 --input test.fr        number ||| translation ||| score
  $ echo "un homme dort ." | seq2see translate --model my-model --show-alignment
  A model of pictures, or of files of features, takes their names (those in a file relative to its folder):
    $ ls pictures/*.png | seq2see translate --model captions
`;

/** Adds `seq2see translate`. */
export function addTranslateCommand(program: Command): void {
  const command = program
    .command("translate")
    .description("translate lines of text from standard input or a file")
    .requiredOption("--model <folder>", "folder of the model")
    .option("--input <file>", "lines to translate, plain or gzip (default: standard input)");
  addSearchOptions(command)
    .option("--n-best <n>", "translations of each line, with their scores", wholeFrom(1))
    .option("--sample", "draw the words instead of searching for the best")
    .option("--temperature <x>", "of drawing (default: 1)", positive)
    .option("--top-k <n>", "draw from the n best words only", wholeFrom(1))
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
      const options = translateOptions(flags, flags.nBest);
      const model = await Seq2Seq.load(flags.model, flags);
      try {
        await translateLines(model, flags, options);
      } finally {
        await model.release();
      }
    });
}

interface TranslateFlags extends SearchFlags, RuntimeOptions {
  readonly model: string;
  readonly input?: string;
  readonly nBest?: number;
  readonly alignments?: string;
  readonly trace?: string;
  readonly showAlignment?: boolean;
}

async function translateLines(
  model: Seq2Seq,
  flags: TranslateFlags,
  options: TranslateOptions,
): Promise<void> {
  if ((flags.alignments || flags.showAlignment) && model.sizes.attention === "none") {
    throw new UserError(
      "This model has no attention, so that there is no alignment; leave --alignments and --show-alignment out.",
    );
  }
  const lines = flags.input === undefined ? await standardInput() : await fileLines(flags.input);
  const files = new SourceFiles(flags.input === undefined ? "" : dirname(flags.input), model.sizes);
  const translate = model.translateAll.bind(model);
  const results = await translateSources(translate, files, lines, options);
  for (const [index, translations] of results.entries()) {
    for (const translation of translations) {
      const score = translation.score.toFixed(4);
      console.log(
        flags.nBest === undefined
          ? translation.text
          : `${index} ||| ${translation.text} ||| ${score}`,
      );
      if (flags.showAlignment) console.log(alignmentPicture(translation));
    }
  }
  if (flags.trace !== undefined) await writeTraces(flags.trace, model, files, lines, options);
  if (flags.alignments !== undefined) await writeAlignments(flags.alignments, results);
}

async function writeTraces(
  path: string,
  model: Seq2Seq,
  files: SourceFiles,
  lines: readonly string[],
  options: TranslateOptions,
): Promise<void> {
  // Whether hypotheses carry their attention is nothing to a trace; its own `attention` is another.
  const { attention: _, ...search } = options;
  const chunks: Uint8Array[] = [];
  for (const [index, line] of lines.entries()) {
    const source = await files.read(line, index + 1);
    const trace = traceJson(await model.trace(source, search));
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
