/** @file The options of a model, which define it except for its weights. Presets are sets of values for them. */

import { z } from "zod";
import { attentionScopes } from "../nn/attentionScope.ts";
import { cellKinds } from "../nn/cells.ts";
import { readouts } from "../nn/readout.ts";
import { attentionKinds } from "../nn/scores/kinds.ts";
import type { OptionValues, Values } from "../options/option.ts";
import { defineOptions, objectSchema, withEarlierValues } from "../options/option.ts";

const upTo = (most: number) => z.int().min(0).max(most);
const from1 = (most: number) => z.int().min(1).max(most);

// More than ten times what anyone trains: a mistyped size is rejected before anything of that size is allocated.
const units = 65_536;
const places = 100_000;
const words = 10_000_000;
const layers = 64;
const encoderLayers = 128;

/**
 * How the decoder's initial states are computed from the encoder's final states:
 * - `copy`: layer by layer, both directions concatenated;
 * - `linear`: the same through a linear layer, with tanh and a bias unless {@link modelOptions} leave them out;
 * - `firstBackward`: all of them tanh(W_s ←h₁), the backward state at the first word (Bahdanau);
 * - `backward`: layer by layer, the backward half of a bidirectional layer (tensorflow/nmt's GNMT);
 * - `interleave`: the forward and backward halves of a bidirectional layer for two successive layers of the
 *   decoder (tensorflow/nmt's `bi`);
 * - `summary`: all of them tanh(V' c) of the encoder's summary c (Cho);
 * - `zero`: zeros (tensorflow/nmt without `pass_hidden_state`).
 */
export type Bridge = (typeof bridges)[number];

/** All bridges. */
export const bridges = [
  "copy",
  "linear",
  "firstBackward",
  "backward",
  "interleave",
  "summary",
  "zero",
] as const;

const ofLstm = {
  isUsed: ({ cell }: Values): boolean => cell === "lstm",
  problem: "only LSTMs have one",
  remedy: "add {cell=lstm}",
};

const ofLinearBridge = {
  isUsed: ({ bridge }: Values): boolean => bridge === "linear",
  problem: "only the bridge with a linear layer has a choice",
  remedy: "add {bridge=linear}",
};

/**
 * The options of a model, in the order of its files. For an option that a file of an earlier version lacks, there was
 * no other choice at that time.
 */
export const modelOptions = defineOptions<Values>()({
  /** The name of the preset that the other options change. */
  preset: { schema: z.string(), group: "Model", help: "name of the preset", isDerived: true },
  /** The form of a source: tokens, or positions with a row of numbers each. */
  sourceInput: {
    schema: z.enum(["tokens", "features"]),
    otherNames: "inputType inputTypes encoderInput modality",
    group: "Model",
    argument: "kind",
    help: "what sources consist of: text, or files of features",
    earlier: "tokens",
  },
  /** The size of a position's row; 0 if the source is tokens. Determined by the data. */
  sourceFeatures: {
    schema: upTo(words),
    group: "Model",
    help: "numbers of each source position",
    isDerived: true,
    earlier: 0,
  },
  /** The grid of a picture's patches; 0 if features come from files. */
  patchRows: {
    schema: upTo(256),
    group: "Model",
    help: "rows of patches of a picture",
    isDerived: true,
    earlier: 0,
  },
  patchColumns: {
    schema: upTo(256),
    group: "Model",
    help: "columns of patches of a picture",
    isDerived: true,
    earlier: 0,
  },
  /** `none`: attention reads the embedded source itself, whose mean replaces each layer's final state (Xu). */
  encoder: {
    schema: z.enum(["recurrent", "none"]),
    otherNames: "encoderKind",
    group: "Model, encoder",
    argument: "kind",
    help: "none: attention sees the embedded source itself",
    earlier: "recurrent",
  },
  cell: {
    schema: z.enum(cellKinds),
    otherWords: { rnn: ["tanh", "elman", "vanilla", "simple"] },
    otherNames: "rnnType unitType cellType encCell decCell rnnCell encoderCell",
    group: "Model, cells",
    argument: "kind",
    help: "kind of the recurrent cells",
  },
  /** Whether cells have a bias. */
  cellBias: {
    schema: z.boolean(),
    otherNames: "rnnBias",
    group: "Model, cells",
    help: "cells with bias terms",
    helpOff: "cells without bias terms",
    earlier: true,
  },
  /** Whether a GRU's reset gate acts on the state (Cho), or on its product with the weights (cuDNN). */
  resetGate: {
    schema: z.enum(["before", "after"]),
    group: "Model, cells",
    argument: "place",
    help: "apply the GRU's reset gate before the matrix product (Cho) or after it (cuDNN)",
    use: {
      isUsed: ({ cell }) => cell === "gru",
      problem: "only GRUs have a reset gate",
      remedy: "add {cell=gru}",
    },
    earlier: "before",
  },
  /** The initial bias of an LSTM's forget gate. */
  forgetBias: {
    schema: z.number(),
    otherNames: "forgetGateBias",
    group: "Model, cells",
    argument: "x",
    help: "initial bias of LSTM forget gates",
    use: ofLstm,
    earlier: 0,
  },
  /** The bound for clipping LSTMs' cell states; 0 for no limit. */
  cellClip: {
    schema: z.number().min(0),
    otherNames: "cellClipping",
    group: "Model, cells",
    argument: "x",
    help: "clip LSTM cell states to ± this; 0 for no limit",
    use: ofLstm,
    earlier: 0,
  },
  /** Size of the word embeddings. */
  embedding: {
    schema: from1(units),
    defaultText: "by the corpus in training, else by the preset",
    otherNames:
      "embeddings embeddingSize embeddingDim embeddingDims embedDim embedSize wordVecSize srcWordVecSize tgtWordVecSize dimEmb embSize encoderEmbedDim decoderEmbedDim dModel",
    group: "Model",
    argument: "n",
    help: "size of the embeddings",
  },
  /** Size of the decoder's hidden state; in Luong's models also of the encoder's, both directions together. */
  hidden: {
    schema: from1(units),
    defaultText: "by the corpus in training, else by the preset",
    otherNames:
      "hiddenSize hiddenDim hiddenUnits rnnSize numUnits dimRnn units decRnnSize decoderHiddenSize decHidSize stateSize",
    group: "Model",
    argument: "n",
    help: "size of the decoder's state",
    isBasic: true,
  },
  /** Layers of the decoder. */
  layers: {
    schema: from1(layers),
    otherNames: "numLayers nLayers depth decLayers decDepth decoderLayers numDecoderLayers",
    group: "Model",
    argument: "n",
    help: "recurrent layers on each side",
  },
  /** Layers of the encoder; with stacks of two directions, the layers of both stacks are counted. */
  encoderLayers: {
    schema: from1(encoderLayers),
    otherNames: "encLayers encDepth numEncoderLayers nEncLayers",
    group: "Model",
    argument: "n",
    help: "recurrent layers of the encoder",
    defaultText: "as many as {layers}",
    earlier: (values) => values["layers"] as number,
  },
  /**
   * Whether the encoder's first layer is bidirectional; with {@link bidirectionalLayers} or
   * {@link bidirectionalStacks}, all layers.
   */
  bidirectional: {
    schema: z.boolean(),
    otherNames: "brnn birnn encoderType encType encoderBidirectional bidir",
    group: "Model, encoder",
    help: "read the source in both directions",
    helpOff: "read it in one direction",
  },
  /** How many neighbouring places a convolution over the embedded source reads, of which the encoder reads the result. */
  /** Whether each direction is a separate stack, concatenated only at the top (tensorflow/nmt's `bi`). */
  bidirectionalStacks: {
    schema: z.boolean(),
    otherNames: "biStacks",
    group: "Model, encoder",
    help: "a stack of layers for each direction, joined at the top",
    helpOff: "one stack of layers",
    earlier: false,
  },
  /**
   * Whether every layer is bidirectional and reads both halves of the layer below: PyTorch's
   * `nn.LSTM(bidirectional=True)`, OpenNMT's `brnn`.
   */
  bidirectionalLayers: {
    schema: z.boolean(),
    group: "Model, encoder",
    help: "every layer reads in both directions, as in PyTorch's nn.LSTM",
    helpOff: "only the first layer does",
    earlier: false,
  },
  /** Size of the first encoder layer's state in each direction; of all bidirectional layers. */
  encoderHidden: {
    schema: from1(units),
    otherNames: "encRnnSize encoderHiddenSize encHidSize encoderUnits",
    group: "Model",
    argument: "n",
    help: "units of the encoder's first layer, and of every layer that reads in both directions, in each direction",
    defaultText: "{hidden}, or half of it where the bridge joins both directions",
  },
  /** The first layer, counted from 0, whose input is added to its output; 0 for none. */
  sourceConvolution: {
    schema: upTo(64),
    otherNames: "postEmbedCnn convWidth kernelSize encoderConvolution",
    group: "Model, encoder",
    argument: "n",
    help: "width of a convolution over the embedded source; 0 for none",
    earlier: 0,
  },
  residualFrom: {
    schema: upTo(encoderLayers),
    otherNames: "residual skip residualConnections numResidualLayers",
    group: "Model",
    argument: "n",
    help: "first layer, counted from 0, that adds its input to its output; 0 for none",
    earlier: 0,
  },
  attention: {
    schema: z.enum([...attentionKinds, "none"]),
    otherWords: {
      additive: ["mlp", "bahdanau", "tanh"],
      general: ["luong", "bilinear", "multiplicative"],
      scaledGeneral: ["scaledLuong"],
      normedAdditive: ["normedBahdanau"],
      dot: ["dotProduct"],
      none: ["no", "off", "false"],
    },
    otherNames:
      "globalAttention attentionType attn attnType attentionKind attentionModel attentionMechanism decoderAttention",
    group: "Model, attention",
    argument: "kind",
    help: "scoring function of attention; none switches off all that depends on it",
  },
  /** Units of the hidden layer of concat and additive attention, and of local-p's position. */
  attentionHidden: {
    schema: from1(units),
    otherNames: "attnSize attentionSize attentionDim attentionUnits",
    group: "Model, attention",
    argument: "n",
    help: "units of the hidden layer of concat and additive attention, and of local-p's position",
    defaultText: "{hidden}",
    use: {
      isUsed: ({ attention }) => attention !== "none",
      problem: "there is no attention",
      remedy: "choose another {attention}",
    },
  },
  attentionScope: {
    schema: z.enum(attentionScopes),
    otherNames: "localAttention attentionWindow",
    group: "Model, attention",
    argument: "scope",
    help: "where attention looks",
    earlier: "global",
  },
  /** D of local attention, which attends to 2D + 1 words. */
  window: {
    schema: from1(places),
    otherNames: "windowSize localWindow",
    group: "Model, attention",
    argument: "d",
    help: "local attention looks at 2d + 1 words",
    defaultText: "10",
    use: {
      isUsed: ({ attention, attentionScope }) =>
        attention !== "none" && attentionScope !== "global",
      problem: "attention looks at the whole source",
      remedy: "add {attentionScope=local-m} or {attentionScope=local-p}",
    },
    earlier: 10,
  },
  /** The number of source positions of the location score. */
  locations: {
    schema: from1(places),
    group: "Model, attention",
    argument: "n",
    help: "source positions that the location score knows",
    defaultText: "50",
    use: {
      isUsed: ({ attention }) => attention === "location",
      problem: "only attention by location counts positions",
      remedy: "add {attention=location}",
    },
    earlier: 50,
  },
  /**
   * How the decoder uses attention:
   * - `after` its step, with the new state as the query (Luong);
   * - `before` it, with the bottom layer's previous state as the query and the context as an input of all layers
   *   (Bahdanau, GNMT). Without attention, the encoder's summary is this context (Cho);
   * - `between` the bottom layer, whose new state is the query and which reads the previous context,
   *   and the other layers (tensorflow/nmt's `gnmt` and `gnmt_v2`).
   */
  attentionPlace: {
    schema: z.enum(["after", "before", "between"]),
    otherNames: "attentionArchitecture attnArchitecture",
    group: "Model, attention",
    argument: "place",
    help: "attend after the decoder's step, before it, or between its bottom layer and the others",
  },
  /** The layer whose previous state is the query of attention before the step: the bottom one (GNMT) or the top one. */
  queryLayer: {
    schema: z.enum(["bottom", "top"]),
    group: "Model, attention",
    argument: "layer",
    help: "layer whose previous state attends, if attention comes before the step",
    use: {
      isUsed: ({ attention, attentionPlace }) =>
        attention !== "none" && attentionPlace === "before",
      problem: "a layer is chosen only for attention before the step",
      remedy: "add {attentionPlace=before}",
    },
    earlier: "bottom",
  },
  /**
   * Which context the upper layers get: with attention `between` the layers of this step or of the one before
   * (`gnmt_v2` has the current one), with a context `before` the step the same as the bottom layer, or none.
   */
  upperContext: {
    schema: z.enum(["current", "previous", "none"]),
    group: "Model, attention",
    argument: "which",
    help: "context of the upper layers: of this step, of the one before, or none",
    use: {
      isUsed: ({ attentionPlace }) => attentionPlace !== "after",
      problem: "with attention after the step, the context enters no layer",
      remedy: "add {attentionPlace=before} or {attentionPlace=between}",
    },
    earlier: "current",
  },
  /** Whether a gate computed from the decoder's state scales the context (Xu et al. 2015, §4.2.1). */
  contextGate: {
    schema: z.boolean(),
    otherNames: "gate contextGateType",
    group: "Model, decoder",
    help: "scale the context by a gate that sees the decoder's state (Xu et al. 2015, §4.2.1)",
    helpOff: "use the full context",
    earlier: false,
  },
  /** Whether the attentional vector is an input of the next step (Luong et al. §3.3). */
  inputFeeding: {
    schema: z.boolean(),
    otherNames: "inputFeed outputAttention feedInput",
    group: "Model, decoder",
    help: "feed the attentional vector to the next step (Luong et al. 2015, §3.3)",
    helpOff: "no input feeding",
  },
  /**
   * The decoder's input before the first word: the embedding of the start symbol,
   * or `zero`, as in Bahdanau's and Cho's code, which omits that term of the sums.
   */
  startInput: {
    schema: z.enum(["embedding", "zero"]),
    group: "Model, decoder",
    argument: "kind",
    help: "decoder input before the first word: the embedding of the start symbol, or zeros",
    earlier: "embedding",
  },
  bridge: {
    schema: z.enum(bridges),
    otherNames: "initHidden passHiddenState decoderInit",
    group: "Model, encoder",
    argument: "kind",
    help: "how the decoder's first states are made",
  },
  /** The function that the layer of the bridge `linear` applies. */
  bridgeActivation: {
    schema: z.enum(["tanh", "none"]),
    group: "Model, encoder",
    argument: "kind",
    help: "function behind the linear layer of the bridge",
    use: ofLinearBridge,
    earlier: "tanh",
  },
  /** Whether the layer of the bridge `linear` has a bias. */
  bridgeBias: {
    schema: z.boolean(),
    group: "Model, encoder",
    help: "linear layer of the bridge with a bias",
    helpOff: "without a bias",
    use: ofLinearBridge,
    earlier: true,
  },
  /** The fixed context of a decoder without attention: the encoder's last state, or tanh(V h). */
  summary: {
    schema: z.enum(["none", "last", "linear"]),
    group: "Model, encoder",
    argument: "kind",
    help: "fixed context of a decoder without attention",
    earlier: "none",
  },
  /** The input of the output layer; see `Readout`. */
  readout: {
    schema: z.enum(readouts),
    otherNames: "outputLayer generatorFunction",
    group: "Model, decoder",
    argument: "kind",
    help: "what the output layer sees",
    earlier: ({ attention, attentionPlace }) => {
      if (attentionPlace === "before") return "maxout";
      return attention === "none" ? "none" : "attentional";
    },
  },
  /** Units kept by the maxout readout; 0 for the others. */
  maxout: {
    schema: upTo(units),
    group: "Model, decoder",
    argument: "n",
    help: "units of a maxout readout",
    defaultText: "half of {hidden}",
  },
  /** Whether the maxout readout reads the state before the step (Bahdanau) or after it (Cho). */
  readoutState: {
    schema: z.enum(["previous", "current"]),
    group: "Model, decoder",
    argument: "which",
    help: "state that a maxout readout sees: before the step (Bahdanau) or after it (Cho)",
    use: {
      isUsed: ({ readout }) => readout === "maxout",
      problem: "only a maxout readout has a choice",
      remedy: "add {readout=maxout}",
    },
    earlier: "previous",
  },
  /** Rank of the output layer's weights, a product of two matrices (Cho); 0 for full rank. */
  outputRank: {
    schema: upTo(units),
    group: "Model, decoder",
    argument: "n",
    help: "rank of the output weights; 0 for full",
    earlier: 0,
  },
  outputBias: {
    schema: z.boolean(),
    otherNames: "outputOmitBias",
    group: "Model, decoder",
    help: "output layer with a bias",
    helpOff: "output layer without a bias",
  },
  /** Whether the output layer's weights are the target embeddings. */
  tiedEmbeddings: {
    schema: z.boolean(),
    otherNames:
      "tiedSoftmax shareDecoderEmbeddings shareDecoderInputOutputEmbed weightTying tieWeights shareEmbeddings",
    group: "Model, decoder",
    help: "use the target embeddings as output weights",
    helpOff: "output weights of their own",
  },
  /** Whether source sentences are read in reverse (Sutskever). */
  reverseSource: {
    schema: z.boolean(),
    otherNames: "reverse sourceReverse rightLeft",
    group: "Model, encoder",
    help: "read the source from its end",
    helpOff: "read it from its beginning",
  },
  /** Whether a source of tokens begins with the start symbol. */
  sourceStart: {
    schema: z.boolean(),
    otherNames: "prependBos bosAtSource addSourceBos srcBos sourceBos addBos initToken",
    group: "Model, encoder",
    help: "begin each source with the start symbol <s>",
    helpOff: "begin with the first token",
    earlier: false,
  },
  /** Whether a source of tokens ends with the end symbol, which the encoder reads and attention sees. */
  sourceEnd: {
    schema: z.boolean(),
    otherNames: "appendEos eosAtSource addSourceEos srcEos sourceEos addEos",
    group: "Model, encoder",
    help: "end each source with the end symbol </s>, as many other programs do",
    helpOff: "read nothing behind the last token",
    earlier: false,
  },
  /** The probability of dropping an element. */
  dropout: {
    schema: z.number().min(0).max(0.99),
    defaultText: "by the corpus in training, else by the preset",
    otherNames: "dropoutRnn dropoutRate attentionDropout hiddenDropout pDropout",
    group: "Model",
    argument: "p",
    help: "probability of dropping an element",
  },
  /**
   * Where dropout applies: to the `outputs` of embeddings, layers and readout; or to all `inputs` of recurrent
   * layers, including fed-back ones, but not to the readout (Luong, tensorflow/nmt).
   */
  dropoutOn: {
    schema: z.enum(["outputs", "inputs"]),
    group: "Model",
    argument: "side",
    help: "what dropout acts on: the outputs of layers, or all their inputs",
    earlier: "outputs",
  },
  /** The initial weights: uniform in ± this, Glorot's initialisation, or Bahdanau's and Cho's. */
  initialRange: {
    schema: z.union([z.number().positive(), z.enum(["glorot", "bahdanau"])]),
    otherNames: "paramInit paramInitGlorot initWeight initOp initScale initializer uniformInit",
    group: "Model",
    argument: "x",
    help: "initial weights are uniform in ± this; glorot: in a range that follows from their sizes; bahdanau: as Bahdanau et al. drew them",
    defaultText: "the preset's, scaled to {hidden}",
  },
});

/** The sizes of the vocabularies, determined by the data. */
const vocabularySizes = defineOptions<Values>()({
  sourceVocabulary: { schema: from1(words), group: "Model", help: "source tokens" },
  targetVocabulary: { schema: from1(words), group: "Model", help: "target tokens" },
});

/** Everything that determines the shapes of a model's weights. */
export const sizeOptions = { ...modelOptions, ...vocabularySizes };

/** The configuration of a model, which defines it except for its weights. Options change the values of a preset. */
export interface ModelConfiguration extends OptionValues<typeof modelOptions> {}

/** A configuration with its vocabulary sizes: everything that determines the shapes of the weights. */
export interface ModelSizes extends ModelConfiguration, OptionValues<typeof vocabularySizes> {}

/** Sizes and switches that options may change. */
export type ConfigurationChanges = Partial<Omit<ModelConfiguration, "preset">>;

/** Adds what a model's sizes of an earlier version lack, before they are checked. */
export function withEarlierDefaults(sizes: unknown): unknown {
  if (typeof sizes !== "object" || sizes === null) return sizes;
  return withEarlierValues(sizeOptions, sizes as Record<string, unknown>);
}

/** The form of a model's sizes in a file; `checkConfiguration` checks that they are compatible. */
export const sizesSchema: z.ZodType<ModelSizes> = z.preprocess(
  withEarlierDefaults,
  objectSchema(sizeOptions),
);
