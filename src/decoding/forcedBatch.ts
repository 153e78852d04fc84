/** @file Batches of given translations: arranges them for the scoring graph, and reads its results. */

import { batchFeeds, sourceGranularity } from "../models/batchFeeds.ts";
import type { NamedValues } from "../runtime/runtime.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { ForcedPair, ForcedScore } from "./searchModel.ts";

/** Pairs of one model as a batch. */
export interface ForcedBatch {
  readonly pairs: readonly ForcedPair<SourceSequence>[];
  readonly isReversed: boolean;
  /** The inputs of the scoring graph. */
  readonly feeds: NamedValues;
}

/** Arranges pairs in a batch, so that batching changes no number of a pair. */
export function forcedBatch(
  pairs: readonly ForcedPair<SourceSequence>[],
  isReversed: boolean,
): ForcedBatch {
  return { pairs, isReversed, feeds: batchFeeds(pairs, isReversed, sourceGranularity).values };
}

/** Splits the log-probabilities `[tokens]` of a batch by pair. */
export function byPair({ pairs, feeds }: ForcedBatch, all: ArrayLike<number>): number[][] {
  const logProbabilities = pairs.map((): number[] => []);
  const positions = feeds["positions"] as TensorValue;
  // Tokens are ordered by time step, and within each step by pair.
  (positions.data as Int32Array).forEach((position, index) => {
    logProbabilities[position % pairs.length]?.push(all[index] as number);
  });
  return logProbabilities;
}

/**
 * The attention rows of each pair in sentence order.
 *
 * @param attention `[target, batch, source]`.
 */
export function attentionByPair(
  { pairs, isReversed }: ForcedBatch,
  { data, shape }: TensorValue,
): Float32Array[][] {
  const width = shape[2] as number;
  return pairs.map(({ source, target }, row) =>
    Array.from({ length: target.length + 1 }, (_, time) => {
      const start = (time * pairs.length + row) * width;
      const cut = (data as Float32Array).slice(start, start + source.length);
      return isReversed ? cut.reverse() : cut;
    }),
  );
}

/** The score of a pair, from the log-probability of each token. */
export function forcedScore(
  logProbabilities: readonly number[],
  attention: readonly Float32Array[] | null,
): ForcedScore {
  const logProbability = logProbabilities.reduce((sum, each) => sum + each, 0);
  return { logProbabilities, logProbability, attention };
}
