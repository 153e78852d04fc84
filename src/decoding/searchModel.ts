/** @file What a search needs from a model, or from several models that decide together. */

import type { NamedValues } from "../runtime/runtime.ts";
import type { TensorValue } from "../tensor/value.ts";

/** The encoder's results for a batch of sentences. */
export interface EncodedBatch {
  /** The decoder's initial states, each `[batch, 1, hidden]`. */
  readonly states: readonly TensorValue[];
  /** `memory`, `keys` and `source_mask`, inputs of the step graph; empty without attention. */
  readonly memory: NamedValues;
}

/** The inputs of a decoder step; see `stepGraph`. */
export interface StepFeeds {
  /** int32 `[batch, beam]`: the previous tokens. */
  readonly token: TensorValue;
  /** int32 `[batch*beam]`: the row of the previous states that each hypothesis continues. */
  readonly parent: TensorValue;
  /** The previous states, each `[sentences_before, parents, hidden]`. */
  readonly states: readonly TensorValue[];
  /** {@link EncodedBatch.memory} of the same sentences. */
  readonly memory: NamedValues;
  /** float32 `[vocabulary]`: 0, or a large negative number for forbidden tokens. */
  readonly forbidden: TensorValue;
  /** Absent if no hypothesis has its own rules. */
  readonly constraints?: StepConstraints | null;
}

/** Rules for single hypotheses. */
export interface StepConstraints {
  /** int32 `[batch, beam, blocked]`: forbidden tokens; filled up with padding. */
  readonly blocked: TensorValue;
  /** int32 `[batch, beam, 1]`: a token whose log-probability is needed, even if it is forbidden. */
  readonly forced: TensorValue;
}

/** The results of a decoder step. */
export interface StepValues {
  /** Each `[batch, beam, hidden]`. */
  readonly states: readonly TensorValue[];
  /**
   * `values` and `tokens` (int32 or int64) `[batch, beam, candidates or more]`, best first, where forbidden tokens may be among
   * them; or `log_probabilities`; `attention`; with {@link StepConstraints} also `forced_value` `[batch, beam, 1]`.
   */
  readonly outputs: NamedValues;
}

/** The inputs for sampling tokens: see `samplingGraph`. */
export interface Draw {
  /** float32 `[batch, 1, vocabulary]`. */
  readonly logProbabilities: TensorValue;
  /** float32 `[batch, 1, 1]`. */
  readonly uniform: TensorValue;
  readonly temperature: number;
  /** The number of most probable tokens to sample from; null for all. */
  readonly topK: number | null;
  /** The share of the probability that the most probable tokens must reach; 1 for all tokens. */
  readonly topP: number;
}

/** The probability of a given translation. */
export interface ForcedScore {
  /** log p of each token and of the end, each given the previous tokens, in nats. */
  readonly logProbabilities: readonly number[];
  /** Their sum: log p of the translation. */
  readonly logProbability: number;
  /**
   * One row for each of {@link logProbabilities} with a weight for each source token, in sentence order;
   * null without attention.
   */
  readonly attention: readonly Float32Array[] | null;
}

/** A source with its translation, as ids without start and end. */
export interface ForcedPair<Source> {
  readonly source: Source;
  readonly target: ArrayLike<number>;
}

/** A model that predicts tokens. `Source` is the form of a sentence: its ids, or those of several members. */
export interface SearchModel<Source> {
  readonly targetVocabulary: number;
  readonly hasAttention: boolean;
  /** Whether attention rows are in reversed sentence order. */
  readonly isReversed: boolean;
  /** The number of tokens of a sentence. */
  lengthOf(source: Source): number;
  /**
   * Checks that a sentence is in the source vocabulary.
   *
   * @throws RangeError if it is not.
   */
  checkSource(source: Source, what: string): void;
  encodeSources(sources: readonly Source[]): Promise<EncodedBatch>;
  /**
   * @param candidates the number of best tokens per hypothesis that are not forbidden; 0 for all log-probabilities.
   * @param withAttention whether to return `attention` `[batch, beam, source]`, if there is any.
   */
  step(feeds: StepFeeds, candidates: number, withAttention: boolean): Promise<StepValues>;
  /** `tokens` and `values` `[batch, 1, 1]`. */
  draw(draw: Draw): Promise<NamedValues>;
  /** Forced decoding of pairs that fit into one batch. */
  scoreBatch(pairs: readonly ForcedPair<Source>[]): Promise<ForcedScore[]>;
  /** Frees its graphs; it cannot run any more. */
  release(): Promise<void>;
}
