import { UserError } from "../tensor/errors.ts";
import { largestSizes } from "./largestSizes.ts";
import type { ModelConfiguration, ModelSizes } from "./modelConfiguration.ts";
import { encoderDepth, encoderOutput, hasSummary, memorySize } from "./modelConfiguration.ts";

/**
 * Checks that a model's sizes are within bounds and its parts fit together.
 *
 * @throws UserError naming the option that has to change.
 */
export function checkConfiguration(configuration: ModelConfiguration | ModelSizes): void {
  for (const check of [
    checkBounds,
    checkSizes,
    checkSource,
    checkEncoder,
    checkAttention,
    checkBridge,
    checkReadout,
  ]) {
    check(configuration);
  }
}

const fail = (message: string): never => {
  throw new UserError(message);
};

function checkBounds(configuration: Partial<ModelSizes>): void {
  for (const [key, most] of Object.entries(largestSizes)) {
    const value = configuration[key as keyof typeof largestSizes];
    if (value === undefined || value <= most) continue;
    const option = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    fail(`--${option} ${value}: give a whole number up to ${most.toLocaleString("en-US")}.`);
  }
}

function checkSizes(configuration: ModelConfiguration): void {
  const { embedding, hidden, layers, encoderHidden, dropout, forgetBias, cellClip } = configuration;
  const { encoderLayers, window, locations, initialRange } = configuration;
  const counts = { embedding, hidden, layers, window, locations, "encoder-layers": encoderLayers };
  for (const [option, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1)
      fail(`--${option} ${value}: give a whole number from 1.`);
  }
  if (!Number.isInteger(encoderHidden) || encoderHidden < 1) {
    fail(
      encoderHidden === hidden / 2
        ? `--hidden ${hidden}: a bidirectional encoder halves it; give an even number.`
        : `--encoder-hidden ${encoderHidden}: give a whole number from 1.`,
    );
  }
  if (!(dropout >= 0 && dropout < 1))
    fail(`--dropout ${dropout}: give a number from 0 to below 1.`);
  if (!Number.isFinite(forgetBias)) fail(`--forget-bias ${forgetBias}: give a number.`);
  if (typeof initialRange === "number" && !(initialRange > 0 && Number.isFinite(initialRange))) {
    fail(`--initial-range ${initialRange}: give a number above 0, or glorot.`);
  }
  if (!(cellClip >= 0)) fail(`--cell-clip ${cellClip}: give a number above 0, or 0 for no limit.`);
}

function checkSource(configuration: ModelConfiguration): void {
  const { sourceInput, encoder, patchRows, patchColumns, bidirectional, bridge } = configuration;
  if (sourceInput === "tokens" && (patchRows > 0 || patchColumns > 0)) {
    fail("--patches: pictures are features; add --source-input features.");
  }
  if (encoder === "none" && bidirectional) {
    fail("--encoder none: nothing is read in any direction; leave --bidirectional out.");
  }
  if (encoder === "none" && configuration.attention === "none") {
    fail(
      "--encoder none: without attention too, only the mean of the source is left; choose an --attention or leave --encoder out.",
    );
  }
  if (encoder === "none" && bridge === "firstBackward") {
    fail("--encoder none: there is no backward state at the first word; add --bridge linear.");
  }
}

function checkEncoder(configuration: ModelConfiguration): void {
  const { bidirectional, bidirectionalStacks, encoderLayers, residualFrom } = configuration;
  const { bidirectionalLayers } = configuration;
  if (bidirectionalStacks && !bidirectional) {
    fail(
      "--no-bidirectional: the encoder has a stack for each direction; add --no-bidirectional-stacks.",
    );
  }
  if (bidirectionalLayers && !bidirectional) {
    fail("--bidirectional-layers: the encoder reads in one direction; add --bidirectional.");
  }
  if (bidirectionalLayers && bidirectionalStacks) {
    fail(
      "--bidirectional-layers: the encoder has a stack for each direction already; add --no-bidirectional-stacks.",
    );
  }
  if (bidirectionalLayers && residualFrom > 0 && residualFrom < encoderLayers) {
    fail(
      `--residual-from ${residualFrom}: layers that all read in both directions do not add their input; give 0, or add --no-bidirectional-layers.`,
    );
  }
  if (bidirectionalStacks && encoderLayers % 2 !== 0) {
    fail(
      `--encoder-layers ${encoderLayers}: half of them are of each direction; give an even number.`,
    );
  }
  if (!Number.isInteger(residualFrom) || residualFrom < 0) {
    fail(`--residual-from ${residualFrom}: give the number of a layer from 1, or 0 for none.`);
  }
  const inputs = encoderOutput(configuration, 0);
  const outputs = encoderOutput(configuration, 1);
  if (residualFrom === 1 && encoderDepth(configuration) > 1 && inputs !== outputs) {
    fail(
      `--residual-from 1: the encoder's first layer yields ${inputs} numbers and the next ${outputs}; give 2.`,
    );
  }
}

function checkAttention(configuration: ModelConfiguration): void {
  const { attention, attentionPlace, attentionScope, inputFeeding, summary } = configuration;
  const { contextGate } = configuration;
  if (attention === "none" && attentionPlace === "between") {
    fail("--attention none: the preset's upper layers need a context; use --preset sutskever2014.");
  }
  if (attention === "none" && inputFeeding) {
    fail("--attention none: there is no attentional vector to feed; add --no-input-feeding.");
  }
  if (hasSummary(configuration) && summary === "none") {
    fail(
      "--attention none: the preset's decoder needs a context; use --preset rnnencdec2014 or sutskever2014.",
    );
  }
  if (!hasSummary(configuration) && summary !== "none") {
    fail(`--summary ${summary}: it takes the place of attention; add --attention none.`);
  }
  if (contextGate && (attention === "none" || attentionPlace !== "before")) {
    fail("--context-gate: it is for attention before the step; add --no-context-gate.");
  }
  if (attentionPlace === "before" && inputFeeding) {
    fail("--input-feeding: attention before the step has no attentional vector to feed.");
  }
  if (attentionPlace === "between" && !inputFeeding) {
    fail("--no-input-feeding: the preset's bottom layer is fed the context; leave it out.");
  }
  if (attention === "none" && attentionScope !== "global") {
    fail(`--attention-scope ${attentionScope}: there is no attention; leave it out.`);
  }
  if (attention === "location" && attentionScope !== "global") {
    fail(`--attention location: it knows positions already; add --attention-scope global.`);
  }
  const memory = memorySize(configuration);
  if (attention === "dot" && memory !== configuration.hidden) {
    fail(
      `--attention dot: the encoder's states have ${memory} numbers and the decoder's ${configuration.hidden}; use general.`,
    );
  }
}

function checkBridge(configuration: ModelConfiguration): void {
  const { bridge, bidirectional, bidirectionalStacks, cell, hidden, layers } = configuration;
  const { encoderHidden, encoderLayers, bidirectionalLayers } = configuration;
  const isBothAbove = bidirectionalStacks || bidirectionalLayers;
  const depth = encoderDepth(configuration);
  const isSingle = cell !== "lstm";
  const sizes = Array.from({ length: depth }, (_, layer) => encoderOutput(configuration, layer));
  const differs = sizes.find((size) => size !== hidden);
  switch (bridge) {
    case "firstBackward":
      if (!(bidirectional && isSingle)) {
        fail(
          "The preset's first state is the backward state at the first word: it needs --bidirectional.",
        );
      }
      return;
    case "summary":
      if (!(hasSummary(configuration) && isSingle)) {
        fail(
          "--bridge summary: it makes the first state of a GRU of the summary; use --preset cho2014.",
        );
      }
      return;
    case "zero":
      return;
    case "interleave":
      if (!bidirectional || 2 * depth !== layers || (depth > 1 && !isBothAbove)) {
        fail(
          `--bridge interleave: each direction of an encoder layer is for one of the decoder's ${layers} layers; make those the double, or use --bridge zero.`,
        );
      }
      break;
    default:
      if (depth !== layers) {
        fail(
          `--encoder-layers ${encoderLayers}: they hand their states to ${layers} layers of the decoder; make them as many, or add --bridge zero.`,
        );
      }
  }
  if (bridge === "copy" && differs !== undefined) {
    fail(
      `--bridge copy: the encoder's states have ${differs} numbers and the decoder's ${hidden}.`,
    );
  }
  if ((bridge === "interleave" || bridge === "backward") && encoderHidden !== hidden) {
    fail(
      `--bridge ${bridge}: the encoder's states have ${encoderHidden} numbers in each direction and the decoder's ${hidden}.`,
    );
  }
}

function checkReadout(configuration: ModelConfiguration): void {
  const { readout, attention, attentionPlace, maxout, outputRank, hidden } = configuration;
  const wanted =
    attentionPlace === "before"
      ? ["maxout", "none"]
      : attentionPlace === "between" || attention === "none"
        ? ["none"]
        : ["attentional", "linear"];
  if (!wanted.includes(readout)) {
    const place = attention === "none" ? "without attention" : `with attention ${attentionPlace}`;
    fail(`--readout ${readout}: ${place} it is ${wanted.join(" or ")}.`);
  }
  const isCount = Number.isInteger(maxout) && maxout >= 1;
  if (readout === "maxout" ? !isCount : maxout !== 0) {
    fail(
      `--maxout ${maxout}: give the units of a maxout readout, a whole number from 1, and leave it out with others.`,
    );
  }
  if (!Number.isInteger(outputRank) || outputRank < 0) {
    fail(`--output-rank ${outputRank}: give a whole number from 1, or 0 for the full rank.`);
  }
  const output = outputRank || maxout || hidden;
  if (configuration.tiedEmbeddings && output !== configuration.embedding) {
    fail(
      `--tied-embeddings: the readout has ${output} numbers and the embedding ${configuration.embedding}; make them equal.`,
    );
  }
}
