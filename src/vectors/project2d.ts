/** @file A planar projection of vectors, by principal component analysis computed in a graph. */

import { concatenate } from "../graph/operators/arrange.ts";
import { divide, multiply, sqrt, subtract } from "../graph/operators/elementwise.ts";
import { takeLast } from "../graph/operators/gather.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { argMax, reduceMax, reduceMean } from "../graph/operators/reduce.ts";
import { reshape } from "../graph/operators/reshape.ts";
import { unitRows } from "../graph/operators/rows.ts";
import { scan } from "../graph/operators/scan.ts";
import { maximum } from "../graph/operators/select.ts";
import { constant, input, range } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../graph/tensor.ts";
import { emitModel } from "../onnx/emit.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import { isFloat } from "../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../tensor/errors.ts";
import { Random } from "../tensor/random.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf } from "../tensor/value.ts";

/** Each squaring doubles the steps of a product: 128 products with the 32nd power make 4,096 steps. */
const squarings = 5;
const products = 128;

/** Avoids division by zero if all vectors are equal. */
const tiny = 1e-30;

/** The plane with the largest variance of some vectors, and their coordinates in it. */
export interface PrincipalPlane {
  /** x and y of row 0, of row 1 … The mean of each is 0. */
  readonly points: Float32Array<ArrayBuffer>;
  /** x̄, `[size]`. */
  readonly mean: Float32Array<ArrayBuffer>;
  /** v₁, then v₂, `[2, size]`. */
  readonly directions: Float32Array<ArrayBuffer>;
  /** The shares of the vectors' variance along v₁ and along v₂, each from 0 to 1. */
  readonly shares: readonly [x: number, y: number];
}

/** Like {@link principalPlane}, but returns only the points. */
export async function project2d(
  values: TensorValue,
  runtime: Runtime,
): Promise<Float32Array<ArrayBuffer>> {
  return (await principalPlane(values, runtime)).points;
}

/**
 * Projects vectors onto the plane with the largest variance, by principal component analysis
 * (Pearson, 1901).
 *
 * With x̄ the mean of the rows and v₁, v₂ the two leading unit eigenvectors of Σ_i (x_i − x̄)(x_i − x̄)ᵀ,
 * row i is projected to ((x_i − x̄)·v₁, (x_i − x̄)·v₂). The largest component of each v is made positive, so
 * that the same vectors always give the same picture.
 *
 * @param values float32 or float64 `[rows, size]`; meant for some hundred rows or columns, because the
 *   work grows with the third power of the smaller of the two.
 * @throws ShapeError if the values are not a table, and DtypeError if they are integers.
 */
export async function principalPlane(
  values: TensorValue,
  runtime: Runtime,
): Promise<PrincipalPlane> {
  const { dtype, shape } = values;
  const [rows, size] = shape;
  if (shape.length !== 2 || rows === undefined || size === undefined) {
    throw new ShapeError(`project2d: needs rows of vectors, not a tensor [${shape.join(", ")}].`);
  }
  if (!isFloat(dtype)) throw new DtypeError(`project2d: needs real numbers, not ${dtype}.`);
  if (rows === 0 || size === 0) {
    const [points, mean] = [new Float32Array(rows * 2), new Float32Array(size)];
    return { points, mean, directions: new Float32Array(2 * size), shares: [0, 0] };
  }
  const program = await runtime.compile(emitModel("project2d", projectionGraph(rows, size, dtype)));
  try {
    const found = await program.run({ values });
    const [points, mean, directions, shares] = ["points", "mean", "directions", "shares"].map(
      (name) => Float32Array.from(numbersOf(found[name] as TensorValue)),
    ) as [
      Float32Array<ArrayBuffer>,
      Float32Array<ArrayBuffer>,
      Float32Array<ArrayBuffer>,
      Float32Array,
    ];
    return { points, mean, directions, shares: [shares[0] as number, shares[1] as number] };
  } finally {
    await program.release();
  }
}

/**
 * The coordinates in a plane of a vector that was not used to find it: ((x − x̄)·v₁, (x − x̄)·v₂).
 *
 * @param vector x, `[size]`.
 */
export function placeInPlane(
  { mean, directions }: PrincipalPlane,
  vector: ArrayLike<number>,
): [x: number, y: number] {
  const size = mean.length;
  let [x, y] = [0, 0];
  for (let at = 0; at < size; at++) {
    const centred = (vector[at] as number) - (mean[at] as number);
    x += centred * (directions[at] as number);
    y += centred * (directions[size + at] as number);
  }
  return [x, y];
}

/**
 * Input `values` `[rows, size]`; outputs `points` `[rows, 2]`, `mean` `[1, size]`, `directions` `[2, size]`
 * and `shares` `[1, 2]`; see {@link principalPlane}.
 */
export function projectionGraph(
  rows: number,
  size: number,
  dtype: FloatDtype,
): Record<string, Tensor> {
  const values = input("values", dtype, [rows, size]);
  const mean = reduceMean(values, 0, true);
  const centred = subtract(values, mean);
  const first = leadingDirection(centred, rows, size);
  const x = matMul(centred, first, { transposeB: true });
  // After removing the first component, the second one is the leading component.
  const rest = subtract(centred, matMul(x, first));
  const second = leadingDirection(rest, rows, size);
  const y = matMul(rest, second, { transposeB: true });
  const points = concatenate([x, y], 1);
  const along = reduceSum(multiply(points, points), 0, true);
  const variance = maximum(reduceSum(multiply(centred, centred)), tiny);
  const directions = concatenate([first, second], 0);
  return { points, mean, directions, shares: divide(along, variance) };
}

/**
 * The direction of largest variance of centred rows X, `[1, size]`, of length one.
 *
 * Uses the power method: repeated multiplication by XᵀX turns almost any vector towards its leading
 * eigenvector. If there are fewer rows than columns, the smaller X Xᵀ is used; its leading eigenvector u
 * gives that of XᵀX as Xᵀu. Powers of the matrix, computed by squaring, make larger steps; a final
 * step with X itself then removes rounding errors.
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
    sequences: { step: range(products) },
    body: ([found]) => ({ states: [unitRows(matMul(found, power))], outputs: {} }),
  });
  const [found] = states;
  const rough = hasFewRows ? unitRows(matMul(found, x)) : found;
  const v = unitRows(matMul(matMul(rough, x, { transposeB: true }), x));
  const pivot = takeLast(v, reshape(argMax(multiply(v, v), 1), [1, 1]));
  return multiply(v, divide(pivot, maximum(sqrt(multiply(pivot, pivot)), tiny)));
}

/** A fixed vector `[1, size]` that is unlikely to be orthogonal to another. */
function anyVector(size: number, dtype: FloatDtype): Tensor {
  const random = new Random(1);
  const numbers = Array.from({ length: size }, () => random.uniform() - 0.5);
  return constant(dtype, numbers, [1, size]);
}
