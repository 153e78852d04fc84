import { describe, expect, it } from "vitest";
import { contextLayout, gridLines, sizeBoxes } from "./layout.ts";

describe("contextLayout", () => {
  it.each([280, 350, 640, 700, 1044, 1600])("keeps all parts inside a width of %i", (width) => {
    for (const count of [1, 16, 128, 256, 512, 1000, 1024]) {
      const { encoder, card, strip, decoder, grid, height } = contextLayout(count, width);
      for (const box of [encoder, card, decoder, { ...strip, width: strip.across }]) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
      }
      expect(grid.x).toBeGreaterThanOrEqual(-0.01);
      expect(grid.x + grid.columns * grid.size).toBeLessThanOrEqual(width + 0.01);
      expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count);
      expect(height).toBeGreaterThan(grid.y + (grid.rows - 1) * grid.size);
    }
  });

  it("puts the views next to each other without touching", () => {
    const { encoder, card, numbers, strip, decoder, numberWidth } = contextLayout(256, 760);
    expect(card.x).toBeGreaterThan(encoder.x + encoder.width + 20);
    expect(numbers.labels).toBeGreaterThan(card.x + card.width + 20);
    expect(strip.x).toBeGreaterThan(numbers.x + numberWidth / 2 + 20);
    expect(decoder.x).toBeGreaterThan(strip.x + strip.across + 20);
  });
});

describe("sizeBoxes", () => {
  it("draws twice the numbers twice as large", () => {
    const { boxes } = sizeBoxes([256, 512, 1024], 1000);
    expect(boxes.map(({ rows, columns }) => rows * columns)).toEqual([256, 512, 1024]);
    expect(new Set(boxes.map(({ size }) => size)).size).toBe(1);
    const grounds = boxes.map(({ y, rows, size }) => y + rows * size);
    expect(new Set(grounds).size).toBe(1);
  });

  it("goes on in a second row where there is no room", () => {
    const { boxes, height } = sizeBoxes([128, 256, 512, 1024], 300);
    expect(boxes[2]?.x).toBe(boxes[0]?.x);
    expect(boxes[2]?.y).toBeGreaterThan(boxes[1]?.y ?? 0);
    for (const { y, rows, size } of boxes) expect(y + rows * size).toBeLessThan(height);
  });
});

describe("gridLines", () => {
  it("leaves out what a shorter last row does not have", () => {
    const grid = { x: 0, y: 0, columns: 4, rows: 2, size: 10 };
    expect(gridLines(grid, 6)).toBe(
      "M0 0h40M0 10h40M0 20h20M0 0v20M10 0v20M20 0v20M30 0v10M40 0v10",
    );
    expect(gridLines({ ...grid, columns: 3, rows: 1 }, 3)).toBe(
      "M0 0h30M0 10h30M0 0v10M10 0v10M20 0v10M30 0v10",
    );
  });
});
