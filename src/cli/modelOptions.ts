/** @file The options that change a model's shape. */

import type { Command } from "commander";
import { Option } from "commander";
import type { ConfigurationChanges } from "../models/configuration.ts";
import { presets } from "../models/configuration.ts";
import { bridges } from "../models/modelConfiguration.ts";
import { cellKinds } from "../nn/cells.ts";
import { attentionScopes } from "../nn/scope.ts";
import { attentionKinds } from "../nn/scores/kinds.ts";
import { number, numberOr } from "./numbers.ts";

/** Options of the model's shape, by their names in the configuration. */
export const modelKeys: readonly (keyof ConfigurationChanges)[] = [
  "sourceInput",
  "encoder",
  "cell",
  "hidden",
  "embedding",
  "layers",
  "encoderLayers",
  "encoderHidden",
  "residualFrom",
  "forgetBias",
  "cellBias",
  "resetGate",
  "cellClip",
  "bidirectional",
  "bidirectionalStacks",
  "bidirectionalLayers",
  "bridge",
  "reverseSource",
  "summary",
  "attention",
  "attentionScope",
  "window",
  "locations",
  "attentionPlace",
  "upperContext",
  "contextGate",
  "inputFeeding",
  "startInput",
  "readout",
  "maxout",
  "outputRank",
  "tiedEmbeddings",
  "dropout",
  "dropoutOn",
  "initialRange",
];

const choice = (flags: string, text: string, choices: readonly string[]): Option =>
  new Option(flags, text).choices(choices);

/** Adds `--preset` and the options that change it, in groups of the help. */
export function addShapeOptions(command: Command): Command {
  return command
    .optionsGroup("Model:")
    .option("--preset <name>", `${Object.keys(presets).join(", ")} (default: luong2015)`)
    .addOption(
      choice("--source-input <kind>", "what sources are: text, or files of features", [
        "tokens",
        "features",
      ]),
    )
    .option(
      "--patches <grid>",
      "sources are PNG pictures; cut each into 8 (rows of 8) or 4x16 (rows, columns) patches",
    )
    .option("--hidden <n>", "size of the decoder's state", number)
    .option("--embedding <n>", "size of the embeddings", number)
    .option("--layers <n>", "recurrent layers on each side", number)
    .option("--encoder-layers <n>", "recurrent layers of the encoder, if not as many", number)
    .option(
      "--encoder-hidden <n>",
      "units of the encoder's first layer, or of all that read in both directions, in each",
      number,
    )
    .option("--residual-from <n>", "first layer that adds its input, from 0; 0 for none", number)
    .option("--dropout <p>", "probability of dropping a number", number)
    .addOption(
      choice("--dropout-on <side>", "drop layers' outputs, or all their inputs", [
        "outputs",
        "inputs",
      ]),
    )
    .option(
      "--initial-range <x>",
      "weights begin anywhere within ± this; glorot: as far as their sizes allow",
      numberOr("glorot", "bahdanau"),
    )
    .optionsGroup("Model, cells:")
    .addOption(choice("--cell <kind>", "kind of the recurrent cells", cellKinds))
    .option("--forget-bias <x>", "where the bias of LSTMs' forget gates begins", number)
    .addOption(
      choice("--reset-gate <place>", "of GRUs: before the product (Cho) or after it (cuDNN)", [
        "before",
        "after",
      ]),
    )
    .option("--cell-bias", "cells have a bias")
    .option("--no-cell-bias", "they have none")
    .option("--cell-clip <x>", "keep LSTMs' cell states within ± this; 0 for no limit", number)
    .optionsGroup("Model, encoder:")
    .addOption(
      choice("--encoder <kind>", "none: attention sees the embedded source itself", [
        "recurrent",
        "none",
      ]),
    )
    .option("--bidirectional", "read the source in both directions")
    .option("--no-bidirectional", "read it once")
    .option("--bidirectional-layers", "every layer does, as in PyTorch's nn.LSTM")
    .option("--no-bidirectional-layers", "only the first layer does")
    .option("--bidirectional-stacks", "a stack of layers for each direction")
    .option("--no-bidirectional-stacks", "no such stacks")
    .option("--reverse-source", "read the source from its end")
    .option("--no-reverse-source", "read it from its beginning")
    .addOption(choice("--bridge <kind>", "how the decoder's first states are made", bridges))
    .addOption(
      choice("--summary <kind>", "fixed context in the place of attention", [
        "none",
        "last",
        "linear",
      ]),
    )
    .optionsGroup("Model, attention:")
    .addOption(choice("--attention <kind>", "how scores are made", [...attentionKinds, "none"]))
    .addOption(choice("--attention-scope <scope>", "where attention looks", attentionScopes))
    .option("--window <d>", "local attention looks at 2d + 1 words (default: 10)", number)
    .option("--locations <n>", "positions that the location score knows (default: 50)", number)
    .addOption(
      choice("--attention-place <place>", "when the decoder attends, seen from its step", [
        "after",
        "before",
        "between",
      ]),
    )
    .addOption(
      choice("--upper-context <which>", "context of upper layers with attention between", [
        "current",
        "previous",
      ]),
    )
    .optionsGroup("Model, decoder:")
    .option("--context-gate", "the state settles how much of the context is taken (Xu)")
    .option("--no-context-gate", "all of it is")
    .option("--input-feeding", "feed the attentional vector to the next step")
    .option("--no-input-feeding", "do not")
    .addOption(
      choice("--start-input <kind>", "what comes before the first word", ["embedding", "zero"]),
    )
    .addOption(
      choice("--readout <kind>", "what the output layer sees", [
        "attentional",
        "linear",
        "maxout",
        "none",
      ]),
    )
    .option("--maxout <n>", "units of a maxout readout (default: half of --hidden)", number)
    .option("--output-rank <n>", "rank of the output weights, 0 for full", number)
    .option("--tied-embeddings", "use the target embeddings as output weights");
}
