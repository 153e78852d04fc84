/** @file Hypotheses: as links between search steps, and as results. */

import { endId } from "../tensor/specialIds.ts";

/** An extension of a hypothesis: one token after those of its parent. Following the parents gives the sentence. */
export interface Extension {
  /** Null at the start symbol. */
  readonly parent: Extension | null;
  readonly token: number;
  /** log p of the token given the previous tokens, in nats. */
  readonly logProbability: number;
  /** Σ log p up to and including the token. */
  readonly sum: number;
  /** The number of tokens, including this one. */
  readonly length: number;
  /** The attention at this token: a weight for each source token, in reading order. */
  readonly attention: Float32Array | null;
}

/** The start symbol, with which every hypothesis begins. */
export const beginning: Extension = {
  parent: null,
  token: -1,
  logProbability: 0,
  sum: 0,
  length: 0,
  attention: null,
};

/** A translation found by the search, as token ids. */
export interface Hypothesis {
  /** Without start and end. */
  readonly ids: readonly number[];
  /** log p of each token and, if the hypothesis is finished, of the end, in nats. */
  readonly logProbabilities: readonly number[];
  /** Their sum. */
  readonly logProbability: number;
  /** The ranking criterion: the sum, normalised by length, with the coverage penalty. */
  readonly score: number;
  /**
   * One row for each of {@link logProbabilities} with a weight for each source token, in sentence order
   * even if the model reads it in reverse; null without attention.
   */
  readonly attention: readonly Float32Array[] | null;
  /** Whether it is complete; false if it was cut at the maximum length. */
  readonly finished: boolean;
}

/** Returns the extensions from the first token to the last. */
export function pathOf(last: Extension): Extension[] {
  const path: Extension[] = [];
  for (let at = last; at.parent !== null; at = at.parent) path.push(at);
  return path.reverse();
}

/** Returns the hypothesis that ends with an extension. */
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
    // Copied, because the search's own rows are views of the values of the whole batch.
    attention: rows.every((row) => row !== null)
      ? rows.map((row) => (isReversed ? row.slice().reverse() : row.slice()))
      : null,
    finished,
  };
}
