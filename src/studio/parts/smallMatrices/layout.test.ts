import { expect, test } from "vitest";
import { multiplesLayout, tintsOf } from "./layout.ts";

test("small matrices fill lines without touching", () => {
  const { places, matrix, height } = multiplesLayout(12, { rows: 18, columns: 20 }, 700);
  expect(places).toHaveLength(12);
  for (const [index, [x, y]] of places.entries()) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + matrix.width).toBeLessThanOrEqual(700);
    expect(y + matrix.height).toBeLessThan(height);
    for (const [otherX, otherY] of places.slice(0, index)) {
      expect(otherX + matrix.width < x || otherY + matrix.height < y).toBe(true);
    }
  }
});

test("cells of one tint are one path, and those without weight none", () => {
  const tints = tintsOf(
    [
      [1, 0],
      [0.5, 0.5],
    ],
    { width: 4, height: 4 },
  );
  expect(tints.map(({ opacity }) => opacity).sort()).toEqual([0.5, 1]);
  expect(tints.find(({ opacity }) => opacity === 0.5)?.path.match(/M/g)).toHaveLength(2);
});

test("a matrix of few rows and many columns is not too flat to be seen", () => {
  const { matrix, cell } = multiplesLayout(5, { rows: 4, columns: 24, tile: 76 }, 700);
  expect(matrix.width).toBeLessThanOrEqual(76);
  expect(matrix.height).toBeCloseTo(76 / 3);
  expect(cell.height).toBeGreaterThan(cell.width);
});
