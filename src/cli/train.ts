import type { Command } from "commander";
import { Option } from "commander";
import { removeUnfinished } from "../files/nodeUnfinished.ts";
import { modelOptions } from "../models/options.ts";
import type { OptionTable, Option as Row } from "../options/option.ts";
import { train } from "../training/node/train.ts";
import type { TrainOptions } from "../training/plan/options.ts";
import { trainingOptions } from "../training/plan/options.ts";
import { fileOptions } from "./configFile.ts";
import { flagOf } from "./flagSpelling.ts";
import { ProgressLine } from "./progress.ts";
import { addShortHelp } from "./shortHelp.ts";
import { signals } from "./signals.ts";
import { addOptions } from "./tableOptions.ts";
import { endLines } from "./trainingEnd.ts";

const examples = `
Examples:
  A tab-separated file of pairs, source first:
    $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --minutes 30
  A CSV file from a spreadsheet, or JSON Lines, with named columns:
    $ seq2see train --data pairs.csv --columns french,english --out my-model --epochs 10
    $ zcat pairs.jsonl.gz | seq2see train --data - --format jsonl --columns fr,en --out my-model --epochs 10
  French to English, from a file of manythings.org/anki (English, French, attribution):
    $ seq2see train --data fra.txt --columns 2,1 --out french --lowercase --epochs 10
  Two aligned files, with characters as tokens:
    $ seq2see train --source words.txt --target phones.txt --tokenizer char --out say --epochs 20
  Bahdanau's model, or Luong's with local attention over 2×5 + 1 tokens:
    $ seq2see train --data pairs.tsv --preset bahdanau2014 --out search --epochs 5
    $ seq2see train --data pairs.tsv --attention-scope local-p --window 5 --out local --epochs 5
  The same preset with and without attention:
    $ seq2see train --data pairs.tsv --preset bahdanau2014 --attention none --out plain --epochs 5
  tensorflow/nmt's model for IWSLT 2015, with its learning rates and 12,000 steps:
    $ seq2see train --source train.en --target train.vi --preset nmt-iwslt15 --out iwslt
  Pretrained word vectors for a vocabulary of words; they set --embedding:
    $ seq2see train --data pairs.tsv --dev dev.tsv --tokenizer word:20000 --source-embeddings cc.fr.300.vec.gz --out my-model
  Image captions, "show, attend and tell"; the first column names PNG files, relative to the table:
    $ seq2see train --data captions.tsv --dev dev.tsv --preset xu2015 --patches 8 --tokenizer word:8000 --out captions
  Feature arrays [positions, features] from another network (.npy, .safetensors), read by a recurrent encoder:
    $ seq2see train --data frames.tsv --source-input features --out listen --epochs 20
  Fine-tune a model on other pairs, with a lower learning rate:
    $ seq2see train --data ours.tsv --dev dev.tsv --from my-model --out ours --learning-rate 0.0003
  Guide attention with word alignments, and keep checkpoints to average:
    $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --guided-alignment pairs.links --keep-checkpoints 5
    $ seq2see average --model my-model/training/checkpoints/* --out averaged
  Resume a stopped run, up to 30 minutes in all:
    $ seq2see train --out my-model --resume --minutes 30
`;

const modelKeys = Object.entries<Row>(modelOptions).flatMap(([key, { isDerived }]) =>
  isDerived ? [] : [key],
);

/** The options of a run and of its model, by key; `preset` is an option of the run. */
export const trainTable: OptionTable = { ...modelOptions, ...trainingOptions };

/**
 * Adds `seq2see train`.
 *
 * @param run trains with the typed options; tests replace it.
 */
export function addTrainCommand(program: Command, run: typeof train = train): void {
  const command = program.command("train").description("train a model on sentence pairs");
  addTrainOptions(command)
    .addHelpText("after", examples)
    .action(async (given: Record<string, unknown>, command: Command) => {
      const file = given["config"];
      const options = {
        ...(typeof file === "string" && (await fileOptions(file, trainTable))),
        ...explicit(given, command),
      };
      await runTraining(requestOf(options), run);
    });
}

/** Adds the options of both tables, with the model's in the group "Model" of the help. */
function addTrainOptions(command: Command): Command {
  const rows = Object.entries<Row>(trainingOptions);
  const end = rows.findLastIndex(([, { group }]) => group === "Model") + 1;
  addOptions(command, Object.fromEntries(rows.slice(0, end)));
  const help = "JSON file of options, named as here or as in the library; flags override it";
  command.addOption(new Option("--config <file>", help).helpGroup("The run:"));
  addOptions(command, modelOptions);
  addOptions(command, Object.fromEntries(rows.slice(end)));
  const basic = new Set(
    Object.entries(trainTable).flatMap(([key, { isBasic }]) => (isBasic ? [flagOf(key)] : [])),
  );
  return addShortHelp(command, basic);
}

/** The typed options only: commander's defaults must not override a configuration file. */
function explicit(given: Record<string, unknown>, command: Command): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([key]) => command.getOptionValueSource(key) === "cli" && key !== "config",
    ),
  );
}

/** The options of the library, with the model's options in the object `model`. */
function requestOf(options: Record<string, unknown>): TrainOptions {
  const isOfModel = ([key]: [string, unknown]): boolean => modelKeys.includes(key);
  const entries = Object.entries(options);
  const model = Object.fromEntries(entries.filter(isOfModel));
  const rest = Object.fromEntries(entries.filter((entry) => !isOfModel(entry)));
  return { ...rest, model } as unknown as TrainOptions;
}

const ignore = (): void => {};

async function runTraining(request: TrainOptions, run: typeof train): Promise<void> {
  const progress = new ProgressLine();
  const controller = new AbortController();
  // By convention, the exit code after a signal is 128 plus its number.
  let status = 0;
  const interrupt = (signal: NodeJS.Signals, number: number): void => {
    if (controller.signal.aborted) {
      removeUnfinished();
      process.exit(128 + number);
    }
    status = 128 + number;
    progress.log(
      signal === "SIGINT"
        ? "Stopping: this step ends, then the weights are saved and evaluated. Press Ctrl-C again to stop at once."
        : `Received ${signal}: this step ends, then the weights are saved and evaluated. Send it again to stop at once.`,
    );
    controller.abort();
  };
  const hooks = {
    log: (line: string) => progress.log(line),
    onProgress: progress.show.bind(progress),
    onEvaluation: progress.showEvaluation.bind(progress),
    signal: controller.signal,
  };
  // The progress line ends before an error is printed, so that the error starts a new line.
  for (const signal of signals) process.on(signal, interrupt);
  // Writing to a closed terminal fails; the run must still save.
  process.stderr.on("error", ignore);
  const result = await run(request, hooks).finally(() => {
    progress.end();
    // After a signal the terminal may be closed, and the last lines are still to be printed.
    if (!controller.signal.aborted) process.stderr.off("error", ignore);
    for (const signal of signals) process.off(signal, interrupt);
  });
  for (const line of endLines(result)) console.error(line);
  if (result.reason === "interrupted") process.exitCode = status;
}
