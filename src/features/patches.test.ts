import { expect, test } from "vitest";
import { cutPatches, parsePatches } from "./patches.ts";

/** 4×2 pixels whose red is their number, whose green is 255 and whose blue is 0. */
const picture = {
  width: 4,
  height: 2,
  data: Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap((pixel) => [pixel, 255, 0, 255])),
};

const red = (value: number) => Math.fround(value / 127.5 - 1);

test("patches come in reading order, and so do the pixels of each", () => {
  const { shape, data, picture: size } = cutPatches(picture, { rows: 1, columns: 2 }, "p.png");
  expect(shape).toEqual([2, 12]);
  const reds = Array.from(data).filter((_, at) => at % 3 === 0);
  expect(reds).toEqual([0, 1, 4, 5, 2, 3, 6, 7].map(red));
  expect(Array.from(data.slice(0, 3))).toEqual([-1, 1, -1]);
  expect(size).toEqual({ width: 4, height: 2 });
});

test("what is transparent lies on white", () => {
  const clear = { width: 1, height: 1, data: Uint8Array.of(0, 0, 255, 0) };
  const grid = { rows: 1, columns: 1 };
  expect(Array.from(cutPatches(clear, grid, "p.png").data)).toEqual([1, 1, 1]);
  const half = { width: 1, height: 1, data: Uint8Array.of(0, 255, 0, 51) };
  expect(cutPatches(half, grid, "p.png").data[0]).toBeCloseTo(-0.2 + 0.8, 6);
});

test("a grid that does not divide the picture is refused", () => {
  expect(() => cutPatches(picture, { rows: 2, columns: 3 }, "p.png")).toThrow(
    "p.png: a picture of 4×2 pixels is not divided evenly by 3×2 patches; change the grid, or the pictures' size.",
  );
});

test("the option is one number, or rows and columns", () => {
  expect(parsePatches("8")).toEqual({ rows: 8, columns: 8 });
  expect(parsePatches("4x16")).toEqual({ rows: 4, columns: 16 });
  for (const wrong of ["", "0", "8x", "x8", "1.5", "300", "two"]) {
    expect(() => parsePatches(wrong), wrong).toThrow(`patches: "${wrong}": give the size`);
  }
});
