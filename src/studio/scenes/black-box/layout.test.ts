import { describe, expect, test } from "vitest";
import { patchCount, patchLayout, patchReading } from "./layout.ts";

describe("a picture that goes into the box", () => {
  test("is read patch by patch, in the order of reading", () => {
    expect(patchReading(0)).toEqual(new Array(patchCount).fill(0));
    expect(patchReading(1)).toEqual(new Array(patchCount).fill(1));
    const half = patchReading(0.5 / patchCount);
    expect(half[0]).toBeCloseTo(0.5);
    expect(half.slice(1).every((share) => share === 0)).toBe(true);
  });

  test.each([280, 390, 1044])("has a place in %i pixels", (width) => {
    const layout = patchLayout(width);
    expect(layout.width * layout.scale).toBeCloseTo(width);
    const [first] = layout.patches;
    const last = layout.patches.at(-1);
    expect(first?.x).toBeGreaterThanOrEqual(0);
    expect((last?.x ?? 0) + layout.size).toBeLessThanOrEqual(layout.width);
    expect(layout.box.x).toBeGreaterThanOrEqual(0);
    const end = layout.words.at(-1);
    expect((end?.x ?? 0) + (end?.width ?? 0)).toBeLessThanOrEqual(layout.width);
  });
});
