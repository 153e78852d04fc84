import { checkValues } from "../options/option.ts";
import type { OptionFault } from "../options/optionError.ts";
import { OptionError } from "../options/optionError.ts";
import {
  encoderDepth,
  encoderOutput,
  hasSummary,
  memorySize,
  readoutSize,
} from "./modelConfiguration.ts";
import type { ModelConfiguration, ModelSizes } from "./options.ts";
import { sizeOptions } from "./options.ts";

/**
 * Checks that a model's sizes are within bounds and its parts are compatible.
 *
 * @throws OptionError naming the option to change.
 */
export function checkConfiguration(configuration: ModelConfiguration | ModelSizes): void {
  const { hidden, encoderHidden } = configuration;
  if (!Number.isInteger(encoderHidden) && encoderHidden === hidden / 2) {
    throw new OptionError({
      key: "hidden",
      value: hidden,
      problem: "a bidirectional encoder halves it",
      remedy: "give an even number",
    });
  }
  checkValues(sizeOptions, { ...configuration });
  for (const check of [checkSource, checkEncoder, checkAttention, checkBridge, checkReadout]) {
    check(configuration);
  }
}

/** Rejects the value of an option in a configuration. */
function refuse<Key extends keyof ModelConfiguration & string>(
  configuration: ModelConfiguration,
  key: Key,
  problem: string,
  remedy: string,
): never {
  const fault: OptionFault = { key, value: configuration[key], problem, remedy };
  throw new OptionError(fault);
}

function checkSource(configuration: ModelConfiguration): void {
  const { sourceInput, encoder, patchRows, patchColumns, bidirectional, bridge } = configuration;
  const { sourceStart, sourceEnd } = configuration;
  if (sourceInput === "tokens" && (patchRows > 0 || patchColumns > 0)) {
    throw new OptionError({
      key: "patches",
      problem: "pictures are features",
      remedy: "add {sourceInput=features}",
    });
  }
  if (sourceInput === "features" && sourceEnd) {
    const problem = "rows of features have no end symbol";
    refuse(configuration, "sourceEnd", problem, "add {sourceEnd=false}");
  }
  if (sourceInput === "features" && sourceStart) {
    const problem = "rows of features have no start symbol";
    refuse(configuration, "sourceStart", problem, "add {sourceStart=false}");
  }
  if (encoder !== "none") return;
  if (bidirectional) {
    const problem = "nothing is read in any direction";
    refuse(configuration, "encoder", problem, "leave {bidirectional} out");
  }
  if (configuration.attention === "none") {
    const problem = "without attention too, only the mean of the source is left";
    refuse(configuration, "encoder", problem, "choose another {attention} or leave {encoder} out");
  }
  if (bridge === "firstBackward") {
    const problem = "there is no backward state at the first word";
    refuse(configuration, "encoder", problem, "add {bridge=linear}");
  }
}

function checkEncoder(configuration: ModelConfiguration): void {
  const { bidirectional, bidirectionalStacks, encoderLayers, residualFrom } = configuration;
  const { bidirectionalLayers } = configuration;
  if (bidirectionalStacks && !bidirectional) {
    const problem = "the encoder has a stack for each direction";
    refuse(configuration, "bidirectional", problem, "add {bidirectionalStacks=false}");
  }
  if (bidirectionalLayers && !bidirectional) {
    const problem = "the encoder reads in one direction";
    refuse(configuration, "bidirectionalLayers", problem, "add {bidirectional=true}");
  }
  if (bidirectionalLayers && bidirectionalStacks) {
    const problem = "the encoder has a stack for each direction already";
    refuse(configuration, "bidirectionalLayers", problem, "add {bidirectionalStacks=false}");
  }
  if (bidirectionalLayers && residualFrom > 0 && residualFrom < encoderLayers) {
    const problem = "layers that all read in both directions do not add their input";
    refuse(configuration, "residualFrom", problem, "give 0, or add {bidirectionalLayers=false}");
  }
  if (bidirectionalStacks && encoderLayers % 2 !== 0) {
    const problem = "half of them are of each direction";
    refuse(configuration, "encoderLayers", problem, "give an even number");
  }
  const inputs = encoderOutput(configuration, 0);
  const outputs = encoderOutput(configuration, 1);
  if (residualFrom === 1 && encoderDepth(configuration) > 1 && inputs !== outputs) {
    const problem = `the encoder's first layer yields ${inputs} numbers and the next ${outputs}`;
    refuse(configuration, "residualFrom", problem, "give 2");
  }
}

function checkAttention(configuration: ModelConfiguration): void {
  const { attention, attentionPlace, attentionScope, inputFeeding, summary } = configuration;
  const { contextGate, hidden, upperContext } = configuration;
  if (attention === "none" && attentionPlace === "between") {
    const problem = "without attention, the upper layers have no context of their own";
    refuse(configuration, "attentionPlace", problem, "leave it out");
  }
  if (attention === "none" && inputFeeding) {
    const problem = "there is no attentional vector to feed";
    refuse(configuration, "attention", problem, "add {inputFeeding=false}");
  }
  if (hasSummary(configuration) && summary === "none") {
    const problem = "without attention, a decoder with a context before its step needs one";
    refuse(configuration, "summary", problem, "give last or linear, or leave it out");
  }
  if (!hasSummary(configuration) && summary !== "none") {
    const problem = "it takes the place of attention before the step";
    refuse(configuration, "summary", problem, "add {attention=none}");
  }
  if (contextGate && (attention === "none" || attentionPlace !== "before")) {
    const problem = "it is for attention before the step";
    refuse(configuration, "contextGate", problem, "add {contextGate=false}");
  }
  if (attentionPlace === "before" && inputFeeding) {
    const problem = "attention before the step has no attentional vector to feed";
    refuse(configuration, "inputFeeding", problem, "add {inputFeeding=false}");
  }
  if (attentionPlace === "between" && !inputFeeding) {
    const problem = "the preset's bottom layer is fed the context";
    refuse(configuration, "inputFeeding", problem, "leave it out");
  }
  if (attentionPlace === "before" && upperContext === "previous") {
    const problem = "attention before the step gives all layers the context of this step";
    refuse(configuration, "upperContext", problem, "give current or none");
  }
  if (attentionPlace === "between" && upperContext === "none") {
    const problem = "attention between the layers is for those above";
    refuse(configuration, "upperContext", problem, "give current or previous");
  }
  if (attention === "none" && attentionScope !== "global") {
    refuse(configuration, "attentionScope", "there is no attention", "leave it out");
  }
  if (attention === "location" && attentionScope !== "global") {
    const problem = "it knows positions already";
    refuse(configuration, "attention", problem, "add {attentionScope=global}");
  }
  const memory = memorySize(configuration);
  if (attention === "dot" && memory !== hidden) {
    const problem = `the encoder's states have ${memory} numbers and the decoder's ${hidden}`;
    refuse(configuration, "attention", problem, "use {attention=general}");
  }
}

function checkBridge(configuration: ModelConfiguration): void {
  const { bridge, bidirectional, bidirectionalStacks, cell, hidden, layers } = configuration;
  const { encoderHidden, bidirectionalLayers } = configuration;
  const isBothAbove = bidirectionalStacks || bidirectionalLayers;
  const depth = encoderDepth(configuration);
  const isSingle = cell !== "lstm";
  const sizes = Array.from({ length: depth }, (_, layer) => encoderOutput(configuration, layer));
  const differs = sizes.find((size) => size !== hidden);
  switch (bridge) {
    case "firstBackward":
      if (!(bidirectional && isSingle)) {
        const problem = "it makes the first state of a GRU of the backward state at the first word";
        refuse(configuration, "bridge", problem, "add {bidirectional=true} and {cell=gru}");
      }
      return;
    case "summary":
      if (!(hasSummary(configuration) && isSingle)) {
        const problem = "it makes the first state of a GRU of the summary";
        refuse(configuration, "bridge", problem, "use {preset=cho2014}");
      }
      return;
    case "zero":
      return;
    case "interleave":
      if (!bidirectional || 2 * depth !== layers || (depth > 1 && !isBothAbove)) {
        const problem = `each direction of an encoder layer is for one of the decoder's ${layers} layers`;
        const remedy = "give the decoder twice as many layers, or use {bridge=zero}";
        refuse(configuration, "bridge", problem, remedy);
      }
      break;
    default:
      if (depth !== layers) {
        const problem = `they hand their states to ${layers} layers of the decoder`;
        const remedy = "give both as many, or add {bridge=zero}";
        refuse(configuration, "encoderLayers", problem, remedy);
      }
  }
  if (bridge === "copy" && differs !== undefined) {
    const problem = `the encoder's states have ${differs} numbers and the decoder's ${hidden}`;
    refuse(configuration, "bridge", problem, "use {bridge=linear}");
  }
  if ((bridge === "interleave" || bridge === "backward") && encoderHidden !== hidden) {
    const problem = `the encoder's states have ${encoderHidden} numbers in each direction and the decoder's ${hidden}`;
    refuse(configuration, "bridge", problem, "make {encoderHidden} and {hidden} equal");
  }
}

function checkReadout(configuration: ModelConfiguration): void {
  const { readout, attention, attentionPlace, maxout, outputRank, inputFeeding } = configuration;
  const fitting =
    attentionPlace === "before"
      ? ["maxout", "concat", "none"]
      : attentionPlace === "between" || attention === "none"
        ? ["none"]
        : ["attentional", "linear", "concat"];
  if (!fitting.includes(readout)) {
    const place =
      attention === "none" ? "a decoder without attention" : `attention ${attentionPlace}`;
    const settings = fitting.map((each) => `{readout=${each}}`).join(" or ");
    const problem = `it does not fit ${place}`;
    refuse(configuration, "readout", problem, `use ${settings}`);
  }
  if (readout === "concat" && attentionPlace === "after" && inputFeeding) {
    const problem = "it has no attentional vector to feed to the next step";
    refuse(configuration, "readout", problem, "add {inputFeeding=false}");
  }
  if (readout === "maxout" ? maxout === 0 : maxout !== 0) {
    const remedy = "give a whole number from 1 with {readout=maxout}, and leave it out otherwise";
    refuse(configuration, "maxout", "it is the units of a maxout readout", remedy);
  }
  const output = outputRank || readoutSize(configuration);
  if (configuration.tiedEmbeddings && output !== configuration.embedding) {
    const problem = `the readout has ${output} numbers and the embedding ${configuration.embedding}`;
    refuse(configuration, "tiedEmbeddings", problem, "make them equal");
  }
}
