/** @file Products of activations with weights that are integers of eight bits, for inference. */

import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import type { Dimension } from "../shape.ts";
import type { Emitter, Tensor, TernaryOperator, UnaryOperator } from "../tensor.ts";

/** The attributes of an int8 product. */
export interface Int8ProductAttributes {
  /** Whether all activations are known to lie within ±1; otherwise each row is divided by its largest one. */
  readonly isWithinOne: boolean;
}

/** Activations within ±1 become integers within ±127, shifted by 128 because the fast products take unsigned ones. */
const steps = 127;
const zero = 128;

/**
 * The largest integer of a weight in a product: on processors without VNNI, ONNX Runtime adds two products of eight bits
 * in sixteen.
 */
export const greatestWeight = 63;

/** Smaller rows count as rows of zeros. */
const smallest = 2 ** -100;

/** The largest absolute value of each row, `[…, 1]`, never 0. */
function magnitudes(emitter: Emitter, x: string): string {
  const largest = emitter.op("ReduceMax", [emitter.op("Abs", [x])], {
    axes: { ints: [-1] },
    keepdims: { int: 1 },
  });
  return emitter.op("Max", [largest, emitter.constant("float32", [], Float32Array.of(smallest))]);
}

export const int8ProductOperator: TernaryOperator<Int8ProductAttributes> = {
  name: "int8Product",
  infer: ([x, weight, scale]) => {
    if (x.dtype !== "float32" || weight.dtype !== "int8" || scale.dtype !== "float32") {
      throw new DtypeError(`int8Product: ${x} times ${weight} with the scales ${scale}.`);
    }
    const [inner, columns] = weight.shape;
    const isProduct = x.rank >= 2 && weight.rank === 2 && x.shape.at(-1) === inner;
    if (!isProduct || scale.rank !== 1 || scale.shape[0] !== columns) {
      throw new ShapeError(`int8Product: ${x} times ${weight} with the scales ${scale}.`);
    }
    return [{ dtype: "float32", shape: [...x.shape.slice(0, -1), columns as Dimension] }];
  },
  lower: (emitter, [x, weight, scale], { attributes: { isWithinOne } }) => {
    const size = isWithinOne ? null : magnitudes(emitter, x);
    const within = size === null ? x : emitter.op("Div", [x, size]);
    const step = Float32Array.of(1 / steps);
    const shift = emitter.constant("uint8", [], Uint8Array.of(zero));
    const integers = emitter.op("QuantizeLinear", [
      within,
      emitter.constant("float32", [], step),
      shift,
    ]);
    const sums = emitter.op("MatMulInteger", [integers, weight, shift]);
    const real = emitter.op("Cast", [sums], { to: { dtype: "float32" } });
    const scales = emitter.op("Mul", [emitter.computed(step[0] as number), scale]);
    const product = emitter.op("Mul", [real, scales]);
    return [size === null ? product : emitter.op("Mul", [product, size])];
  },
  describe: ({ isWithinOne }) => (isWithinOne ? "within ±1" : "by rows"),
};

/**
 * `x (Q s)`: activations times weights given as integers with a scale for each column. The activations are rounded
 * to integers too, each row by itself, so that a row's result does not depend on the others.
 * Wu et al. (2016), section 6, https://arxiv.org/abs/1609.08144. It has no gradient.
 *
 * @param x      float32 `[…, in]`.
 * @param weight int8 `[in, out]`, within ±{@link greatestWeight}.
 * @param scale  float32 `[out]`.
 */
export function int8Product(
  x: Tensor,
  weight: Tensor,
  scale: Tensor,
  attributes: Int8ProductAttributes = { isWithinOne: false },
): Tensor {
  return makeTensor(int8ProductOperator, [x, weight, scale], attributes);
}

export const int8ColumnsOperator: UnaryOperator<{ readonly greatest: number }> = {
  name: "int8Columns",
  infer: ([table]) => {
    if (table.dtype !== "int8") throw new DtypeError(`int8Columns: ${table} is not int8.`);
    const [rows, size] = table.shape;
    if (table.rank !== 2) throw new ShapeError(`int8Columns: ${table} is no matrix.`);
    return [{ dtype: "int8", shape: [size as Dimension, rows as Dimension] }];
  },
  lower: (emitter, [table], { attributes: { greatest } }) => {
    const real = emitter.op("Cast", [table], { to: { dtype: "float32" } });
    const step = emitter.constant("float32", [], Float32Array.of(greatest / greatestWeight));
    const zeroPoint = emitter.constant("int8", [], new Int8Array(1));
    const smaller = emitter.op("QuantizeLinear", [real, step, zeroPoint]);
    return [emitter.op("Transpose", [smaller], { perm: { ints: [1, 0] } })];
  },
  describe: ({ greatest }) => `within ±${greatest}`,
};

/**
 * The rows of a table as the columns of a product's weight, so that a file holds them once. ONNX Runtime computes this
 * when it loads the file.
 *
 * @param table    int8 `[rows, size]`, within ±`greatest`.
 * @param greatest the largest integer that the table may hold.
 * @returns int8 `[size, rows]`, within ±{@link greatestWeight}.
 */
export function int8Columns(table: Tensor, greatest: number): Tensor {
  return makeTensor(int8ColumnsOperator, [table], { greatest });
}
