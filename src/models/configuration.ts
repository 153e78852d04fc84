import type { AttentionKind } from "../nn/attention.ts";
import type { CellKind } from "../nn/cells.ts";
import { UserError } from "../tensor/errors.ts";

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
  /** `none`: attention sees the embedded source itself, and the decoder begins with its mean (Xu et al.). */
  readonly encoder: "recurrent" | "none";
  readonly cell: CellKind;
  /** Size of the word embeddings. */
  readonly embedding: number;
  /** Size of the decoder's hidden state; and of the encoder's, both directions together if Luong's. */
  readonly hidden: number;
  readonly layers: number;
  /** Whether the encoder's first layer reads in both directions. */
  readonly bidirectional: boolean;
  /** Size of the first encoder layer's state in each direction. */
  readonly encoderHidden: number;
  readonly attention: AttentionKind | "none";
  /** Units of the hidden layer of concat and additive attention. */
  readonly attentionHidden: number;
  /**
   * How the decoder uses attention: `after` its step, with the new state as the query (Luong), or
   * `before` it, with the previous state, the context being an input of the step (Bahdanau).
   */
  readonly attentionPlace: "after" | "before";
  /** Whether the attentional vector is an input of the next step (Luong et al. §3.3). */
  readonly inputFeeding: boolean;
  /**
   * The decoder's first states: the encoder's last ones, those through tanh of a linear layer, or
   * tanh of a linear layer of the backward state at the first word (Bahdanau).
   */
  readonly bridge: "copy" | "linear" | "firstBackward";
  /** Units kept by the maxout readout; used where attention is `before`. */
  readonly maxout: number;
  readonly outputBias: boolean;
  /** Whether the output layer's weights are the target embeddings. */
  readonly tiedEmbeddings: boolean;
  /** Whether source sentences are read from their end (Sutskever). */
  readonly reverseSource: boolean;
  /** The probability of dropping an element of embeddings, layers' outputs and readout. */
  readonly dropout: number;
  /** How the weights begin: uniform in ± this, or the paper's own way. */
  readonly initialRange: number | "bahdanau";
}

/** A configuration with the sizes of its vocabularies: all that fixes the shapes of the weights. */
export interface ModelSizes extends ModelConfiguration {
  readonly sourceVocabulary: number;
  readonly targetVocabulary: number;
}

const luong2015: ModelConfiguration = {
  preset: "luong2015",
  sourceInput: "tokens",
  sourceFeatures: 0,
  patchRows: 0,
  patchColumns: 0,
  encoder: "recurrent",
  cell: "lstm",
  embedding: 256,
  hidden: 512,
  layers: 1,
  bidirectional: true,
  encoderHidden: 256,
  attention: "general",
  attentionHidden: 512,
  attentionPlace: "after",
  inputFeeding: true,
  bridge: "linear",
  maxout: 0,
  outputBias: true,
  tiedEmbeddings: false,
  reverseSource: false,
  dropout: 0.3,
  initialRange: 0.08,
};

/** The systems that can be trained, by the names of `--preset`. More papers have their place here. */
export const presets: Readonly<Record<string, ModelConfiguration>> = {
  /** Luong, Pham and Manning (2015), with a bidirectional first layer and a learned bridge. */
  luong2015,
  /** Bahdanau, Cho and Bengio (2014): RNNsearch. */
  bahdanau2014: {
    ...luong2015,
    preset: "bahdanau2014",
    cell: "gru",
    encoderHidden: 512,
    attention: "additive",
    attentionPlace: "before",
    inputFeeding: false,
    bridge: "firstBackward",
    maxout: 256,
    outputBias: false,
    initialRange: "bahdanau",
  },
  /** Sutskever, Vinyals and Le (2014): two plain stacks of LSTMs, the source reversed. */
  sutskever2014: {
    ...luong2015,
    preset: "sutskever2014",
    layers: 2,
    bidirectional: false,
    encoderHidden: 512,
    attention: "none",
    inputFeeding: false,
    bridge: "copy",
    reverseSource: true,
  },
  /**
   * Xu et al. (2015), "Show, attend and tell", soft attention: the decoder of RNNsearch with an LSTM on
   * annotation vectors of a picture, whose mean makes its first states. The vectors are of our own
   * making, not those of a trained convolutional network, unless they are read from files.
   */
  xu2015: {
    ...luong2015,
    preset: "xu2015",
    sourceInput: "features",
    sourceFeatures: 512,
    encoder: "none",
    bidirectional: false,
    encoderHidden: 512,
    attention: "additive",
    attentionPlace: "before",
    inputFeeding: false,
    maxout: 256,
  },
};

/** Sizes and switches that options may change. */
export type ConfigurationChanges = Partial<Omit<ModelConfiguration, "preset">>;

/**
 * A preset with changes, checked. Sizes that follow from others follow their changes.
 *
 * @throws UserError if there is no such preset, or the parts do not fit together.
 */
export function configure(preset: string, changes: ConfigurationChanges = {}): ModelConfiguration {
  const base = presets[preset];
  if (!base) {
    throw new UserError(
      `--preset ${preset}: there is no such preset; choose one of ${Object.keys(presets).join(", ")}.`,
    );
  }
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const merged: ModelConfiguration = {
    ...base,
    ...Object.fromEntries(given),
    // Where nothing is read step by step there is no direction, and no last state to hand over.
    ...(changes.encoder === "none" && base.encoder !== "none" && withoutEncoder(changes)),
  };
  const { hidden, bidirectional } = merged;
  const isHalved = bidirectional && merged.bridge !== "firstBackward";
  const derived: ModelConfiguration = {
    ...merged,
    encoderHidden: changes.encoderHidden ?? (isHalved ? hidden / 2 : hidden),
    attentionHidden: changes.attentionHidden ?? hidden,
    maxout: changes.maxout ?? (merged.attentionPlace === "before" ? Math.floor(hidden / 2) : 0),
  };
  checkConfiguration(derived);
  return derived;
}

function withoutEncoder({ bidirectional, bridge }: ConfigurationChanges): ConfigurationChanges {
  return { bidirectional: bidirectional ?? false, bridge: bridge ?? "linear" };
}

/** The size of the encoder's states that attention sees. */
export function memorySizeOf(configuration: ModelConfiguration): number {
  const { encoder, embedding, layers, bidirectional, encoderHidden, hidden } = configuration;
  if (encoder === "none") return embedding;
  if (layers > 1) return hidden;
  return bidirectional ? 2 * encoderHidden : encoderHidden;
}

/** Checks what concerns features and models without an encoder. */
function checkSource(configuration: ModelConfiguration, fail: (message: string) => never): void {
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

/**
 * Checks that a model's parts fit together.
 *
 * @throws UserError naming the option that has to change.
 */
export function checkConfiguration(configuration: ModelConfiguration): void {
  const { embedding, hidden, layers, encoderHidden, bidirectional, dropout } = configuration;
  const fail = (message: string): never => {
    throw new UserError(message);
  };
  for (const [option, value] of Object.entries({ embedding, hidden, layers })) {
    if (!Number.isInteger(value) || value < 1)
      fail(`--${option} ${value}: give a whole number from 1.`);
  }
  if (!Number.isInteger(encoderHidden)) {
    fail(`--hidden ${hidden}: a bidirectional encoder halves it; give an even number.`);
  }
  if (!(dropout >= 0 && dropout < 1))
    fail(`--dropout ${dropout}: give a number from 0 to below 1.`);
  if (configuration.attention === "none" && configuration.inputFeeding) {
    fail("--attention none: there is no attentional vector to feed; add --no-input-feeding.");
  }
  if (configuration.attention === "none" && configuration.attentionPlace === "before") {
    fail("--attention none: the preset's decoder needs a context; use --preset sutskever2014.");
  }
  if (configuration.attentionPlace === "before" && layers > 1) {
    fail(
      `--layers ${layers}: attention before the step is for one layer, as in its paper; use --preset luong2015 for more.`,
    );
  }
  if (
    configuration.bridge === "firstBackward" &&
    !(bidirectional && configuration.cell === "gru")
  ) {
    fail(
      "The preset's first state is the backward state at the first word: it needs --bidirectional.",
    );
  }
  checkSource(configuration, fail);
  const isRead = configuration.encoder === "recurrent";
  const directions = bidirectional ? 2 * encoderHidden : encoderHidden;
  const memory = isRead ? directions : embedding;
  if (configuration.attention === "dot" && memory !== hidden) {
    fail(
      `--attention dot: the encoder's states have ${memory} numbers and the decoder's ${hidden}; use general.`,
    );
  }
  if (configuration.bridge === "copy" && memory !== hidden) {
    fail(`--bridge copy: the encoder's states have ${memory} numbers and the decoder's ${hidden}.`);
  }
  const output = configuration.maxout || hidden;
  if (configuration.tiedEmbeddings && output !== embedding) {
    fail(
      `--tied-embeddings: the readout has ${output} numbers and the embedding ${embedding}; make them equal.`,
    );
  }
}
