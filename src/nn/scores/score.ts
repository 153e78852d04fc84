/** @file What a scoring function is; `kinds.ts` is the table of them. */

import { matMul } from "../../graph/operators/matMul.ts";
import type { Dimension } from "../../graph/shape.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Initializer, Parameters } from "../parameters.ts";

/** The sizes that attention connects. */
export interface ScoreSizes {
  /** Of a query. */
  readonly query: number;
  /** Of an encoder state. */
  readonly memory: number;
  /** Units of the hidden layer in concat and additive scores. */
  readonly hidden: number;
  /** Source positions that the location score has a row for. */
  readonly locations: number;
}

/** What a score makes its parameters of; their names begin with `attention`. */
export interface ScoreParts {
  readonly parameters: Parameters;
  readonly sizes: ScoreSizes;
  /** How its matrices begin. */
  readonly initializer: Initializer;
  /** How the vector begins that makes a number of a hidden layer. */
  readonly outward: Initializer;
}

/** Scores, and the query that was made for them if there is one. */
export interface Scored {
  /** W_a h of concat and additive attention: `[batch, queries, hidden]`; null for the others. */
  readonly projectedQuery: Tensor | null;
  /** `[batch, queries, source]`; what stands at padding does not matter. */
  readonly scores: Tensor;
}

/** A scoring function with its parameters. */
export interface Score {
  /**
   * What a query is compared with, computed once for a sentence: `[batch, …keyAxes]`.
   *
   * @param values    the encoder's states `[batch, source, memory]`.
   * @param positions of the states in their sentence, from 0: `[batch, 1, source]`.
   */
  keys(values: Tensor, positions: Tensor): Tensor;
  /** The scores of queries `[batch, queries, query]`. */
  score(queries: Tensor, keys: Tensor, positions: Tensor): Scored;
}

/** A row of the table of scoring functions. */
export interface ScoreKind {
  /** The axes of the keys behind the batch: `source` and units, in either order. */
  keyAxes(sizes: ScoreSizes): readonly [Dimension, Dimension];
  make(parts: ScoreParts): Score;
}

/** The scores of keys that lie as columns `[batch, query, source]`: one product for all of them. */
export function productScores(queries: Tensor, keys: Tensor): Scored {
  return { projectedQuery: null, scores: matMul(queries, keys) };
}
