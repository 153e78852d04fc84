import { counted } from "./counted.ts";
import type { Dtype, TensorData } from "./dtype.ts";
import { typedArray } from "./dtype.ts";
import { ShapeError } from "./errors.ts";

/** A tensor's values: row-major, of known shape. */
export interface TensorValue {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** The number of elements of a known shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * Returns a tensor value from plain numbers.
 *
 * @throws ShapeError if the shape needs more or fewer numbers.
 */
export function tensorValue(
  dtype: Dtype,
  shape: readonly number[],
  values: ArrayLike<number> | number,
): TensorValue {
  const size = elementCount(shape);
  const data = typeof values === "number" ? typedArray(dtype, size) : typedArray(dtype, values);
  if (typeof values === "number" && values !== 0) {
    if (data instanceof BigInt64Array) data.fill(BigInt(values));
    else data.fill(values);
  }
  if (data.length !== size) {
    throw new ShapeError(
      `A tensor [${shape.join(", ")}] takes ${counted(size, "value")}, not ${data.length}.`,
    );
  }
  return { dtype, shape, data };
}

/** Returns the values as JavaScript numbers. */
export function numbersOf(value: TensorValue): number[] {
  return value.data instanceof BigInt64Array
    ? Array.from(value.data, Number)
    : Array.from(value.data);
}
