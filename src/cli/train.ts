import type { Command } from "commander";
import { Option } from "commander";
import { parsePatches } from "../features/patches.ts";
import type { ConfigurationChanges } from "../models/configuration.ts";
import { UserError } from "../tensor/errors.ts";
import type { TrainOptions } from "../training/options.ts";
import { optionName } from "../training/options.ts";
import { recipeFor } from "../training/recipes.ts";
import { train } from "../training/trainer.ts";
import { fileOptions } from "./configFile.ts";
import { addDataOptions, devSource, pairSource } from "./data.ts";
import { addModelOptions, modelKeys } from "./modelOptions.ts";
import { number } from "./numbers.ts";
import { ProgressLine } from "./progress.ts";

const examples = `
Examples:
  A file of pairs with tab-separated columns, source first:
    $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --minutes 30
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
  addDataOptions(command)
    .option(
      "--dev <file>",
      "pairs to choose the best weights by (two files with a comma, with --source)",
    )
    .option(
      "--watch <file>",
      "pairs, at most 20, whose alignment and translation each evaluation records",
    )
    .option("--out <folder>", "folder of the model")
    .option("--from <folder>", "start from the weights and vocabularies of a trained model")
    .option(
      "--config <file>",
      "options as JSON, by their long names; the command line goes before it",
    )
    .option("--resume", "go on with the run in --out");
  addModelOptions(command)
    .option(
      "--source-embeddings <file>",
      "begin with word vectors: word2vec, GloVe, fastText .vec, plain or gzip, or models/vectors",
    )
    .option("--target-embeddings <file>", "the same for the target")
    .option("--freeze-embeddings", "leave these embeddings as they are (default: they learn on)")
    .option("--tokenizer <kind>", "bpe:N, word:N or char (default: bpe:8000)")
    .option("--lowercase", "make capital letters small")
    .option("--max-length <n>", "leave out pairs with more tokens on a side (default: 100)", number)
    .option("--batch <n>", "sentences of a batch (default: 64)", number)
    .option("--batch-tokens <n>", "most target tokens of a batch", number)
    .option("--optimizer <name>", "adam, sgd or adadelta (default: adam)")
    .option("--learning-rate <x>", "(default: 0.001 for adam, 1 for the others)", number)
    .option(
      "--schedule <kind>",
      "constant, warmup:STEPS, t2t:STEPS, halve:EPOCHS[:EVERY], luong234, luong5 or luong10[:STEPS], plateau[:FACTOR:PATIENCE], or several joined by + (default: plateau)",
    )
    .option("--clip <x>", "largest norm of the gradient, 0 for none (default: 5)", number)
    .option("--label-smoothing <x>", "(default: 0)", number)
    .option(
      "--scheduled-sampling <decay>",
      "let the model's own words be its inputs ever more often: linear:STEPS[:LEAST], exponential:K, inverse-sigmoid:K",
    )
    .option(
      "--guided-alignment <file>",
      "links of words (0-0 1-2), a line for each pair, that attention is taught",
    )
    .option("--guided-alignment-weight <x>", "how much their loss counts (default: 1)", number)
    .addOption(
      new Option("--loss-per <unit>", "what the loss is the mean over").choices([
        "token",
        "sentence",
      ]),
    )
    .option(
      "--average <x>",
      "running average of the weights: how much stays every 16 steps (default: 0)",
      number,
    )
    .option("--evaluate-every <steps>", "(default: once an epoch)", number)
    .addOption(
      new Option(
        "--keep-best <measure>",
        "keep the weights with the best dev perplexity, or greedy BLEU",
      ).choices(["perplexity", "bleu"]),
    )
    .option(
      "--keep-checkpoints <n>",
      "keep the weights of the last n evaluations, to be averaged (default: 0)",
      number,
    )
    .option(
      "--patience <n>",
      "stop after so many evaluations without improvement, 0 for never (default: 5)",
      number,
    )
    .option("--epochs <n>", "stop after so many epochs", number)
    .option("--minutes <n>", "stop after so many minutes", number)
    .option("--steps <n>", "stop after so many steps", number)
    .option("--seed <n>", "fixes weights, order and dropout (default: 1)", number)
    .option("--threads <n>", "(default: all processors)", number)
    .option("--device <name>", "cpu, cuda or webgpu (default: cpu)")
    .addHelpText("after", examples)
    .action(async (given: Record<string, unknown>, command: Command) => {
      const options = {
        ...(typeof given["config"] === "string" && (await fileOptions(given["config"], command))),
        ...explicit(given, command),
      };
      await runTraining(options);
    });
}

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
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    progress.log("Stopping after this step; press Ctrl-C again to stop at once.");
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
    const recipe = recipeFor(request);
    const limits = [options["epochs"], options["minutes"], options["steps"], dev];
    if ([...limits, recipe.steps, recipe.epochs].every((limit) => limit === undefined)) {
      throw new UserError(
        "Say how long to train: --epochs, --minutes or --steps, or give --dev to stop when it does not improve.",
      );
    }
  }
  // The progress ends before an error is told, so that this has a line of its own.
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const result = await train(request, hooks).finally(() => {
    progress.end();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  });
  if (result.reason === "interrupted") {
    console.error(
      `Stopped at step ${result.steps}; go on with: seq2see train --out ${out} --resume`,
    );
    process.exitCode = 130;
    return;
  }
  const why =
    result.reason === "patience" ? "the dev set did not improve any more" : "the limit is reached";
  const best =
    result.devPerplexity === null
      ? ""
      : `; best dev perplexity ${result.devPerplexity.toFixed(2)} at step ${result.bestStep}`;
  console.error(
    `Done after ${result.steps} steps, ${(result.seconds / 60).toFixed(1)} minutes: ${why}${best}.`,
  );
  console.error(`The model is in ${out}; try: echo "…" | seq2see translate --model ${out}`);
}
