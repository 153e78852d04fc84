/** @file What a scoring function is; `kinds.ts` is the table of them. */

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
  readonly vectorInitializer: Initializer;
}

/** A product of matrices `[batch, rows, size]` and `[batch, size, columns]`. */
export type Product = (left: Tensor, right: Tensor) => Tensor;

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
  /**
   * The scores of queries `[batch, queries, query]`.
   *
   * @param product of queries and keys that lie as columns; `matMul`, or {@link productInParts}.
   */
  score(queries: Tensor, keys: Tensor, positions: Tensor, product: Product): Scored;
}

/**
 * How a score is made, for those who want to follow it. Vectors are `query`, `projected` (the query that is made for the
 * scores), `memory` (an encoder state) and `key`.
 */
export interface ScoreEquations {
  /** The score of encoder state s as papers write it; `{h}` is the query. */
  readonly written: string;
  /** A number of a key. */
  readonly key: Equation;
  /** A number of the query that is made for the scores; absent where there is none. */
  readonly projected?: Equation;
  readonly score: Equation;
  /** The parameter whose rows are the positions that have a score; absent where all have one. */
  readonly positions?: string;
}

/** A row of the table of scoring functions. */
export interface ScoreKind {
  readonly equations: ScoreEquations;
  /** The axes of the keys behind the batch: `source` and units, in either order. */
  keyAxes(sizes: ScoreSizes): readonly [Dimension, Dimension];
  make(parts: ScoreParts): Score;
}

/** The scores of keys that lie as columns `[batch, query, source]`: one product for all of them. */
export function productScores(
  queries: Tensor,
  keys: Tensor,
  _positions: Tensor,
  product: Product,
): Scored {
  return { projectedQuery: null, scores: product(queries, keys) };
}

/** The product of query and key; `written` is how the key is written. */
export function productEquation(written: string) {
  return {
    formula: `e = {query}·${written}`,
    parts: [{ over: "query", factors: [unit("query"), unit("key")] }],
  } satisfies Equation;
}

/** Sums of so many products are made in one piece, however many columns a product has. */
const wholeSize = 128;
const leastSize = 32;

/**
 * `matMul` whose sums do not depend on how many columns there are, not in their last bit. ONNX Runtime makes
 * long sums in pieces, of 128 products if there are many columns and of more if there are few or other
 * threads have some of them; here they are added in pieces of one size, 128 or the next smaller divisor.
 */
export function productInParts(left: Tensor, right: Tensor): Tensor {
  const size = left.shape[2] as number;
  if (size <= wholeSize) return matMul(left, right);
  let part = wholeSize;
  while (size % part !== 0) part--;
  if (part >= leastSize) return sumOfParts(left, right, part);
  // A size with no such divisor, 2×257 for instance, would fall into hundreds of pieces; a rest is left over.
  const whole = size - (size % wholeSize);
  return add(
    sumOfParts(slice(left, 2, 0, whole), slice(right, 1, 0, whole), wholeSize),
    matMul(slice(left, 2, whole, size), slice(right, 1, whole, size)),
  );
}

/** ONNX Runtime adds so many numbers in one order; more of them in orders that depend on the batch. */
const mostInOneOrder = 5;

/** A product whose sums are made in pieces of so many products, a divisor of their number. */
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
