/** @file What a search asks of what it searches with: a model, or several that decide together. */

import type { NamedValues } from "../runtime/runtime.ts";
import type { TensorValue } from "../tensor/value.ts";

/** What the encoder made of a batch of sentences. */
export interface EncodedBatch {
  /** The decoder's first states, each `[batch, 1, hidden]`. */
  readonly states: readonly TensorValue[];
  /** `memory`, `keys` and `source_mask`, as the step graph takes them; empty without attention. */
  readonly memory: NamedValues;
}

/** What a decoder step is given; see `stepGraph`. */
export interface StepFeeds {
  /** int32 `[batch, beam]`: the tokens before. */
  readonly token: TensorValue;
  /** int32 `[batch*beam]`: which row of the states before each hypothesis continues. */
  readonly parent: TensorValue;
  /** The states before, each `[sentences_before, parents, hidden]`. */
  readonly states: readonly TensorValue[];
  /** {@link EncodedBatch.memory} of the same sentences. */
  readonly memory: NamedValues;
  /** float32 `[vocabulary]`: 0, or a large negative number for tokens that must not come. */
  readonly forbidden: TensorValue;
  /** Absent where no hypothesis has rules of its own. */
  readonly constraints?: StepConstraints | null;
}

/** What holds for one hypothesis and not for others. */
export interface StepConstraints {
  /** int32 `[batch, beam, blocked]`: tokens that must not come; filled up with padding. */
  readonly blocked: TensorValue;
  /** int32 `[batch, beam, 1]`: a token whose log-probability is wanted, whatever is forbidden. */
  readonly forced: TensorValue;
}

/** What a decoder step yields. */
export interface StepValues {
  /** Each `[batch, beam, hidden]`. */
  readonly states: readonly TensorValue[];
  /**
   * `values` and `tokens` (int64) `[batch, beam, candidates]`, or `log_probabilities`; `attention`; with
   * {@link StepConstraints} also `forced_value` `[batch, beam, 1]`.
   */
  readonly outputs: NamedValues;
}

/** How the uniform numbers of a batch become tokens: see `samplingGraph`. */
export interface Draw {
  /** float32 `[batch, 1, vocabulary]`. */
  readonly logProbabilities: TensorValue;
  /** float32 `[batch, 1, 1]`. */
  readonly uniform: TensorValue;
  readonly temperature: number;
  /** The most probable tokens that are drawn from; null for all. */
  readonly topK: number | null;
  /** The share of the probability that the most probable tokens must reach; 1 for all of it. */
  readonly topP: number;
}

/** How probable a given translation is found. */
export interface ForcedScore {
  /** log p of each token and of the end, each given the tokens before it, in nats. */
  readonly logProbabilities: readonly number[];
  /** Their sum: log p of the translation. */
  readonly logProbability: number;
  /**
   * One row for each of {@link logProbabilities} with a weight for each source token, in the order of
   * the sentence; null without attention.
   */
  readonly attention: readonly Float32Array[] | null;
}

/** A source with a translation of it, as ids without start and end. */
export interface ForcedPair<Source> {
  readonly source: Source;
  readonly target: ArrayLike<number>;
}

/** Something that says what comes next. `Source` is how it takes a sentence: its ids, or several readings. */
export interface SearchModel<Source> {
  readonly targetVocabulary: number;
  readonly hasAttention: boolean;
  /** Whether rows of attention begin at the end of the sentence. */
  readonly isReversed: boolean;
  /** How many tokens a sentence has. */
  lengthOf(source: Source): number;
  /**
   * Checks that a sentence is in the source vocabulary.
   *
   * @throws RangeError if it is not.
   */
  checkSource(source: Source, what: string): void;
  encodeSources(sources: readonly Source[]): Promise<EncodedBatch>;
  /**
   * @param candidates how many tokens of each hypothesis are wanted; 0 for all log-probabilities.
   * @param withAttention whether `attention` `[batch, beam, source]` is wanted, where there is any.
   */
  step(feeds: StepFeeds, candidates: number, withAttention: boolean): Promise<StepValues>;
  /** `tokens` and `values` `[batch, 1, 1]`. */
  draw(draw: Draw): Promise<NamedValues>;
  /** Forced decoding of pairs that fit into one batch. */
  scoreBatch(pairs: readonly ForcedPair<Source>[]): Promise<ForcedScore[]>;
  /** Frees its graphs; it cannot run any more. */
  release(): Promise<void>;
}
