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
  const found = { sums, tokens, start, count };
  const places = most <= mostSelected ? selected(found, most) : sorted(found, most);
  return places.map((at) => ({
    parent: Math.floor(at / count),
    token: Number(tokens[start + at]),
    logProbability: values[start + at] as number,
    sum: sums[at] as number,
  }));
}

/** Up to so many, finding one after the other is faster than sorting. */
const mostSelected = 64;

/** Candidates by their places, with −∞ as the sum of those that are left out. */
interface Sums extends Pick<BestTokens, "tokens" | "start" | "count"> {
  readonly sums: Float64Array;
}

/** The first places, found one after the other. */
function selected({ sums, tokens, start, count }: Sums, most: number): number[] {
  const places: number[] = [];
  const left = sums.slice();
  while (places.length < most) {
    let found = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < left.length; at++) {
      const sum = left[at] as number;
      if (sum < highest || sum === Number.NEGATIVE_INFINITY) continue;
      const isFirst =
        sum > highest ||
        (Math.floor(at / count) === Math.floor(found / count) &&
          Number(tokens[start + at]) < Number(tokens[start + found]));
      if (isFirst) [found, highest] = [at, sum];
    }
    if (found < 0) break;
    left[found] = Number.NEGATIVE_INFINITY;
    places.push(found);
  }
  return places;
}

/** The same by sorting. */
function sorted({ sums, tokens, start, count }: Sums, most: number): number[] {
  const parentOf = (at: number): number => Math.floor(at / count);
  const places = Array.from(sums.keys()).filter((at) => sums[at] !== Number.NEGATIVE_INFINITY);
  places.sort(
    (one, other) =>
      (sums[other] as number) - (sums[one] as number) ||
      parentOf(one) - parentOf(other) ||
      Number(tokens[start + one]) - Number(tokens[start + other]),
  );
  return places.slice(0, most);
}
