/** @file The small graphs behind word vectors: rows of length one, sums of words, nearest words. */

import { multiply } from "../graph/operators/elementwise.ts";
import { gather, placeLast, topK } from "../graph/operators/gather.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { argMax } from "../graph/operators/reduce.ts";
import { reshape } from "../graph/operators/reshape.ts";
import { sumOfRows, unitRows } from "../graph/operators/rows.ts";
import { constant, fill, input } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../graph/tensor.ts";

/** Input `table`, float32 `[rows, size]`; output `unit`, the same with rows of length one. */
export function unitGraph(rows: number, size: number): Record<string, Tensor> {
  return { unit: unitRows(input("table", "float32", [rows, size])) };
}

/**
 * Adds and subtracts words: s = Σ_i f_i u_i.
 *
 * Inputs: `table` `[rows, size]`, the vectors u; `terms` int32 `[terms]`, the words' rows; `factors`
 * float32 `[terms, 1]`, how often each is added (+) or subtracted (−). Output: `sum` `[1, size]`.
 */
export function sumGraph(rows: number, size: number): Record<string, Tensor> {
  const { table, terms, factors } = inputs(rows, size);
  return { sum: sumOfRows(table, terms, factors) };
}

/**
 * Finds the rows nearest to a sum s of words by cosine, s · u / |s| for unit rows u. The words of the sum are
 * excluded.
 *
 * Inputs: those of {@link sumGraph}; no row may occur twice in `terms`. Outputs: `similarities` float32
 * and `nearest` int64, both `[1, count]`, the most similar first.
 */
export function nearestGraph(rows: number, size: number, count: number): Record<string, Tensor> {
  const { table, terms, factors } = inputs(rows, size);
  const cosine = matMul(unitRows(sumOfRows(table, terms, factors)), table, { transposeB: true });
  // A cosine is at least −1, so −2 ranks below every other word.
  const others = placeLast(cosine, reshape(terms, [1, "terms"]), fill("float32", [1, "terms"], -2));
  const { values, indices } = topK(others, count);
  return { similarities: values, nearest: indices };
}

/**
 * Answers questions "a is to b as c is to what?" with the word nearest to b − a + c other than a, b and c, like
 * {@link nearestGraph} but for many questions at once.
 *
 * Inputs: `table` `[rows, size]`; `words` int32 `[questions, 3]`, the rows of a, b and c. Output: `answers`
 * int64 `[questions]`.
 */
export function analogyGraph(rows: number, size: number): Record<string, Tensor> {
  const table = input("table", "float32", [rows, size]);
  const words = input("words", "int32", ["questions", 3]);
  const signs = constant("float32", [-1, 1, 1], [3, 1]);
  const sums = reduceSum(multiply(gather(table, words), signs), 1);
  const cosine = matMul(unitRows(sums), table, { transposeB: true });
  const others = placeLast(cosine, words, fill("float32", ["questions", 3], -2));
  return { answers: argMax(others, -1) };
}

interface SumInputs {
  readonly table: Tensor;
  readonly terms: Tensor;
  readonly factors: Tensor;
}

function inputs(rows: number, size: number): SumInputs {
  return {
    table: input("table", "float32", [rows, size]),
    terms: input("terms", "int32", ["terms"]),
    factors: input("factors", "float32", ["terms", 1]),
  };
}
