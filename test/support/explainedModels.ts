/** @file The small models of every kind whose numbers the test of the explanations recomputes. */

import type { ConfigurationChanges, ModelConfiguration } from "../../src/models/configuration.ts";
import { presets } from "../../src/models/configuration.ts";
import { tokenPresets } from "./tokenPresets.ts";

/** Four layers with few units. */
const small: ConfigurationChanges = { layers: 4, encoderLayers: 4, attentionHidden: 5 };
const twoLayers: ConfigurationChanges = {
  layers: 2,
  encoderLayers: 2,
  bidirectional: false,
  bridge: "copy",
  encoderHidden: 8,
  hidden: 8,
};
const oneWay: ConfigurationChanges = {
  bidirectional: false,
  bridge: "copy",
  encoderLayers: 2,
};

/** Presets with changes; together they have every part that a model can have. */
export const explainedModels: [string, ConfigurationChanges][] = [
  ["luong2015", { hidden: 12 }],
  ["luong2015", { attention: "dot", layers: 2, encoderLayers: 2 }],
  ["luong2015", { attention: "concat", attentionHidden: 9, reverseSource: true }],
  ["luong2015", { cell: "gru", layers: 2, encoderLayers: 2, inputFeeding: false }],
  ["luong2015", { ...oneWay, attention: "dot", layers: 2, reverseSource: true }],
  ["luong2015", { ...oneWay, embedding: 8, tiedEmbeddings: true, layers: 2 }],
  ["bahdanau2014", { hidden: 10 }],
  ["bahdanau2014", { attentionHidden: 5, outputBias: true }],
  ["bahdanau2014", { hidden: 10, contextGate: true }],
  ["gnmt2016", { ...small, contextGate: true }],
  ["luong2015", { cell: "gru", bridge: "firstBackward", layers: 2, encoderLayers: 2 }],
  ["bahdanau2014", { cell: "lstm", bridge: "linear", attention: "general", reverseSource: true }],
  ["sutskever2014", {}],
  ["sutskever2014", { cell: "gru", layers: 1, encoderLayers: 1, reverseSource: false }],
  // Cells: plain ones, the reset gate after the product, no biases, a bounded cell state.
  ["luong2015", { cell: "rnn", layers: 2, encoderLayers: 2 }],
  ["bahdanau2014", { cell: "rnn", cellBias: false }],
  ["bahdanau2014", { resetGate: "after" }],
  ["bahdanau2014", { resetGate: "after", cellBias: false }],
  ["luong2015", { cellClip: 0.05, cellBias: false }],
  // Scores and windows; steps of local-m may leave the sentence.
  ["luong2015", { attention: "location", locations: 3 }],
  ["luong2015", { attention: "scaledGeneral" }],
  ["luong2015", { attention: "normedAdditive", attentionHidden: 7 }],
  ["luong2015", { attentionScope: "local-m", window: 1 }],
  ["luong2015", { attentionScope: "local-p", window: 2, reverseSource: true }],
  ["bahdanau2014", { attentionScope: "local-p", window: 1 }],
  ["nmt-wmt16-gnmt-4-layer", { ...small, attentionScope: "local-m", window: 2 }],
  // Wirings, bridges, residual layers.
  ["gnmt2016", { ...small, bridge: "zero", encoderHidden: 4, residualFrom: 1 }],
  ["gnmt2016", { ...small, attention: "general", residualFrom: 2, reverseSource: true }],
  ["nmt-wmt16-gnmt-4-layer", { ...small, upperContext: "previous" }],
  ["nmt-wmt16-gnmt-4-layer", { layers: 1, encoderLayers: 1, encoderHidden: 8 }],
  ["nmt-iwslt15", { ...small, residualFrom: 1 }],
  ["luong2015", { ...oneWay, layers: 2, residualFrom: 1, attention: "dot" }],
  ["luong2015", { bridge: "zero", layers: 2 }],
  ["luong2015", { sourceConvolution: 2, sourceEnd: true }],
  ["bahdanau2014", { sourceConvolution: 3, reverseSource: true }],
  ["luong2015", { bridgeActivation: "none", layers: 2 }],
  ["luong2015", { bridgeActivation: "none", bridgeBias: false, bidirectionalLayers: true }],
  ["luong2015", { readout: "linear", outputRank: 5 }],
  ["bahdanau2014", { layers: 2, encoderLayers: 2, bridge: "linear" }],
  ["luong2015", { layers: 2, bidirectionalLayers: true, bridge: "copy" }],
  ["bahdanau2014", { layers: 2, bidirectionalLayers: true }],
  ["bahdanau2014", { ...twoLayers, queryLayer: "top", upperContext: "none", readout: "none" }],
  ["bahdanau2014", { ...twoLayers, queryLayer: "top", contextGate: true, readout: "concat" }],
  ["bahdanau2014", { attention: "biasedAdditive", bridge: "linear", readout: "concat" }],
  ["luong2015", { inputFeeding: false, readout: "concat", outputRank: 5 }],
  [
    "cho2014",
    { ...twoLayers, bridge: "copy", summary: "last", readout: "concat", upperContext: "none" },
  ],
  ["cho2014", { layers: 2, startInput: "zero", bidirectional: true }],
  ["rnnencdec2014", { readoutState: "current" }],
  // All presets that read words, with only their sizes changed.
  ...tokenPresets.map((name): [string, ConfigurationChanges] => [name, sizesOf(name)]),
];

/** Sizes that are small enough to explain every number of a preset. */
function sizesOf(name: string): ConfigurationChanges {
  const { layers, encoderLayers, maxout, outputRank } = presets[name] as ModelConfiguration;
  return {
    hidden: 8,
    embedding: 6,
    attentionHidden: 5,
    window: 2,
    layers: Math.min(layers, 4),
    encoderLayers: Math.min(encoderLayers, 4),
    ...(maxout > 0 && { maxout: 3 }),
    ...(outputRank > 0 && { outputRank: 4 }),
  };
}
