/** @file The interface of scoring functions; `kinds.ts` is their table. */

import { slice, transpose } from "../../graph/operators/arrange.ts";
import { add } from "../../graph/operators/elementwise.ts";
import { matMul } from "../../graph/operators/matMul.ts";
import { reshape } from "../../graph/operators/reshape.ts";
import { reduceSum } from "../../graph/operators/sumAndExpand.ts";
import type { Dimension } from "../../graph/shape.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Equation } from "../equation.ts";
import { unit } from "../equation.ts";
import type { Initializer, Parameters } from "../parameters.ts";

/** The sizes that attention connects. */
export interface ScoreSizes {
  /** The size of a query. */
  readonly query: number;
  /** The size of an encoder state. */
  readonly memory: number;
  /** The units of the hidden layer in concat and additive scores. */
  readonly hidden: number;
  /** The number of source positions with a row in the location score. */
  readonly locations: number;
}

/** The parts for a score's parameters, whose names begin with `attention`. */
export interface ScoreParts {
  readonly parameters: Parameters;
  readonly sizes: ScoreSizes;
  /** The initializer of its matrices. */
  readonly initializer: Initializer;
  /** The initializer of the vector that reduces a hidden layer to a number. */
  readonly vectorInitializer: Initializer;
}

/** A product of matrices `[batch, rows, size]` and `[batch, size, columns]`. */
export type Product = (left: Tensor, right: Tensor) => Tensor;

/** Scores, and the projected query if there is one. */
export interface Scored {
  /** W_a h of concat and additive attention: `[batch, queries, hidden]`; null for the others. */
  readonly projectedQuery: Tensor | null;
  /** `[batch, queries, source]`; values at padding do not matter. */
  readonly scores: Tensor;
}

/** A scoring function with its parameters. */
export interface Score {
  /**
   * The keys that a query is compared with, computed once per sentence: `[batch, …keyAxes]`.
   *
   * @param values    the encoder's states `[batch, source, memory]`.
   * @param positions the states' positions in their sentence, from 0: `[batch, 1, source]`.
   */
  keys(values: Tensor, positions: Tensor): Tensor;
  /**
   * The scores of queries `[batch, queries, query]`.
   *
   * @param product multiplies queries by keys stored as columns: `matMul`, or {@link productInParts}.
   */
  score(queries: Tensor, keys: Tensor, positions: Tensor, product: Product): Scored;
}

/**
 * The equations of a score, for explanations. Vectors are `query`, `projected` (the projected query),
 * `memory` (an encoder state) and `key`.
 */
export interface ScoreEquations {
  /** The score of encoder state s as papers write it; `{h}` is the query. */
  readonly written: string;
  /** An element of a key. */
  readonly key: Equation;
  /** An element of the projected query; absent if there is none. */
  readonly projected?: Equation;
  readonly score: Equation;
  /** The parameter whose rows are the positions with a score; absent if all positions have one. */
  readonly positions?: string;
}

/** A row of the table of scoring functions. */
export interface ScoreKind {
  readonly equations: ScoreEquations;
  /** The axes of the keys after the batch: `source` and units, in either order. */
  keyAxes(sizes: ScoreSizes): readonly [Dimension, Dimension];
  make(parts: ScoreParts): Score;
}

/** The scores for keys stored as columns `[batch, query, source]`: one product for all of them. */
export function productScores(
  queries: Tensor,
  keys: Tensor,
  _positions: Tensor,
  product: Product,
): Scored {
  return { projectedQuery: null, scores: product(queries, keys) };
}

/** The product of query and key; `written` is the notation of the key. */
export function productEquation(written: string) {
  return {
    formula: `e = {query}·${written}`,
    parts: [{ over: "query", factors: [unit("query"), unit("key")] }],
  } satisfies Equation;
}

/** A sum of this many products is computed in one piece, whatever the number of columns. */
const wholeSize = 128;
const leastSize = 32;

/**
 * `matMul` whose sums do not depend on the number of columns, not even in their last bit. ONNX Runtime computes
 * long sums in pieces: of 128 products if there are many columns, of more if there are few or other
 * threads have some of them. This function uses pieces of one size, 128 or the next smaller divisor.
 */
export function productInParts(left: Tensor, right: Tensor): Tensor {
  const size = left.shape[2] as number;
  if (size <= wholeSize) return matMul(left, right);
  let part = wholeSize;
  while (size % part !== 0) part--;
  if (part >= leastSize) return sumOfParts(left, right, part);
  // A size without such a divisor, such as 2×257, would need hundreds of pieces; instead, a remainder is left.
  const whole = size - (size % wholeSize);
  return add(
    sumOfParts(slice(left, 2, 0, whole), slice(right, 1, 0, whole), wholeSize),
    matMul(slice(left, 2, whole, size), slice(right, 1, whole, size)),
  );
}

/** ONNX Runtime adds up to this many numbers in a fixed order; for more, the order depends on the batch. */
const mostInOneOrder = 5;

/** A product whose sums are computed in pieces of `part` products, a divisor of their number. */
function sumOfParts(left: Tensor, right: Tensor, part: number): Tensor {
  const [batch, rows, size] = left.shape as [Dimension, Dimension, number];
  const columns = right.shape[2] as Dimension;
  const parts = size / part;
  if (parts === 1) return matMul(left, right);
  const products = matMul(
    transpose(reshape(left, [batch, rows, parts, part]), [0, 2, 1, 3]),
    reshape(right, [batch, parts, part, columns]),
  );
  if (parts <= mostInOneOrder) return reduceSum(products, 1);
  let sum = slice(products, 1, 0, 1);
  for (let at = 1; at < parts; at++) sum = add(sum, slice(products, 1, at, at + 1));
  return reshape(sum, [batch, rows, columns]);
}
