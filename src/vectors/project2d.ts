/** @file A flat picture of vectors, by principal component analysis computed in a graph. */

import { concatenate } from "../graph/operators/arrange.ts";
import { reduceSum, reshape } from "../graph/operators/broadcast.ts";
import { divide, multiply, sqrt, subtract } from "../graph/operators/elementwise.ts";
import { takeLast } from "../graph/operators/gather.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { argMax, reduceMax, reduceMean } from "../graph/operators/reduce.ts";
import { scan } from "../graph/operators/scan.ts";
import { maximum } from "../graph/operators/select.ts";
import { constant, input, range } from "../graph/operators/source.ts";
import type { Tensor } from "../graph/tensor.ts";
import { emitModel } from "../onnx/emit.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import { isFloat } from "../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../tensor/errors.ts";
import { Random } from "../tensor/random.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf } from "../tensor/value.ts";
import { unitRows } from "./graphs.ts";

/** Each squaring doubles the steps that a product makes: 128 with the 32nd power are 4,096 steps. */
const squarings = 5;
const products = 128;

/** Keeps vectors that are all the same from being divided by zero. */
const tiny = 1e-30;

/**
 * Lays vectors into the plane that keeps most of their variance, by principal component analysis
 * (Pearson, 1901).
 *
 * With x̄ the mean of the rows and v₁, v₂ the two leading unit eigenvectors of Σ_i (x_i − x̄)(x_i − x̄)ᵀ,
 * row i is put at ((x_i − x̄)·v₁, (x_i − x̄)·v₂). The largest component of each v is made positive, so
 * that the same vectors always give the same picture.
 *
 * @param values float32 or float64 `[rows, size]`; some hundred rows or columns are meant, since the
 *   work grows with the third power of the smaller of the two.
 * @returns x and y of row 0, of row 1 … The mean of each is 0.
 * @throws ShapeError if the values are no table, and DtypeError if they are whole numbers.
 */
export async function project2d(
  values: TensorValue,
  runtime: Runtime,
): Promise<Float32Array<ArrayBuffer>> {
  const { dtype, shape } = values;
  const [rows, size] = shape;
  if (shape.length !== 2 || rows === undefined || size === undefined) {
    throw new ShapeError(`project2d: needs rows of vectors, not a tensor [${shape.join(", ")}].`);
  }
  if (!isFloat(dtype)) throw new DtypeError(`project2d: needs real numbers, not ${dtype}.`);
  if (rows === 0 || size === 0) return new Float32Array(rows * 2);
  const program = await runtime.compile(emitModel("project2d", projectionGraph(rows, size, dtype)));
  try {
    const { points } = await program.run({ values });
    return Float32Array.from(numbersOf(points as TensorValue));
  } finally {
    await program.release();
  }
}

/** Input `values` `[rows, size]`; output `points` `[rows, 2]`; see {@link project2d}. */
export function projectionGraph(
  rows: number,
  size: number,
  dtype: FloatDtype,
): Record<string, Tensor> {
  const values = input("values", dtype, [rows, size]);
  const centred = subtract(values, reduceMean(values, 0, true));
  const first = leadingDirection(centred, rows, size);
  const x = matMul(centred, first, { transposeB: true });
  // What is left when the first component is taken out has the second as its leading one.
  const rest = subtract(centred, matMul(x, first));
  const y = matMul(rest, leadingDirection(rest, rows, size), { transposeB: true });
  return { points: concatenate([x, y], 1) };
}

/**
 * The direction of largest variance of centred rows X, `[1, size]`, of length one.
 *
 * By the power method: almost any vector, multiplied again and again by XᵀX, turns towards its leading
 * eigenvector. Where there are fewer rows than columns, the smaller X Xᵀ is used, whose leading
 * eigenvector u gives that of XᵀX as Xᵀu. Powers of the matrix, by squaring, make the steps long; one
 * step with X itself then removes what rounding left.
 */
function leadingDirection(centred: Tensor, rows: number, size: number): Tensor {
  const largest = sqrt(reduceMax(multiply(centred, centred)));
  const x = divide(centred, maximum(largest, tiny));
  const hasFewRows = rows < size;
  let power = matMul(x, x, hasFewRows ? { transposeB: true } : { transposeA: true });
  for (let step = 0; step < squarings; step++) {
    const scaled = divide(power, maximum(sqrt(reduceSum(multiply(power, power))), tiny));
    power = matMul(scaled, scaled);
  }
  const { states } = scan({
    initial: [anyVector(Math.min(rows, size), x.dtype as FloatDtype)],
    sequences: [range(products)],
    body: ([found]) => ({ states: [unitRows(matMul(found as Tensor, power))], outputs: [] }),
  });
  const found = states[0] as Tensor;
  const rough = hasFewRows ? unitRows(matMul(found, x)) : found;
  const v = unitRows(matMul(matMul(rough, x, { transposeB: true }), x));
  const pivot = takeLast(v, reshape(argMax(multiply(v, v), 1), [1, 1]));
  return multiply(v, divide(pivot, maximum(sqrt(multiply(pivot, pivot)), tiny)));
}

/** A vector `[1, size]` that is at right angles to no other by design, the same each time. */
function anyVector(size: number, dtype: FloatDtype): Tensor {
  const random = new Random(1);
  const numbers = Array.from({ length: size }, () => random.uniform() - 0.5);
  return constant(dtype, numbers, [1, size]);
}
