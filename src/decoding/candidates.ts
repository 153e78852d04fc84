/** @file The candidates of one sentence at a step, from the best tokens of each of its hypotheses. */

import type { TensorData } from "../tensor/dtype.ts";
import type { Candidate } from "./beam.ts";
import { isAllowed } from "./beam.ts";
import type { Extension } from "./hypothesis.ts";

/** The best tokens of a sentence's hypotheses, one row after the other, each best first. */
export interface BestTokens {
  /** log p of each token. */
  readonly values: Float32Array;
  /** Their ids. */
  readonly tokens: TensorData;
  /** Where the first hypothesis's tokens begin. */
  readonly start: number;
  /** The number of tokens of each hypothesis. */
  readonly count: number;
  /** The number of them to consider, those left out that are forbidden. */
  readonly wanted: number;
  /** Not 0 for forbidden tokens, by id. */
  readonly forbidden: Float32Array;
}

/**
 * The best candidates of a step, best first; equal ones by the rank of the parent, then by token.
 *
 * @param most the number of candidates, fewer if there are not so many; no object is made of the others.
 * @throws UserError if a log-probability is not a number.
 */
export function bestCandidates(
  running: readonly Extension[],
  { values, tokens, start, count, wanted, forbidden }: BestTokens,
  most: number,
): Candidate[] {
  const total = running.length * count;
  const sums = new Float64Array(total).fill(Number.NEGATIVE_INFINITY);
  running.forEach(({ sum }, parent) => {
    const end = (parent + 1) * count;
    for (let at = parent * count, left = wanted; at < end && left > 0; at++) {
      const logProbability = values[start + at] as number;
      if (!isAllowed(logProbability) || forbidden[Number(tokens[start + at])] !== 0) continue;
      sums[at] = sum + logProbability;
      left--;
    }
  });
  const best: Candidate[] = [];
  while (best.length < most) {
    let found = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < total; at++) {
      const sum = sums[at] as number;
      if (sum < highest || sum === Number.NEGATIVE_INFINITY) continue;
      const isFirst =
        sum > highest ||
        (Math.floor(at / count) === Math.floor(found / count) &&
          Number(tokens[start + at]) < Number(tokens[start + found]));
      if (isFirst) [found, highest] = [at, sum];
    }
    if (found < 0) break;
    sums[found] = Number.NEGATIVE_INFINITY;
    best.push({
      parent: Math.floor(found / count),
      token: Number(tokens[start + found]),
      logProbability: values[start + found] as number,
      sum: highest,
    });
  }
  return best;
}
