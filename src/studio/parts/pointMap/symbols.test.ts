import { describe, expect, it } from "vitest";
import { pointShapes, signPath } from "./symbols.ts";

/** The ends of a path's lines, as far as they are written out. */
const numbers = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe("signPath", () => {
  it("draws each sign as a closed outline of its own", () => {
    const paths = pointShapes.map((shape) => signPath(shape, 6));
    expect(new Set(paths).size).toBe(pointShapes.length);
    for (const path of paths) expect(path).toMatch(/^M[-\d. MLHVaZ]+Z$/);
  });

  it.each(pointShapes)("keeps the %s near to its size", (shape) => {
    const largest = Math.max(...numbers(signPath(shape, 6)).map(Math.abs));
    expect(largest).toBeGreaterThanOrEqual(5);
    // A circle is written by its diameter.
    expect(largest).toBeLessThanOrEqual(shape === "circle" ? 12 : 9);
  });
});
