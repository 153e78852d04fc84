import { describe, expect, test } from "vitest";
import type { StoredTensor } from "../files/safetensors.ts";
import { Random } from "../tensor/random.ts";
import type { TensorValue } from "../tensor/value.ts";
import { tensorValue } from "../tensor/value.ts";
import { decodeWeight, encodeWeights, weightFormatOf, weightFormats } from "./weightFormat.ts";

const matrix = tensorValue("float32", [3, 2], [127, -63.5, 0, 0, -0.001, 0.0004]);
const vector = tensorValue("float32", [2], [0.1, -3]);
const weights = new Map([
  ["weight", matrix],
  ["bias", vector],
]);

const read = (stored: ReadonlyMap<string, StoredTensor>, name = "weight"): TensorValue =>
  decodeWeight(stored, name, weights.get(name)?.shape ?? [], "model.safetensors");

/** A weight of random numbers. */
function random(shape: readonly number[]): TensorValue {
  const generator = new Random(5);
  const length = shape.reduce((product, size) => product * size, 1);
  return tensorValue(
    "float32",
    shape,
    Float32Array.from({ length }, () => generator.normal()),
  );
}

describe("float32", () => {
  test("is written as it is", () => {
    expect(encodeWeights(weights, "float32")).toEqual(weights);
    expect(read(encodeWeights(weights, "float32"))).toBe(matrix);
  });
});

describe("float16", () => {
  test("holds every weight, rounded to one part in 2048", () => {
    const stored = encodeWeights(weights, "float16");
    expect([...stored].map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
      ["weight", "float16", [3, 2]],
      ["bias", "float16", [2]],
    ]);
    for (const [name, { shape, data }] of weights) {
      const decoded = read(stored, name);
      expect(decoded).toMatchObject({ dtype: "float32", shape });
      for (const [index, value] of (data as Float32Array).entries()) {
        const difference = Math.abs((decoded.data[index] as number) - value);
        expect(difference).toBeLessThanOrEqual(Math.abs(value) / 2048);
      }
    }
  });
  test.each([
    [65520, "decoder.bias holds 65520, and float16 ends at 65504; export as float32 or int8."],
    [-1e6, "decoder.bias holds -1000000, and float16 ends at 65504; export as float32 or int8."],
    [Number.NaN, "decoder.bias holds NaN, so the model is of no use; train it again"],
  ])("refuses %d and names the weight", (value, message) => {
    const bad = new Map([
      ["weight", matrix],
      ["decoder.bias", tensorValue("float32", [2], [1, value])],
    ]);
    expect(() => encodeWeights(bad, "float16")).toThrow(`weights: "float16": ${message}`);
  });
  test("takes what rounds to its largest number", () => {
    const large = new Map([["w", tensorValue("float32", [1], [65519])]]);
    expect(encodeWeights(large, "float16").get("w")?.data).toEqual(Uint16Array.of(0x7bff));
  });
});

describe("int8", () => {
  test("holds each row of a matrix as whole numbers up to 127 and their scale", () => {
    const stored = encodeWeights(weights, "int8");
    expect(stored.get("weight")).toEqual({
      dtype: "int8",
      shape: [3, 2],
      // -63.5 is half-way between two, and goes to the even one.
      data: Int8Array.of(127, -64, 0, 0, -127, 51),
    });
    expect(stored.get("weight.scale")).toEqual(
      tensorValue("float32", [3], [1, 0, Math.fround(0.001) / 127]),
    );
  });
  test("leaves vectors as they are", () => {
    const stored = encodeWeights(weights, "int8");
    expect(stored.get("bias")).toBe(vector);
    expect(stored.has("bias.scale")).toBe(false);
  });
  test("is symmetric: the opposite weights are written as the opposite numbers", () => {
    const weight = random([8, 300]);
    const opposite = { ...weight, data: (weight.data as Float32Array).map((value) => -value) };
    const numbers = (value: TensorValue): StoredTensor =>
      encodeWeights(new Map([["w", value]]), "int8").get("w") as StoredTensor;
    const negated = (numbers(opposite).data as Int8Array).map((value) => -value);
    expect(negated).toEqual(numbers(weight).data);
  });
  test("is off by at most half of a row's scale", () => {
    const weight = random([20, 300]);
    const stored = encodeWeights(new Map([["w", weight]]), "int8");
    const decoded = decodeWeight(stored, "w", [20, 300], "file").data as Float32Array;
    const scales = stored.get("w.scale")?.data as Float32Array;
    for (const [index, value] of (weight.data as Float32Array).entries()) {
      const scale = scales[Math.floor(index / 300)] as number;
      const difference = Math.abs((decoded[index] as number) - value);
      expect(difference).toBeLessThanOrEqual(0.50001 * scale);
    }
  });
  test("makes zeros of a row whose scale is too small for float32, and stays within 127", () => {
    const tiny = tensorValue("float32", [4, 1], [2 ** -149, 2 ** -120, 2 ** -118, -(2 ** -119)]);
    const stored = encodeWeights(new Map([["w", tiny]]), "int8");
    expect(stored.get("w")?.data).toEqual(Int8Array.of(0, 0, 127, -127));
    expect(stored.get("w.scale")?.data.slice(0, 2)).toEqual(new Float32Array(2));
  });
  test.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d and names the weight", (value) => {
    const bad = new Map([["output.weight", tensorValue("float32", [1, 2], [1, value])]]);
    expect(() => encodeWeights(bad, "int8")).toThrow(
      `weights: "int8": output.weight holds ${value}, so the model is of no use`,
    );
  });
});

describe("a weight that cannot be read", () => {
  const int8 = encodeWeights(weights, "int8");
  const changed = (name: string, tensor?: StoredTensor): Map<string, StoredTensor> => {
    const tensors = new Map(int8);
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
    return tensors;
  };
  const needed = "where weight, int8 [3, 2], needs float32 [3]; export the model again.";
  test.each<[string, ReadonlyMap<string, StoredTensor>, string]>([
    [
      "is missing",
      changed("weight"),
      "weight is missing, but config.json requires [3, 2] of float32, float16, int8; the files belong to different models.",
    ],
    [
      "has another shape",
      changed("weight", tensorValue("float32", [2, 3], 0)),
      "weight is float32 [2, 3], but config.json requires [3, 2] of",
    ],
    [
      "has another type",
      changed("weight", tensorValue("float64", [3, 2], 0)),
      "weight is float64 [3, 2], but config.json requires [3, 2] of float32, float16, int8",
    ],
    ["has no scale", changed("weight.scale"), `weight.scale is missing ${needed}`],
    [
      "has a scale of another shape",
      changed("weight.scale", tensorValue("float32", [2], 1)),
      `weight.scale is float32 [2] ${needed}`,
    ],
    [
      "has a scale with an axis too many",
      changed("weight.scale", tensorValue("float32", [3, 1], 1)),
      `weight.scale is float32 [3, 1] ${needed}`,
    ],
    [
      "has a scale of another type",
      changed("weight.scale", tensorValue("int32", [3], 1)),
      `weight.scale is int32 [3] ${needed}`,
    ],
  ])("since it %s is named", (_, tensors, message) => {
    expect(() => read(tensors)).toThrow(`model.safetensors: ${message}`);
  });
});

test("a file's format is the smallest that its weights have", () => {
  for (const format of weightFormats) {
    expect(weightFormatOf(encodeWeights(weights, format))).toBe(format);
  }
});
