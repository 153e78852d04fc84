/** @file Unit rows of tables, and sums of rows. */

import type { Tensor } from "../tensor.ts";
import { divide, multiply, sqrt } from "./elementwise.ts";
import { gather } from "./gather.ts";
import { maximum } from "./select.ts";
import { reduceSum } from "./sumAndExpand.ts";

/** Smaller than any relevant norm; it avoids division by zero for a row of zeros. */
const tiny = 1e-30;

/** Rows divided by their norm; a row of zeros stays zero. */
export function unitRows(x: Tensor): Tensor {
  return divide(x, maximum(sqrt(reduceSum(multiply(x, x), -1, true)), tiny));
}

/**
 * The sum of rows, Σ_i f_i u_i, as `[1, size]`.
 *
 * @param table   u, `[rows, size]`.
 * @param terms   the indices of the rows, `[terms]`.
 * @param factors f, the coefficient of each row, positive or negative: `[terms, 1]`.
 */
export function sumOfRows(table: Tensor, terms: Tensor, factors: Tensor): Tensor {
  return reduceSum(multiply(gather(table, terms), factors), 0, true);
}
