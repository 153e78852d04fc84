/**
 * @file The systems of the papers, as configurations. `docs/models.md` lists the source of each equation.
 *
 * A preset named after a paper has its architecture at a size that trains on a small machine; the suffix
 * `-paper` stands for the paper's own sizes. Presets `nmt-…` are `standard_hparams` of tensorflow/nmt.
 * `training/plan/recipes.ts` has the training recipes. Smaller models start with larger weights: see `initialRange`
 * in `configuration.ts`.
 */

import type { ModelConfiguration } from "./modelConfiguration.ts";

const luong2015: ModelConfiguration = {
  preset: "luong2015",
  sourceInput: "tokens",
  sourceFeatures: 0,
  patchRows: 0,
  patchColumns: 0,
  encoder: "recurrent",
  cell: "lstm",
  cellBias: true,
  resetGate: "before",
  forgetBias: 0,
  cellClip: 0,
  embedding: 256,
  hidden: 512,
  layers: 1,
  encoderLayers: 1,
  bidirectional: true,
  bidirectionalStacks: false,
  bidirectionalLayers: false,
  encoderHidden: 256,
  sourceConvolution: 0,
  residualFrom: 0,
  attention: "general",
  attentionHidden: 512,
  attentionScope: "global",
  window: 10,
  locations: 50,
  attentionPlace: "after",
  queryLayer: "bottom",
  upperContext: "current",
  contextGate: false,
  inputFeeding: true,
  startInput: "embedding",
  bridge: "linear",
  bridgeActivation: "tanh",
  bridgeBias: true,
  summary: "none",
  readout: "attentional",
  maxout: 0,
  readoutState: "previous",
  outputRank: 0,
  outputBias: true,
  tiedEmbeddings: false,
  reverseSource: false,
  sourceStart: false,
  sourceEnd: false,
  dropout: 0.3,
  dropoutOn: "outputs",
  // Sutskever et al.'s 0.08 for 1000 units, times √(1000/512).
  initialRange: 0.11,
};

/** Luong, Pham and Manning (2015), §4.1: no biases, reversed source, final encoder states copied to the decoder. */
const luong2015Paper: ModelConfiguration = {
  ...luong2015,
  preset: "luong2015-paper",
  embedding: 1000,
  hidden: 1000,
  layers: 4,
  encoderLayers: 4,
  encoderHidden: 1000,
  bidirectional: false,
  bridge: "copy",
  reverseSource: true,
  cellBias: false,
  outputBias: false,
  cellClip: 50,
  attentionHidden: 1000,
  attentionScope: "local-p",
  dropout: 0.2,
  dropoutOn: "inputs",
  initialRange: 0.1,
};

/**
 * Bahdanau, Cho and Bengio (2014): RNNsearch. The paper's initial weights are meant for 1000 units; smaller models
 * learn far later from them (docs/models.md has figures), so only the preset with the paper's sizes uses them.
 */
const bahdanau2014: ModelConfiguration = {
  ...luong2015,
  preset: "bahdanau2014",
  cell: "gru",
  encoderHidden: 512,
  attention: "additive",
  attentionPlace: "before",
  inputFeeding: false,
  bridge: "firstBackward",
  readout: "maxout",
  maxout: 256,
  outputBias: false,
};

/**
 * Xu et al. (2015), "Show, attend and tell", soft attention: an LSTM that attends before each step to the
 * annotation vectors of a picture; their mean gives its initial states. Unless they are read from files, the vectors
 * are computed from patches of the picture, not by a trained convolutional network.
 */
const xu2015: ModelConfiguration = {
  ...luong2015,
  preset: "xu2015",
  sourceInput: "features",
  sourceFeatures: 512,
  encoder: "none",
  bidirectional: false,
  encoderHidden: 512,
  attention: "additive",
  attentionPlace: "before",
  contextGate: true,
  inputFeeding: false,
  readout: "maxout",
  maxout: 256,
  readoutState: "current",
};

/**
 * RNNencdec, the baseline of RNNsearch: "the model becomes RNN Encoder–Decoder if we fix c_i to
 * →h_Tx" (Bahdanau et al. 2014, A.2.2). The initial state is computed from this c, since there is no ←h₁.
 */
const rnnencdec2014: ModelConfiguration = {
  ...bahdanau2014,
  preset: "rnnencdec2014",
  attention: "none",
  bidirectional: false,
  bridge: "summary",
  summary: "last",
};

/** Cho et al. (2014): c = tanh(V h_S) enters every step and the readout; a low-rank output layer. */
const cho2014: ModelConfiguration = {
  ...rnnencdec2014,
  preset: "cho2014",
  summary: "linear",
  readoutState: "current",
  outputRank: 256,
};

/** Sutskever, Vinyals and Le (2014): two stacks of LSTMs without attention, reversed source. */
const sutskever2014: ModelConfiguration = {
  ...luong2015,
  preset: "sutskever2014",
  layers: 2,
  encoderLayers: 2,
  bidirectional: false,
  encoderHidden: 512,
  attention: "none",
  inputFeeding: false,
  bridge: "copy",
  readout: "none",
  reverseSource: true,
};

/** Wu et al. (2016): the query is the bottom layer's previous output; the context enters all layers. */
const gnmt2016: ModelConfiguration = {
  ...luong2015,
  preset: "gnmt2016",
  layers: 4,
  encoderLayers: 4,
  encoderHidden: 512,
  residualFrom: 2,
  attention: "additive",
  attentionPlace: "before",
  inputFeeding: false,
  bridge: "backward",
  readout: "none",
  dropout: 0.2,
  dropoutOn: "inputs",
  // The paper's 0.04 for 1024 units, times √2.
  initialRange: 0.057,
};

/** tensorflow/nmt with `attention_architecture` standard: the options that its configurations share. */
const nmt: ModelConfiguration = {
  ...luong2015,
  preset: "nmt-iwslt15",
  forgetBias: 1,
  embedding: 512,
  hidden: 512,
  encoderHidden: 512,
  layers: 2,
  encoderLayers: 2,
  bidirectionalStacks: true,
  attention: "scaledGeneral",
  bridge: "interleave",
  readout: "linear",
  outputBias: false,
  dropout: 0.2,
  dropoutOn: "inputs",
  initialRange: 0.1,
};

/** `wmt16.json`. */
const nmtWmt16: ModelConfiguration = {
  ...nmt,
  preset: "nmt-wmt16",
  embedding: 1024,
  hidden: 1024,
  encoderHidden: 1024,
  layers: 4,
  encoderLayers: 4,
  attention: "normedAdditive",
  attentionHidden: 1024,
};

/** `wmt16_gnmt_4_layer.json`: upper layers get the context of the current step. */
const nmtGnmt: ModelConfiguration = {
  ...nmtWmt16,
  preset: "nmt-wmt16-gnmt-4-layer",
  bidirectionalStacks: false,
  residualFrom: 2,
  attentionPlace: "between",
  bridge: "backward",
  readout: "none",
};

/** Common to the papers of Bahdanau and of Cho: 1000 units and small initial weights. */
const sizesOf1000 = {
  embedding: 620,
  hidden: 1000,
  encoderHidden: 1000,
  attentionHidden: 1000,
  maxout: 500,
  startInput: "zero",
  dropout: 0,
  initialRange: "bahdanau",
} as const;

const all: readonly ModelConfiguration[] = [
  luong2015,
  luong2015Paper,
  bahdanau2014,
  { ...bahdanau2014, preset: "bahdanau2014-paper", ...sizesOf1000 },
  rnnencdec2014,
  { ...rnnencdec2014, preset: "rnnencdec2014-paper", ...sizesOf1000 },
  cho2014,
  {
    ...cho2014,
    preset: "cho2014-paper",
    ...sizesOf1000,
    embedding: 100,
    outputRank: 100,
  },
  sutskever2014,
  {
    ...sutskever2014,
    preset: "sutskever2014-paper",
    embedding: 1000,
    hidden: 1000,
    encoderHidden: 1000,
    attentionHidden: 1000,
    layers: 4,
    encoderLayers: 4,
    dropout: 0,
    initialRange: 0.08,
  },
  xu2015,
  gnmt2016,
  {
    ...gnmt2016,
    preset: "gnmt2016-paper",
    embedding: 1024,
    hidden: 1024,
    encoderHidden: 1024,
    attentionHidden: 1024,
    layers: 8,
    encoderLayers: 8,
    initialRange: 0.04,
  },
  nmt,
  nmtWmt16,
  nmtGnmt,
  { ...nmtGnmt, preset: "nmt-wmt16-gnmt-8-layer", layers: 8, encoderLayers: 8 },
];

/** The systems that can be trained, as named by the option `preset`. */
export const presets: Readonly<Record<string, ModelConfiguration>> = Object.fromEntries(
  all.map((configuration) => [configuration.preset, configuration]),
);
