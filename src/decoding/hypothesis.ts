/** @file Hypotheses: as the search links them step by step, and as it hands them out. */

import { endId } from "../tensor/specialIds.ts";

/** One way to go on: a token after those of its parent. Walking up the parents gives the sentence. */
export interface Extension {
  /** Null at the start symbol. */
  readonly parent: Extension | null;
  readonly token: number;
  /** log p of the token given those before, in nats. */
  readonly logProbability: number;
  /** Σ log p up to and with the token. */
  readonly sum: number;
  /** How many tokens there are, this one included. */
  readonly length: number;
  /** The attention with which the token was made: a weight for each source token as it was read. */
  readonly attention: Float32Array | null;
}

/** What every hypothesis begins with: the start symbol. */
export const beginning: Extension = {
  parent: null,
  token: -1,
  logProbability: 0,
  sum: 0,
  length: 0,
  attention: null,
};

/** A translation that was found, as token ids. */
export interface Hypothesis {
  /** Without start and end. */
  readonly ids: readonly number[];
  /** log p of each token and, if the hypothesis is finished, of the end, in nats. */
  readonly logProbabilities: readonly number[];
  /** Their sum. */
  readonly logProbability: number;
  /** What hypotheses are ranked by: the sum, normalised by length, with the coverage penalty. */
  readonly score: number;
  /**
   * One row for each of {@link logProbabilities} with a weight for each source token, in the order of
   * the sentence even if the model reads it backwards; null without attention.
   */
  readonly attention: readonly Float32Array[] | null;
  /** Whether it came to its end; otherwise it was cut at the maximum length. */
  readonly finished: boolean;
}

/** Yields the extensions from the first token to the last. */
export function pathOf(last: Extension): Extension[] {
  const path: Extension[] = [];
  for (let at = last; at.parent !== null; at = at.parent) path.push(at);
  return path.reverse();
}

/** Yields the hypothesis that ends with an extension. */
export function hypothesisOf(
  last: Extension,
  score: number,
  { isReversed }: { readonly isReversed: boolean },
): Hypothesis {
  const path = pathOf(last);
  const finished = last.token === endId;
  const ids = path.map(({ token }) => token);
  if (finished) ids.pop();
  const rows = path.map(({ attention }) => attention);
  return {
    ids,
    logProbabilities: path.map(({ logProbability }) => logProbability),
    logProbability: last.sum,
    score,
    // Copied, as the search's own rows are windows into the values of the whole batch.
    attention: rows.every((row) => row !== null)
      ? rows.map((row) => (isReversed ? row.slice().reverse() : row.slice()))
      : null,
    finished,
  };
}
