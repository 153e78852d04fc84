/** @file Number formats of a model's weights in files; weights are read as float32. */

import { fromFloat16, toFloat16 } from "../files/float16.ts";
import type { StoredTensor } from "../files/safetensors.ts";
import { OptionError } from "../options/optionError.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";

/** The type of a weight matrix's elements in a file. */
export type WeightFormat = "float32" | "float16" | "int8";

/** All formats, largest first. */
export const weightFormats: readonly WeightFormat[] = ["float32", "float16", "int8"];

/** The largest integer of int8's symmetric range. */
const greatest = 127;

/** The name of the scales of an int8 matrix. */
export function scaleName(name: string): string {
  return `${name}.scale`;
}

/**
 * Encodes weights in a format: `float16` for all of them, or `int8` for the matrices, each with a float32 tensor
 * `NAME.scale`; vectors then stay float32, because they are few and matter much.
 *
 *     s_i = max_j |W_ij| / 127      Q_ij = round(W_ij / s_i)      W_ij ≈ s_i Q_ij
 *
 * Wu et al. (2016), section 6, https://arxiv.org/abs/1609.08144.
 *
 * @param weights float32, by name.
 * @throws UserError naming the weight that is not finite, or too large for float16.
 */
export function encodeWeights(
  weights: ReadonlyMap<string, TensorValue>,
  format: WeightFormat,
): Map<string, StoredTensor> {
  const stored = new Map<string, StoredTensor>();
  for (const [name, weight] of weights) {
    const { shape } = weight;
    const values = weight.data as Float32Array;
    if (format === "float16") {
      stored.set(name, { dtype: "float16", shape, data: halvesOf(name, values) });
    } else if (format === "int8" && shape.length === 2) {
      const [rows, columns] = shape as [number, number];
      const { data, scales } = quantize(name, values, rows, columns);
      stored.set(name, { dtype: "int8", shape, data });
      stored.set(scaleName(name), { dtype: "float32", shape: [rows], data: scales });
    } else stored.set(name, weight);
  }
  return stored;
}

function halvesOf(name: string, values: Float32Array): Uint16Array<ArrayBuffer> {
  const halves = toFloat16(values);
  const index = halves.findIndex((half) => (half & 0x7c00) === 0x7c00);
  if (index < 0) return halves;
  const value = values[index] as number;
  if (!Number.isFinite(value)) throw notFinite("float16", name, value);
  throw new OptionError({
    key: "weights",
    value: "float16",
    problem: `${name} holds ${value}, and float16 ends at 65504`,
    remedy: "export as float32 or int8",
  });
}

const notFinite = (format: WeightFormat, name: string, value: number): OptionError =>
  new OptionError({
    key: "weights",
    value: format,
    problem: `${name} holds ${value}, so the model is of no use`,
    remedy: "train it again with a lower {learningRate} or {clip}",
  });

interface Quantized {
  readonly data: Int8Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
}

// Above 2⁵² all doubles are integers, so adding this rounds, ties to even.
const rounder = 1.5 * 2 ** 52;

/** The smallest normal float32. */
const smallestNormal = 2 ** -126;

function quantize(name: string, values: Float32Array, rows: number, columns: number): Quantized {
  const data = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const end = start + columns;
    let largest = 0;
    for (let index = start; index < end; index++) {
      largest = Math.max(largest, Math.abs(values[index] as number));
    }
    if (!Number.isFinite(largest)) throw notFinite("int8", name, largest);
    // A row of zeros, or of numbers so small that ONNX Runtime flushes their scale to 0, is written as zeros.
    if (largest / greatest < smallestNormal) continue;
    scales[row] = largest / greatest;
    const scale = scales[row] as number;
    for (let index = start; index < end; index++) {
      const rounded = (values[index] as number) / scale + rounder - rounder;
      data[index] = Math.max(-greatest, Math.min(greatest, rounded));
    }
  }
  return { data, scales };
}

/**
 * Decodes a weight, whatever its format.
 *
 * @param tensors the content of its file.
 * @param path    the file's name in errors.
 * @returns float32 of the requested shape.
 * @throws UserError if the weight or its scale is missing or has another shape or an unsupported type.
 */
export function decodeWeight(
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
  shape: readonly number[],
  path: string,
): TensorValue {
  const tensor = tensors.get(name);
  const isOfShape = tensor?.shape.join() === shape.join();
  if (!tensor || !isOfShape || !isWeightFormat(tensor.dtype)) {
    const formats = weightFormats.join(", ");
    throw new UserError(
      `${path}: ${name} is ${described(tensor)}, but config.json requires [${shape.join(", ")}] of ${formats}; the files belong to different models.`,
    );
  }
  if (tensor.dtype === "float32") return tensor as TensorValue;
  const data =
    tensor.dtype === "float16"
      ? fromFloat16(tensor.data as Uint16Array)
      : multiply(tensor.data as Int8Array, scalesOf(tensors, name, tensor, path));
  return { dtype: "float32", shape, data };
}

const isWeightFormat = (dtype: string): dtype is WeightFormat =>
  (weightFormats as readonly string[]).includes(dtype);

const described = (tensor: StoredTensor | undefined): string =>
  tensor ? `${tensor.dtype} [${tensor.shape.join(", ")}]` : "missing";

function scalesOf(
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
  { shape }: StoredTensor,
  path: string,
): Float32Array {
  const scale = tensors.get(scaleName(name));
  if (scale?.dtype === "float32" && scale.shape.length === 1 && scale.shape[0] === shape[0]) {
    return scale.data as Float32Array;
  }
  throw new UserError(
    `${path}: ${scaleName(name)} is ${described(scale)} where ${name}, int8 [${shape.join(", ")}], needs float32 [${shape[0] ?? 1}]; export the model again.`,
  );
}

/** Multiplies each row of integers by its scale. */
function multiply(rows: Int8Array, scales: Float32Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(rows.length);
  const columns = rows.length / Math.max(1, scales.length);
  for (let row = 0; row < scales.length; row++) {
    const scale = scales[row] as number;
    const end = (row + 1) * columns;
    for (let index = row * columns; index < end; index++) {
      values[index] = (rows[index] as number) * scale;
    }
  }
  return values;
}

/** Returns the number format of a file's weights: the smallest that occurs. */
export function weightFormatOf(tensors: ReadonlyMap<string, StoredTensor>): WeightFormat {
  const found = new Set<string>(Array.from(tensors.values(), ({ dtype }) => dtype));
  return weightFormats.findLast((format) => found.has(format)) ?? "float32";
}
