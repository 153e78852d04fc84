import { describe, expect, it } from "vitest";
import { matrixLayout } from "./matrixLayout.ts";

const words = (count: number): string[] => Array.from({ length: count }, (_, at) => `▁word${at}`);

describe("matrixLayout", () => {
  it("gives few words large cells with boxed words", () => {
    const { cell, isBoxed, width, digits } = matrixLayout(words(4), words(4), 1000);
    expect(isBoxed).toBe(true);
    expect(cell).toEqual({ width: 84, height: 84 });
    expect(digits).toBe(2);
    expect(width).toBe(1000);
  });

  it("fits sixty words into a wide page", () => {
    const { cell, width, isBoxed } = matrixLayout(words(60), words(60), 1040);
    expect(isBoxed).toBe(false);
    expect(cell.width).toBeGreaterThanOrEqual(12);
    expect(width).toBeLessThanOrEqual(1060);
  });

  it("grows beyond a narrow page rather than become unreadable", () => {
    const { cell, width } = matrixLayout(words(60), words(60), 320);
    expect(cell.width).toBe(12);
    expect(width).toBeGreaterThan(700);
  });

  it("keeps rotated words inside the picture", () => {
    const { left, cell, width } = matrixLayout(words(3), ["a", "b", "▁unconstitutionally"], 340);
    expect(left + 3 * cell.width).toBeLessThan(width);
  });

  it("lets letters stand upright, and turns words", () => {
    const letters = [..."mardi 3 mars 1987"];
    const { angle, top, cell, isBoxed } = matrixLayout(letters, letters, 620);
    expect([isBoxed, angle]).toEqual([false, 0]);
    expect(top).toBeLessThan(40);
    expect(cell.width).toBeGreaterThan(20);
    expect(matrixLayout(words(20), words(20), 620).angle).toBeLessThan(-30);
  });
});
