import { expect, test } from "vitest";
import { cellColor } from "../../../scale/color.ts";
import { barShare, domainOf, drawnSize, gridOf, pixelsOf, placeIn, roleOf } from "./grid.ts";

test("a matrix keeps its rows, a vector is one row, further axes lie below each other", () => {
  expect(gridOf([64, 256])).toEqual({ rows: 64, columns: 256 });
  expect(gridOf([256])).toEqual({ rows: 1, columns: 256 });
  expect(gridOf([256, 1])).toEqual({ rows: 1, columns: 256 });
  expect(gridOf([2, 3, 4])).toEqual({ rows: 6, columns: 4 });
  expect(gridOf([])).toEqual({ rows: 1, columns: 1 });
});

test("a number's place has a place on each axis", () => {
  expect(placeIn([3, 4], 7)).toEqual([1, 3]);
  expect(placeIn([2, 3, 4], 23)).toEqual([1, 2, 3]);
  expect(placeIn([5], 2)).toEqual([2]);
});

test("pixels have the studio's colours of numbers", () => {
  const values = Float32Array.of(-2, 0, 1, 2);
  const pixels = pixelsOf(values, "encoder", domainOf(values));
  const colors = Array.from(values, (_, at) => [...pixels.slice(4 * at, 4 * at + 3)]);
  expect(colors).toEqual(
    Array.from(values, (value) =>
      cellColor("encoder", value, 2)
        .match(/[\d.]+/g)
        ?.map(Number),
    ),
  );
  expect(pixels[3]).toBe(255);
});

test("numbers that are all 0, or not numbers, have the colour of 0", () => {
  const values = Float32Array.of(0, Number.NaN);
  const pixels = pixelsOf(values, "encoder", domainOf(values));
  expect([...pixels.slice(0, 4)]).toEqual([...pixels.slice(4)]);
});

test("a picture fits into its room", () => {
  for (const shape of [[64, 256], [256], [3, 2], [500, 8]]) {
    const { width, height } = drawnSize(gridOf(shape), { width: 220, height: 130, cell: 8 });
    expect(width).toBeLessThanOrEqual(220);
    expect(height).toBeLessThanOrEqual(130);
  }
});

test("parts have the colours that they have in the story", () => {
  expect(["encoder", "decoder", "attention", "source embedding"].map(roleOf)).toEqual([
    "encoder",
    "decoder",
    "score",
    "embedding",
  ]);
});

test("the parameter that moved most has the longest bar, and one that began at 0 too", () => {
  expect(barShare(2, [1, 2, Number.POSITIVE_INFINITY])).toBe(1);
  expect(barShare(1, [1, 2, Number.POSITIVE_INFINITY])).toBe(0.5);
  expect(barShare(Number.POSITIVE_INFINITY, [1])).toBe(1);
});
