import { expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.ts";
import { Random } from "../tensor/random.ts";
import { tensorValue } from "../tensor/value.ts";
import { decodeWeight, encodeWeights, type WeightFormat } from "./weightFormat.ts";

/** Milliseconds of the processor, of which other programs take none. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

test.each<WeightFormat>(["float16", "int8"])(
  "a file of six million weights as %s is checked and read in a fraction of a second",
  (format) => {
    const random = new Random(1);
    const shape = [12_000, 500];
    const values = Float32Array.from({ length: 6_000_000 }, () => random.uniform() - 0.5);
    const weights = new Map([["weight", tensorValue("float32", shape, values)]]);
    const bytes = encodeSafetensors(encodeWeights(weights, format));
    const times = Array.from({ length: 8 }, () => {
      const start = processorTime();
      const { tensors } = decodeSafetensors(bytes, "model.safetensors");
      decodeWeight(tensors, "weight", shape, "model.safetensors");
      return processorTime() - start;
    });
    expect(Math.min(...times)).toBeLessThan(500);
  },
);
