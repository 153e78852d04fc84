import { describe, expect, it } from "vitest";
import { focusLayout } from "./layout.ts";

const words = (count: number): string[] => Array.from({ length: count }, (_, at) => `▁word${at}`);

describe("focusLayout", () => {
  it("writes the weights of a short sentence into boxes' columns", () => {
    const layout = focusLayout(words(4), words(5), 1000);
    expect(layout.isRowBoxed && layout.isColumnBoxed).toBe(true);
    expect(layout.digits).toBe(2);
    expect(layout.left + 5 * layout.cell.width).toBeLessThanOrEqual(1000);
  });

  it("keeps sixty words readable", () => {
    const layout = focusLayout(words(60), words(60), 1000);
    expect(layout.cell).toMatchObject({ height: 14 });
    expect(layout.width).toBeGreaterThanOrEqual(layout.left + 60 * layout.cell.width);
    expect(layout.height).toBeLessThan(1300);
  });

  it("has the contexts below the cells", () => {
    const { top, cell, contexts, height } = focusLayout(words(3), words(3), 300);
    expect(contexts).toBeGreaterThan(top + 3 * cell.height);
    expect(height).toBeGreaterThan(contexts);
  });
});
