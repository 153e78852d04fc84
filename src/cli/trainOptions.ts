/** @file The options of `seq2see train`, in the groups in which its help lists them. */

import type { Command } from "commander";
import { Option } from "commander";
import { presets } from "../models/configuration.ts";
import { modelOptions } from "../models/options.ts";
import { addDataOptions } from "./data.ts";
import { tokenizerNames } from "./evaluationPlan.ts";
import { number } from "./numbers.ts";
import { addOptions } from "./tableOptions.ts";

/** Adds all options of a training. */
export function addTrainOptions(command: Command): Command {
  addDataOptions(command.optionsGroup("Pairs of sentences:"))
    .option(
      "--dev <file>",
      "pairs to choose the best weights by (two files with a comma, with --source)",
    )
    .option(
      "--watch <file>",
      "pairs, at most 20, whose alignment and translation each evaluation records",
    )
    .option("--tokenizer <kind>", "bpe:N, word:N, word:N:split or char (default: bpe:8000)")
    .option("--lowercase", "make capital letters small")
    .option(
      "--max-length <n>",
      "leave out pairs with more tokens on a side (default: 100)",
      number,
    );
  command
    .optionsGroup("The run:")
    .option("--out <folder>", "folder of the model")
    .option("--from <folder>", "start from the weights and vocabularies of a trained model")
    .option("--resume", "go on with the run in --out")
    .option(
      "--config <file>",
      "options as JSON, by their long names; the command line goes before it",
    )
    .option("--epochs <n>", "stop after so many epochs", number)
    .option("--minutes <n>", "stop after so many minutes", number)
    .option("--steps <n>", "stop after so many steps", number)
    .option("--seed <n>", "fixes weights, order and dropout (default: 1)", number)
    .option("--threads <n>", "(default: all processors)", number)
    .option("--device <name>", "cpu, cuda or webgpu (default: cpu)");
  command
    .optionsGroup("Model:")
    .option("--preset <name>", `${Object.keys(presets).join(", ")} (default: luong2015)`)
    .option(
      "--patches <grid>",
      "sources are PNG pictures; cut each into 8 (rows of 8) or 4x16 (rows, columns) patches",
    );
  addOptions(command, modelOptions)
    .optionsGroup("Word vectors:")
    .option(
      "--source-embeddings <file>",
      "begin with word vectors: word2vec, GloVe, fastText .vec, plain or gzip, or models/vectors",
    )
    .option("--target-embeddings <file>", "the same for the target")
    .option("--freeze-embeddings", "leave these embeddings as they are (default: they learn on)")
    .optionsGroup("Training:")
    .option("--batch <n>", "sentences of a batch (default: 64)", number)
    .option("--batch-tokens <n>", "most target tokens of a batch", number)
    .option("--optimizer <name>", "adam, sgd or adadelta (default: adam)")
    .option("--adam-beta1 <x>", "how much of its mean gradient adam keeps (default: 0.9)", number)
    .option("--adam-beta2 <x>", "the same of its mean square (default: 0.999)", number)
    .option("--learning-rate <x>", "(default: 0.001 for adam, 1 for the others)", number)
    .option(
      "--schedule <kind>",
      "constant, warmup:STEPS, t2t:STEPS, halve:EPOCHS[:EVERY], luong234, luong5 or luong10[:STEPS], linear, plateau[:FACTOR:PATIENCE], or several joined by + (default: plateau)",
    )
    .option("--clip <x>", "largest norm of the gradient, 0 for none (default: 5)", number)
    .option("--label-smoothing <x>", "(default: 0)", number)
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
    .option(
      "--scheduled-sampling <decay>",
      "let the model's own words be its inputs ever more often: linear:STEPS[:LEAST], exponential:K, inverse-sigmoid:K",
    )
    .option(
      "--guided-alignment <file>",
      "links of words (0-0 1-2), a line for each pair, that attention is taught",
    )
    .option("--guided-alignment-weight <x>", "how much their loss counts (default: 1)", number)
    .option(
      "--even-attention <x>",
      "how much it counts that attention looks at every place as much; 1 in Xu et al. (default: 0)",
      number,
    )
    .optionsGroup("Evaluation:")
    .option("--evaluate-every <steps>", "(default: once an epoch)", number)
    .addOption(
      new Option(
        "--keep-best <measure>",
        "keep the weights with the best dev perplexity, or greedy BLEU; none: the last",
      ).choices(["perplexity", "bleu", "none"]),
    )
    .addOption(
      new Option(
        "--bleu-tokenizer <name>",
        "of --keep-best bleu (default: 13a, or zh or char where the dev targets have no spaces between words)",
      ).choices(tokenizerNames),
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
    );
  return command;
}
