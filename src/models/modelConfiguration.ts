import type { CellKind } from "../nn/cells.ts";
import type { AttentionScope } from "../nn/scope.ts";
import type { AttentionKind } from "../nn/scores/kinds.ts";

/**
 * How the decoder's first states are made of the encoder's last ones:
 * - `copy`: layer by layer, both directions laid together;
 * - `linear`: the same through tanh of a linear layer;
 * - `firstBackward`: all of them tanh(W_s ←h₁), the backward state at the first word (Bahdanau);
 * - `backward`: layer by layer, of a bidirectional one the backward half (tensorflow/nmt's GNMT);
 * - `interleave`: forward and backward half of a bidirectional layer for two layers of the decoder, one
 *   after the other (tensorflow/nmt's `bi`);
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

/** What a model is, besides its weights. Presets are values of this, and options change them. */
export interface ModelConfiguration {
  readonly preset: string;
  /** What a source consists of: tokens, or positions with a row of numbers each. */
  readonly sourceInput: "tokens" | "features";
  /** How many numbers a position has; 0 where the source is tokens. The data decide it. */
  readonly sourceFeatures: number;
  /** The grid by which pictures are cut into patches; 0 where features come from files. */
  readonly patchRows: number;
  readonly patchColumns: number;
  /** `none`: attention sees the embedded source itself, and its mean is each layer's last state (Xu). */
  readonly encoder: "recurrent" | "none";
  readonly cell: CellKind;
  /** Whether cells have a bias. */
  readonly cellBias: boolean;
  /** Whether a GRU's reset gate acts on the state (Cho), or on its product with the weights (cuDNN). */
  readonly resetGate: "before" | "after";
  /** Where the bias of an LSTM's forget gate begins. */
  readonly forgetBias: number;
  /** LSTMs' cell states are kept within ± this; 0 for no limit. */
  readonly cellClip: number;
  /** Size of the word embeddings. */
  readonly embedding: number;
  /** Size of the decoder's hidden state; and of the encoder's, both directions together if Luong's. */
  readonly hidden: number;
  /** Layers of the decoder. */
  readonly layers: number;
  /** Layers of the encoder; in stacks of two directions each counts, so that there are half as many. */
  readonly encoderLayers: number;
  /**
   * Whether the encoder's first layer reads in both directions, or with {@link bidirectionalLayers} or
   * {@link bidirectionalStacks} all.
   */
  readonly bidirectional: boolean;
  /** Whether each direction is a stack of its own, joined only at the top (tensorflow/nmt's `bi`). */
  readonly bidirectionalStacks: boolean;
  /**
   * Whether every layer reads in both directions what both of the layer below have made: PyTorch's
   * `nn.LSTM(bidirectional=True)`, OpenNMT's `brnn`.
   */
  readonly bidirectionalLayers: boolean;
  /** Size of the first encoder layer's state in each direction; of all layers that read in both. */
  readonly encoderHidden: number;
  /** The first layer, counted from 0, whose input is added to its output; 0 for none. */
  readonly residualFrom: number;
  readonly attention: AttentionKind | "none";
  /** Units of the hidden layer of concat and additive attention, and of local-p's position. */
  readonly attentionHidden: number;
  readonly attentionScope: AttentionScope;
  /** D of local attention: it looks at 2D + 1 words. */
  readonly window: number;
  /** Source positions that the location score knows. */
  readonly locations: number;
  /**
   * How the decoder uses attention:
   * - `after` its step, with the new state as the query (Luong);
   * - `before` it, with the bottom layer's previous state, the context being an input of all layers
   *   (Bahdanau, GNMT). Without attention the encoder's summary is that context (Cho);
   * - `between` the bottom layer, whose new state is the query and which is fed the context of the step
   *   before, and the others (tensorflow/nmt's `gnmt` and `gnmt_v2`).
   */
  readonly attentionPlace: "after" | "before" | "between";
  /** Which context the upper layers get if attention is `between`: `gnmt_v2` has the current one. */
  readonly upperContext: "current" | "previous";
  /** Whether the decoder's state settles how much of the context is taken (Xu et al. 2015, §4.2.1). */
  readonly contextGate: boolean;
  /** Whether the attentional vector is an input of the next step (Luong et al. §3.3). */
  readonly inputFeeding: boolean;
  /**
   * What the decoder is given in the place of a word before the first: the embedding of the start symbol,
   * or `zero`, as Bahdanau's and Cho's code has it, which leaves that part of the sums out.
   */
  readonly startInput: "embedding" | "zero";
  readonly bridge: Bridge;
  /** The fixed context of a decoder without attention: the encoder's last state, or tanh(V h). */
  readonly summary: "none" | "last" | "linear";
  /**
   * What the output layer sees: the attentional vector tanh(W_c [c; h]), or `linear` the same without
   * tanh (tensorflow/nmt); `maxout` units (Bahdanau, Cho); or `none`, the top layer's state itself.
   */
  readonly readout: "attentional" | "linear" | "maxout" | "none";
  /** Units kept by the maxout readout; 0 for the others. */
  readonly maxout: number;
  /** Whether the maxout readout sees the state before the step (Bahdanau) or after it (Cho). */
  readonly readoutState: "previous" | "current";
  /** Rank of the output layer's weights, as the product of two matrices (Cho); 0 for full. */
  readonly outputRank: number;
  readonly outputBias: boolean;
  /** Whether the output layer's weights are the target embeddings. */
  readonly tiedEmbeddings: boolean;
  /** Whether source sentences are read from their end (Sutskever). */
  readonly reverseSource: boolean;
  /** The probability of dropping an element. */
  readonly dropout: number;
  /**
   * What is dropped: `outputs` of embeddings, layers and readout; or all `inputs` of recurrent layers, with
   * what is fed to them, and not the readout (Luong, tensorflow/nmt).
   */
  readonly dropoutOn: "outputs" | "inputs";
  /** How the weights begin: uniform in ± this, Glorot's way, or Bahdanau's and Cho's. */
  readonly initialRange: number | "glorot" | "bahdanau";
}

/** A configuration with the sizes of its vocabularies: all that fixes the shapes of the weights. */
export interface ModelSizes extends ModelConfiguration {
  readonly sourceVocabulary: number;
  readonly targetVocabulary: number;
}

/** Sizes and switches that options may change. */
export type ConfigurationChanges = Partial<Omit<ModelConfiguration, "preset">>;

/** Whether a model's decoder is given one context for a whole sentence, in the place of attention. */
export function hasSummary({ attention, attentionPlace }: ModelConfiguration): boolean {
  return attention === "none" && attentionPlace === "before";
}

/** The encoder's layers, those of two directions counted once. */
export function encoderDepth(sizes: ModelConfiguration): number {
  // Without an encoder the mean of the source stands for the last states of as many layers.
  if (sizes.encoder === "none") return sizes.layers;
  return sizes.bidirectionalStacks ? sizes.encoderLayers / 2 : sizes.encoderLayers;
}

/** Whether an encoder layer reads in both directions. */
export function isBidirectional(sizes: ModelConfiguration, layer: number): boolean {
  const { bidirectional, bidirectionalLayers, bidirectionalStacks } = sizes;
  return bidirectional && (layer === 0 || bidirectionalLayers || bidirectionalStacks);
}

/** The size of an encoder layer's state in each of its directions. */
export function encoderState(sizes: ModelConfiguration, layer: number): number {
  return layer === 0 || isBidirectional(sizes, layer) ? sizes.encoderHidden : sizes.hidden;
}

/** The size of what an encoder layer yields. */
export function encoderOutput(sizes: ModelConfiguration, layer: number): number {
  if (sizes.encoder === "none") return sizes.embedding;
  return encoderState(sizes, layer) * (isBidirectional(sizes, layer) ? 2 : 1);
}

/** The size of the fixed context of a decoder without attention; see {@link hasSummary}. */
export function summarySize(sizes: ModelConfiguration): number {
  return sizes.summary === "linear" ? sizes.hidden : memorySize(sizes);
}

/** The size of an encoder state that attention sees. */
export function memorySize(sizes: ModelConfiguration): number {
  return encoderOutput(sizes, encoderDepth(sizes) - 1);
}
