import { DtypeError } from "./errors.ts";

/**
 * The element types that graphs use. Values of `int64` are `bigint`s in JavaScript; `int8` and `uint8` are those of
 * quantised products.
 */
export type Dtype = "float32" | "float64" | "int32" | "int64" | "int8" | "uint8" | "bool";

/** The two types that have gradients. */
export type FloatDtype = "float32" | "float64";

/** Typed arrays that hold tensor values; booleans are bytes of 0 and 1. */
export type TensorData =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** Returns whether tensors of this type have gradients. */
export function isFloat(dtype: Dtype): dtype is FloatDtype {
  return dtype === "float32" || dtype === "float64";
}

/** Bytes of one element. */
export const bytesPerElement: Readonly<Record<Dtype, number>> = {
  float32: 4,
  float64: 8,
  int32: 4,
  int64: 8,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** Returns a typed array of `dtype` with the given numbers, or with `length` zeros. */
export function typedArray(dtype: Dtype, values: ArrayLike<number> | number): TensorData {
  switch (dtype) {
    case "float32":
      return typeof values === "number" ? new Float32Array(values) : Float32Array.from(values);
    case "float64":
      return typeof values === "number" ? new Float64Array(values) : Float64Array.from(values);
    case "int32":
      return typeof values === "number" ? new Int32Array(values) : Int32Array.from(values);
    case "int8":
      return typeof values === "number" ? new Int8Array(values) : Int8Array.from(values);
    case "uint8":
    case "bool":
      return typeof values === "number" ? new Uint8Array(values) : Uint8Array.from(values);
    case "int64":
      if (typeof values === "number") return new BigInt64Array(values);
      return BigInt64Array.from(Array.from(values), (value) => BigInt(value));
    default:
      throw new DtypeError(`There is no element type "${dtype as string}".`);
  }
}
