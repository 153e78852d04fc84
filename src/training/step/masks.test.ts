import { expect, test } from "vitest";
import { Random } from "../../tensor/random.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { drawMasks } from "./masks.ts";

const masks = [
  { name: "dropout.a", shape: ["time", 100] },
  { name: "dropout.b", shape: [3, "time"] },
] as const;
const draw = (seed: number, step: number, shard?: number) =>
  drawMasks(
    masks,
    { time: 400 },
    { rate: 0.25, seed, step, ...(shard !== undefined && { shard }) },
  );

test("a mask has the shape of its name and keeps as many as the rate says", () => {
  const mask = draw(1, 1)["dropout.a"] as TensorValue;
  expect(mask).toMatchObject({ dtype: "bool", shape: [400, 100] });
  const kept = (mask.data as Uint8Array).reduce((sum, value) => sum + value, 0) / mask.data.length;
  expect(kept).toBeGreaterThan(0.74);
  expect(kept).toBeLessThan(0.76);
});

test("seed, step and shard fix the masks, and others draw others; a whole batch is shard 0", () => {
  expect(draw(1, 7, 0)).toEqual(draw(1, 7));
  expect(draw(1, 7, 1)).not.toEqual(draw(1, 7));
  expect(draw(1, 7, 2)).not.toEqual(draw(1, 7, 1));
  expect(draw(1, 7)).toEqual(draw(1, 7));
  expect(draw(1, 8)).not.toEqual(draw(1, 7));
  expect(draw(2, 7)).not.toEqual(draw(1, 7));
});

test.each([0, 0.004, 0.3, 0.5, 0.75, 0.996, 1])(
  "each byte is compared with the rate %d",
  (rate) => {
    const step = 3;
    const mask = drawMasks([{ name: "a", shape: [4097] }], {}, { rate, seed: 9, step })["a"];
    const words = new Uint32Array(1025);
    new Random(Math.imul(9, 0x9e3779b1) ^ step).fill(words);
    const bytes = new Uint8Array(words.buffer, 0, 4097);
    expect(mask?.data).toEqual(bytes.map((byte) => (byte >= Math.round(rate * 256) ? 1 : 0)));
  },
);
