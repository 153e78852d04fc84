import type { Command } from "commander";
import { parsePatches } from "../features/patches.ts";
import { removeUnfinished } from "../files/nodeUnfinished.ts";
import type { ConfigurationChanges } from "../models/configuration.ts";
import { configure } from "../models/configuration.ts";
import { modelOptions } from "../models/options.ts";
import { checkUses } from "../options/option.ts";
import { UserError } from "../tensor/errors.ts";
import { train } from "../training/node/train.ts";
import type { TrainOptions } from "../training/plan/options.ts";
import { optionName } from "../training/plan/options.ts";
import { recipeFor } from "../training/plan/recipes.ts";
import { parseSchedule, plateauOf } from "../training/step/schedules.ts";
import { fileOptions } from "./configFile.ts";
import { devSource, pairSource } from "./data.ts";
import { ProgressLine } from "./progress.ts";
import { signals } from "./signals.ts";
import { addTrainOptions } from "./trainOptions.ts";

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

/** Adds `seq2see train`. */
export function addTrainCommand(program: Command): void {
  const command = program.command("train").description("train a model on sentence pairs");
  addTrainOptions(command)
    .addHelpText("after", examples)
    .action(async (given: Record<string, unknown>, command: Command) => {
      const options = {
        ...(typeof given["config"] === "string" && (await fileOptions(given["config"], command))),
        ...explicit(given, command),
      };
      await runTraining(options);
    });
}

const modelKeys = Object.keys(modelOptions).filter((key) => key !== "preset");

/** Only what was typed: commander's defaults must not hide a configuration file. */
function explicit(given: Record<string, unknown>, command: Command): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([key]) => command.getOptionValueSource(key) === "cli" && key !== "config",
    ),
  );
}

/** A grid of patches makes features of the source. */
function patchChanges(option: string): ConfigurationChanges {
  const { rows, columns } = parsePatches(option);
  return { sourceInput: "features", patchRows: rows, patchColumns: columns };
}

/** What needs a dev set is refused without one, rather than left undone. */
function checkDevOptions({ dev, patience, schedule }: Record<string, unknown>): void {
  if (dev !== undefined) return;
  const without = "there is no dev set to look at; add --dev";
  if (typeof schedule === "string" && plateauOf(parseSchedule(schedule))) {
    throw new UserError(`--schedule ${schedule}: ${without}, or choose another schedule.`);
  }
  if (patience !== undefined && patience !== 0) {
    throw new UserError(`--patience ${patience}: ${without}, or leave --patience out.`);
  }
}

const ignore = (): void => {};

async function runTraining(options: Record<string, unknown>): Promise<void> {
  if (typeof options["out"] !== "string" || options["out"] === "")
    throw new UserError("--out: give the folder of the model.");
  const out = options["out"];
  const model: ConfigurationChanges = {
    ...(Object.fromEntries(
      modelKeys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]),
    ) as ConfigurationChanges),
    ...(typeof options["patches"] === "string" && patchChanges(options["patches"])),
  };
  const notTraining = new Set<string>([
    ...modelKeys,
    "data",
    "columns",
    "format",
    "source",
    "target",
    "dev",
    "watch",
    "resume",
    "config",
    "patches",
  ]);
  const rest = Object.fromEntries(Object.entries(options).filter(([key]) => !notTraining.has(key)));
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
  let request: Parameters<typeof train>[0];
  if (options["resume"]) {
    const limits = new Set(["out", "resume", "epochs", "minutes", "steps"]);
    const other = Object.keys(options).find((key) => !limits.has(key));
    if (other) {
      throw new UserError(
        `${optionName(other)}: a resumed run keeps the options it was started with; only --epochs, --minutes and --steps may change.`,
      );
    }
    request = { ...rest, out, resume: true };
  } else {
    const data = pairSource(options);
    const dev = devSource(options["dev"] as string | undefined, options);
    const watch = devSource(options["watch"] as string | undefined, options, "--watch");
    const weight = options["guidedAlignmentWeight"];
    if (weight !== undefined && options["guidedAlignment"] === undefined) {
      throw new UserError(
        `--guided-alignment-weight ${weight}: no alignment is taught; add --guided-alignment FILE.`,
      );
    }
    request = { ...rest, out, data, dev, watch, model } as TrainOptions;
    if (request.from === undefined)
      checkUses(modelOptions, model, { ...configure(request.preset ?? "luong2015", model) });
    checkDevOptions(options);
    const recipe = recipeFor(request);
    const limits = [options["epochs"], options["minutes"], options["steps"]];
    const isEndless = [...limits, recipe.steps, recipe.epochs].every(
      (limit) => limit === undefined,
    );
    if (isEndless && !dev) {
      throw new UserError(
        "Say how long to train: --epochs, --minutes or --steps, or give --dev to stop when it does not improve.",
      );
    }
    if (isEndless && options["patience"] === 0) {
      throw new UserError(
        "--patience 0: the dev set does not end the run then; add --epochs, --minutes or --steps.",
      );
    }
  }
  // The progress ends before an error is told, so that this has a line of its own.
  for (const signal of signals) process.on(signal, interrupt);
  // A terminal that is closed takes no more lines; the run saves all the same.
  process.stderr.on("error", ignore);
  const result = await train(request, hooks).finally(() => {
    progress.end();
    // The last lines are still to come, and may have nowhere to go.
    if (!controller.signal.aborted) process.stderr.off("error", ignore);
    for (const signal of signals) process.off(signal, interrupt);
  });
  if (result.reason === "interrupted") {
    const isBegun = result.steps > 0 || options["resume"];
    console.error(
      isBegun
        ? `Stopped at step ${result.steps}; go on with: seq2see train --out ${out} --resume`
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
  console.error(`The model is in ${out}; try: echo "…" | seq2see translate --model ${out}`);
}
