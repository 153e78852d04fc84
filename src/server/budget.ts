/** @file The cost of requests, computed in advance: how many tokens are searched for them. */

import type { SearchValues } from "../decoding/options.ts";
import { ApiError } from "./apiError.ts";
import { limits } from "./requests.ts";

/**
 * Returns the maximum number of tokens searched for each text: the maximum length of its translation times the
 * beam. A text has no more tokens than characters.
 *
 * @throws ApiError with status 413 if one text, or all of them together, exceed the limits.
 */
export function searchedTokens(
  texts: readonly string[],
  { beam = 1, minLength = 0, maxLength }: SearchValues,
): number[] {
  const costs = texts.map((text) => {
    const characters = Array.from(text).length;
    const tokens = maxLength ?? Math.max(minLength, 2 * characters + 10);
    if (beam * tokens <= limits.searched) return beam * tokens;
    const why =
      maxLength === undefined
        ? minLength === tokens
          ? " (as minLength is)"
          : ` (2 × ${count(characters)} characters + 10, as it is not given)`
        : "";
    throw new ApiError(
      413,
      `beam × maxLength is ${beam} × ${count(tokens)}${why} = ${count(beam * tokens)}, and ${count(limits.searched)} are allowed for a text; give a smaller beam, nBest or maxLength.`,
    );
  });
  const all = costs.reduce((sum, cost) => sum + cost, 0);
  if (all <= limits.searchedInAll) return costs;
  const sum =
    maxLength === undefined
      ? `beam × (2 × characters + 10${minLength > 0 ? ", at least minLength" : ""}), summed over the texts,`
      : `texts × beam × maxLength, ${texts.length} × ${beam} × ${count(maxLength)},`;
  throw new ApiError(
    413,
    `${sum} is ${count(all)}, and ${count(limits.searchedInAll)} are allowed for a request; send fewer texts at a time, or give a smaller beam, nBest or maxLength.`,
  );
}

/**
 * Checks the size of an answer.
 *
 * @param weights its number of attention weights.
 * @throws ApiError with status 413 if there are too many.
 */
export function checkWeights(weights: number): void {
  if (weights <= limits.weights) return;
  throw new ApiError(
    413,
    `attention: the answer would have more than ${count(limits.weights)} weights, which are texts × nBest × tokens × source tokens; send fewer texts at a time, or give a smaller nBest or maxLength, or leave attention out.`,
  );
}

const count = (value: number): string => value.toLocaleString("en-US");
