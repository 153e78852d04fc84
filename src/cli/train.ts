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

const examples = `
Examples:
  A file of pairs with tab-separated columns, source first:
    $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --minutes 30
  A CSV file of a spreadsheet, or JSON Lines, by the names of columns:
    $ seq2see train --data pairs.csv --columns french,english --out my-model --epochs 10
    $ zcat pairs.jsonl.gz | seq2see train --data - --format jsonl --columns fr,en --out my-model --epochs 10
  A file from manythings.org/anki (English, French, attribution), from French to English:
    $ seq2see train --data fra.txt --columns 2,1 --out french --lowercase --epochs 10
  Two aligned files, letters instead of pieces:
    $ seq2see train --source words.txt --target phones.txt --tokenizer char --out say --epochs 20
  Bahdanau's model, or Luong's with a local attention that looks at 2×5 + 1 words:
    $ seq2see train --data pairs.tsv --preset bahdanau2014 --out search --epochs 5
    $ seq2see train --data pairs.tsv --attention-scope local-p --window 5 --out local --epochs 5
  tensorflow/nmt's model for IWSLT 2015 with its rates and its 12,000 steps:
    $ seq2see train --source train.en --target train.vi --preset nmt-iwslt15 --out iwslt
  Word vectors that others have trained, for a vocabulary of words; --embedding is their size then:
    $ seq2see train --data pairs.tsv --dev dev.tsv --tokenizer word:20000 --source-embeddings cc.fr.300.vec.gz --out my-model
  Captions of pictures, "show, attend and tell": the first column names PNG files, relative to the table:
    $ seq2see train --data captions.tsv --dev dev.tsv --preset xu2015 --patches 8 --tokenizer word:8000 --out captions
  Rows of features, [positions, features], that some network has made (.npy, .safetensors), read by an encoder:
    $ seq2see train --data frames.tsv --source-input features --out listen --epochs 20
  Go on with another set of pairs, from a model's weights, with a lower rate:
    $ seq2see train --data ours.tsv --dev dev.tsv --from my-model --out ours --learning-rate 0.0003
  Teach attention the links of a word aligner, and keep weights to be averaged:
    $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --guided-alignment pairs.links --keep-checkpoints 5
    $ seq2see average --model my-model/training/checkpoints/* --out averaged
  Go on with a run that was stopped, for 30 minutes in all:
    $ seq2see train --out my-model --resume --minutes 30
`;

const modelKeys = Object.entries<Row>(modelOptions).flatMap(([key, { isDerived }]) =>
  isDerived ? [] : [key],
);

/** The options of a run and of its model by their keys; `preset` is an option of the run. */
export const trainTable: OptionTable = { ...modelOptions, ...trainingOptions };

/**
 * Adds `seq2see train`.
 *
 * @param run trains with the options that were typed.
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

/** Adds the options of the tables, those of the model where the help comes to its group. */
function addTrainOptions(command: Command): Command {
  const rows = Object.entries<Row>(trainingOptions);
  const end = rows.findLastIndex(([, { group }]) => group === "Model") + 1;
  addOptions(command, Object.fromEntries(rows.slice(0, end)));
  const help = "options as JSON, by their names here or in the library; flags override them";
  command.addOption(new Option("--config <file>", help).helpGroup("The run:"));
  addOptions(command, modelOptions);
  addOptions(command, Object.fromEntries(rows.slice(end)));
  const basic = new Set(
    Object.entries(trainTable).flatMap(([key, { isBasic }]) => (isBasic ? [flagOf(key)] : [])),
  );
  return addShortHelp(command, basic);
}

/** Only what was typed: commander's defaults must not hide a configuration file. */
function explicit(given: Record<string, unknown>, command: Command): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([key]) => command.getOptionValueSource(key) === "cli" && key !== "config",
    ),
  );
}

/** The options as the library takes them, with those of the model in an object of their own. */
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
  // By convention a program that a signal ended says 128 and its number.
  let status = 0;
  const interrupt = (signal: NodeJS.Signals, number: number): void => {
    if (controller.signal.aborted) {
      removeUnfinished();
      process.exit(128 + number);
    }
    status = 128 + number;
    progress.log(
      signal === "SIGINT"
        ? "Stopping after this step; press Ctrl-C again to stop at once."
        : `Stopping after this step, as ${signal} came; another one stops at once.`,
    );
    controller.abort();
  };
  const hooks = {
    log: (line: string) => progress.log(line),
    onProgress: progress.show.bind(progress),
    onEvaluation: progress.showEvaluation.bind(progress),
    signal: controller.signal,
  };
  // The progress ends before an error is told, so that this has a line of its own.
  for (const signal of signals) process.on(signal, interrupt);
  // A terminal that is closed takes no more lines; the run saves all the same.
  process.stderr.on("error", ignore);
  const result = await run(request, hooks).finally(() => {
    progress.end();
    // The last lines are still to come, and may have nowhere to go.
    if (!controller.signal.aborted) process.stderr.off("error", ignore);
    for (const signal of signals) process.off(signal, interrupt);
  });
  if (result.reason === "interrupted") {
    const isBegun = result.steps > 0 || request.resume;
    console.error(
      isBegun
        ? `Stopped at step ${result.steps}; go on with: seq2see train --out ${request.out} --resume`
        : "Stopped before the first step, and nothing was kept; the same command begins again.",
    );
    process.exitCode = status;
    return;
  }
  const why =
    result.reason === "patience" ? "the dev set did not improve any more" : "the limit is reached";
  const best =
    result.devPerplexity === null
      ? ""
      : `; kept are the weights of step ${result.bestStep}, with dev perplexity ${result.devPerplexity.toFixed(2)}`;
  console.error(
    `Done after ${result.steps} steps, ${(result.seconds / 60).toFixed(1)} minutes: ${why}${best}.`,
  );
  console.error(
    `The model is in ${request.out}; try: echo "…" | seq2see translate --model ${request.out}`,
  );
}
