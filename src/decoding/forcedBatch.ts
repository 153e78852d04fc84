/** @file Batches of given translations: laid out for the scoring graph, and read from what it yields. */

import { batchFeeds, sourceGranularity } from "../models/batchFeeds.ts";
import type { NamedValues } from "../runtime/runtime.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { ForcedPair, ForcedScore } from "./searchModel.ts";

/** Pairs of one model, laid out. */
export interface ForcedBatch {
  readonly pairs: readonly ForcedPair<SourceSequence>[];
  readonly isReversed: boolean;
  /** What the scoring graph takes. */
  readonly feeds: NamedValues;
}

/** Lays pairs out, so that a batch changes no number of a pair. */
export function forcedBatch(
  pairs: readonly ForcedPair<SourceSequence>[],
  isReversed: boolean,
): ForcedBatch {
  return { pairs, isReversed, feeds: batchFeeds(pairs, isReversed, sourceGranularity).values };
}

/** The log-probabilities `[tokens]` of a batch, pair by pair. */
export function byPair({ pairs, feeds }: ForcedBatch, all: ArrayLike<number>): number[][] {
  const logProbabilities = pairs.map((): number[] => []);
  const positions = feeds["positions"] as TensorValue;
  // The tokens come time by time, and at each time in the order of the pairs.
  (positions.data as Int32Array).forEach((position, index) => {
    logProbabilities[position % pairs.length]?.push(all[index] as number);
  });
  return logProbabilities;
}

/**
 * The attention rows of each pair in the order of its sentence.
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

/** The score of a pair, given each token's log-probability. */
export function forcedScore(
  logProbabilities: readonly number[],
  attention: readonly Float32Array[] | null,
): ForcedScore {
  const logProbability = logProbabilities.reduce((sum, each) => sum + each, 0);
  return { logProbabilities, logProbability, attention };
}
