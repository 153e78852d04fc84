import type { Command } from "commander";
import { Option } from "commander";
import { inChunks } from "../data/chunks.ts";
import type { TranslateOptions, Translation } from "../decoding/textModel.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { modelPlace, packageModelNames } from "../modelFolder/nodeModelPlace.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorGroup } from "../trace/tensorGroups.ts";
import { tensorsOption } from "../trace/traceOptions.ts";
import { alignmentPicture } from "./alignmentPicture.ts";
import { AlignmentsFile } from "./alignmentsFile.ts";
import type { LoadedModels, ModelFlags } from "./models.ts";
import { addModelOptions, loadModels } from "./models.ts";
import { checkNewFolder } from "./newFolder.ts";
import { wholeFrom } from "./numbers.ts";
import { checkOutputs } from "./outputFiles.ts";
import type { SearchFlags } from "./searchFlags.ts";
import { addTranslationOptions, checkModelsFor, translateOptions } from "./searchFlags.ts";
import { endingCleanly } from "./signals.ts";
import type { SourceLine } from "./sourceLines.ts";
import { SourceLines } from "./sourceLines.ts";
import { translateSources } from "./sources.ts";
import { standardOutput } from "./standardOutput.ts";
import { choicesWithSuggestions } from "./suggestions.ts";
import { addOptions } from "./tableOptions.ts";
import { type TraceFormat, TracesFile, traceFormats } from "./tracesFile.ts";

const examples = (): string => `
Translations are printed in order, each as soon as it is ready, even while a pipe stays open. An --input file is
checked completely before translation starts; lines from a pipe are checked as they arrive. The files of
--alignments and --trace appear once all lines are translated; a stopped job leaves none.

If you give --model several times, the models translate as an ensemble: their probabilities are averaged at every
step. Their target vocabularies must be the same.

Examples:
  A model that comes with seq2see, by its name (${packageModelNames().join(", ")}), from any folder:
    $ echo "un homme dort ." | seq2see translate --model fr-en
  $ echo "un homme dort ." | seq2see translate --model my-model
  $ seq2see translate --model my-model --input test.fr --beam 5 > test.en
  $ seq2see translate --model my-model --n-best 5 --input test.fr        number ||| translation ||| score
  $ echo "un homme dort ." | seq2see translate --model my-model --show-alignment
  $ echo "un homme dort ." | seq2see translate --model my-model --prefix "a guy"
  $ seq2see translate --model my-model --input led.tsv --prefix-column 2        texts with prefixes
  $ seq2see translate --model my-model --input test.fr --trace out.jsonl --tensors attention        small traces
  $ seq2see translate --model my-model --input test.fr --trace traces --trace-format npz        for NumPy
  $ seq2see translate --model one --model two --model three --input test.fr
  $ seq2see translate --model my-model --input test.fr --compute int8        faster, in integers
  $ seq2see translate --model my-model --input test.fr --sample --top-p 0.9 --temperature 0.8 --seed 7
  $ seq2see translate --model my-model --input test.fr --no-repeat-ngram 3 --dictionary words.tsv
  A model of pictures or feature files reads their names (names in an --input file are relative to its folder):
    $ ls pictures/*.png | seq2see translate --model captions
`;

/** What others call the formats of traces. */
const otherFormats: Readonly<Record<TraceFormat, readonly string[]>> = {
  json: ["jsonl"],
  npz: ["numpy", "npy"],
  safetensors: ["tensors"],
};

/** Adds `seq2see translate`. */
export function addTranslateCommand(program: Command): void {
  const command = addModelOptions(
    program.command("translate").description("translate lines from standard input or a file"),
  ).option("--input <file>", "lines to translate, plain or gzip (default: standard input)");
  addTranslationOptions(command);
  addOptions(command, { tensors: tensorsOption })
    .option("--prefix <text>", "prefix of every translation")
    .option(
      "--prefix-column <n>",
      "read tab-separated lines: the text in column 1, the prefix of its translation in column n",
      wholeFrom(2),
    )
    .option(
      "--alignments <file>",
      "write alignments in Pharaoh format, or as JSON with all weights if the name ends in .json",
    )
    .option(
      "--trace <file>",
      "write a trace of each translation, with the search and all named tensors, as a line of JSON",
    )
    .addOption(
      choicesWithSuggestions(
        new Option(
          "--trace-format <format>",
          "npz (for NumPy) or safetensors: --trace is then a new folder, with a file for each line (default: json)",
        ),
        traceFormats.map((name) => ({ name, otherNames: otherFormats[name] })),
      ),
    )
    .option("--show-alignment", "print the attention of each translation as a picture")
    .addHelpText("after", examples)
    .action(async (flags: TranslateFlags) => {
      await checkTraceFlags(flags);
      checkOutputs(
        [
          { flag: "--alignments", path: flags.alignments },
          { flag: "--trace", path: flags.trace },
        ],
        [
          { flag: "--input", path: flags.input },
          { flag: "--dictionary", path: flags.dictionary },
        ],
        flags.model.map((name) => modelPlace(name)),
      );
      const options = await translateOptions(flags);
      const model = await loadModels(flags);
      try {
        await endingCleanly(() => translateLines(model, flags, options));
      } finally {
        await model.release();
      }
    });
}

interface TranslateFlags extends SearchFlags, ModelFlags {
  readonly input?: string;
  readonly prefix?: string;
  readonly prefixColumn?: number;
  readonly alignments?: string;
  readonly trace?: string;
  readonly traceFormat?: TraceFormat;
  readonly tensors?: readonly TensorGroup[];
  readonly showAlignment?: boolean;
}

async function checkTraceFlags(flags: TranslateFlags): Promise<void> {
  const { prefix, prefixColumn, trace, traceFormat, tensors } = flags;
  if (trace === undefined) {
    const without = {
      "--tensors": tensors && (tensors.join(",") || "none"),
      "--trace-format": traceFormat,
    };
    for (const [flag, value] of Object.entries(without)) {
      if (value === undefined) continue;
      throw new UserError(`${flag} ${value}: no trace is written; add --trace, or leave it out.`);
    }
  }
  if (prefix !== undefined && prefixColumn !== undefined) {
    throw new UserError(
      `--prefix-column ${prefixColumn}: --prefix is for all lines; give only one of them.`,
    );
  }
  if (trace === undefined) return;
  if (prefix !== undefined || prefixColumn !== undefined) {
    throw new UserError(`--trace ${trace}: it records searches without a prefix; leave one out.`);
  }
  const [, ending] = /\.(npz|safetensors)$/i.exec(trace) ?? [];
  if (ending !== undefined) {
    throw new UserError(
      `--trace ${trace}: traces of this format are a file for each line; give a folder, as in --trace traces --trace-format ${ending.toLowerCase()}.`,
    );
  }
  if (traceFormat !== undefined && traceFormat !== "json") await checkNewFolder(trace, "--trace");
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
  checkModelsFor(options, model);
  const { trace } = flags;
  if (trace !== undefined && !(model instanceof Seq2Seq)) {
    throw new UserError(`--trace ${trace}: a trace is of one model; give --model once.`);
  }
  await translateAndPrint(model, await SourceLines.of(flags, model), flags, options);
}

async function translateAndPrint(
  model: LoadedModels,
  lines: SourceLines,
  flags: TranslateFlags,
  options: TranslateOptions,
): Promise<void> {
  const { trace, traceFormat = "json", alignments } = flags;
  let traced: TracesFile | null = null;
  let aligned: AlignmentsFile | null = null;
  const { files, isOpen } = lines;
  let first = 0;
  try {
    if (trace !== undefined && model instanceof Seq2Seq) {
      traced = await TracesFile.create({ path: trace, format: traceFormat }, model, files, {
        ...options,
        ...(flags.tensors && { tensors: flags.tensors }),
      });
    }
    if (alignments !== undefined) aligned = await AlignmentsFile.create(alignments);
    for await (const chunk of inChunks(lines.read(), weightOf, isOpen)) {
      const sources = chunk.map(({ source }) => source);
      const prefixes = chunk.map(({ prefix }) => prefix ?? "");
      const asked = { ...options, ...(prefixes.some(Boolean) && { prefixes }) };
      const results = await translateSources(model, { files, lines: sources, first }, asked);
      await standardOutput.print(printedLines(results, first, flags).join("\n"));
      await traced?.add(sources, first);
      await aligned?.add(results.map(([best]) => best as Translation));
      first += chunk.length;
    }
    await traced?.finish();
    await aligned?.finish();
  } catch (error) {
    await traced?.abandon();
    await aligned?.abandon();
    throw error;
  }
}

/** The cost of a line: attention has a weight for each pair of tokens. */
const weightOf = ({ source }: SourceLine): number => source.length ** 2;

function printedLines(
  results: readonly Translation[][],
  first: number,
  { nBest, showAlignment }: TranslateFlags,
): string[] {
  return results.flatMap((translations, index) =>
    translations.flatMap((translation) => {
      const { text, score } = translation;
      const line =
        nBest === undefined ? text : `${first + index} ||| ${text} ||| ${score.toFixed(4)}`;
      return showAlignment ? [line, alignmentPicture(translation)] : [line];
    }),
  );
}
