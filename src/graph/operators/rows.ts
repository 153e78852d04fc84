/** @file Rows of tables as directions: of length one, and added up. */

import type { Tensor } from "../tensor.ts";
import { divide, multiply, sqrt } from "./elementwise.ts";
import { gather } from "./gather.ts";
import { maximum } from "./select.ts";
import { reduceSum } from "./sumAndExpand.ts";

/** Below every length that counts; it keeps a row of zeros from being divided by zero. */
const tiny = 1e-30;

/** Rows divided by their length; a row of zeros stays one. */
export function unitRows(x: Tensor): Tensor {
  return divide(x, maximum(sqrt(reduceSum(multiply(x, x), -1, true)), tiny));
}

/**
 * The sum of rows, Σ_i f_i u_i, as `[1, size]`.
 *
 * @param table   u, `[rows, size]`.
 * @param terms   which rows, `[terms]`.
 * @param factors f, how often each is added (+) or subtracted (−): `[terms, 1]`.
 */
export function sumOfRows(table: Tensor, terms: Tensor, factors: Tensor): Tensor {
  return reduceSum(multiply(gather(table, terms), factors), 0, true);
}
