import { describe, expect, test } from "vitest";
import { fromFloat16, toFloat16 } from "./float16.ts";

const everyHalf = Uint16Array.from({ length: 0x10000 }, (_, half) => half);

/** IEEE 754-2019, section 3.4, binary16. */
function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = (half & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}

const oneToFloat16 = (value: number): number => toFloat16(Float32Array.of(value))[0] as number;

/** The float32 numbers next to one that is positive: below and above. */
function neighbours(value: number): [number, number] {
  const words = new Uint32Array(Float32Array.of(value).buffer);
  const next = (by: number): number =>
    new Float32Array(Uint32Array.of((words[0] as number) + by).buffer)[0] as number;
  return [next(-1), next(1)];
}

test("each of the 65,536 halves is read as the number that it stands for", () => {
  const values = fromFloat16(everyHalf);
  const wrong = everyHalf.filter((half) => !Object.is(values[half], numberOf(half)));
  expect(wrong).toEqual(new Uint16Array());
});

test("each of the 65,536 halves is written as it was read, every NaN with its bits", () => {
  expect(toFloat16(fromFloat16(everyHalf))).toEqual(everyHalf);
});

describe("what lies between two halves that follow one another", () => {
  // The last step leads to infinity, in whose place the next number, 2¹⁶, would be.
  const steps = Array.from({ length: 0x7c00 }, (_, half) => {
    const next = half + 1 === 0x7c00 ? 2 ** 16 : numberOf(half + 1);
    return { half, middle: (numberOf(half) + next) / 2 };
  });
  const rounded = (values: readonly number[]): number[] =>
    Array.from(toFloat16(Float32Array.from(values)));
  const middles = steps.map(({ middle }) => middle);

  test("is rounded to the even one of them if it is the middle", () => {
    const even = steps.map(({ half }) => half + (half % 2));
    expect(rounded(middles)).toEqual(even);
    expect(rounded(middles.map((middle) => -middle))).toEqual(even.map((half) => half | 0x8000));
  });
  test("is rounded down below the middle, and up above it", () => {
    const down = rounded(middles.map((middle) => neighbours(middle)[0]));
    expect(down).toEqual(steps.map(({ half }) => half));
    const up = rounded(middles.map((middle) => neighbours(middle)[1]));
    expect(up).toEqual(steps.map(({ half }) => half + 1));
  });
});

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [0.1, 0x2e66],
  [1 / 3, 0x3555],
  [Math.PI, 0x4248],
  [2 ** -14, 0x0400], // the smallest normal half
  [2 ** -24, 0x0001], // the smallest subnormal half
  [2 ** -25, 0x0000], // half of it
  [-1.5 * 2 ** -25, 0x8001],
  [2 ** -149, 0x0000], // the smallest subnormal float32
  [65504, 0x7bff], // the largest half
  [65519, 0x7bff],
  [65520, 0x7c00],
  [-1e38, 0xfc00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
])("%d becomes the half %d", (value, half) => {
  expect(oneToFloat16(value)).toBe(half);
});

test("a NaN whose bits do not fit stays a NaN", () => {
  const values = new Float32Array(Uint32Array.of(0x7f800001, 0xff800001).buffer);
  expect(fromFloat16(toFloat16(values))).toEqual(Float32Array.of(Number.NaN, Number.NaN));
});

test("a part of a larger array is converted", () => {
  const values = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
  const halves = Uint16Array.of(0, ...toFloat16(values), 0).subarray(1, 3);
  expect(fromFloat16(halves)).toEqual(Float32Array.of(1, 2));
});
