import { describe, expect, test } from "vitest";
import { handoverLayout } from "./layout.ts";

const shape = { tokens: ["▁Je", "▁suis", "▁étudiant", "."], parts: 2, layers: 1 };

describe("the two handovers", () => {
  test("stand side by side on a broad page, at the same height", () => {
    const { one, all, width } = handoverLayout(shape, 1000);
    expect(one.encoder.y).toBe(all.encoder.y);
    expect(one.decoder.height).toBe(all.decoder.height);
    expect(one.encoder.x + one.encoder.width).toBeLessThan(all.encoder.x);
    expect(all.encoder.x + all.encoder.width).toBeLessThanOrEqual(width);
  });

  test("stand below each other on a narrow one", () => {
    const { one, all } = handoverLayout(shape, 300);
    expect(all.title).toBeGreaterThan(one.count);
  });

  test.each([1, 4, 80])("hold the states of %i words within their boxes", (count) => {
    const tokens = Array.from({ length: count }, (_, index) => `▁word${index}`);
    for (const width of [290, 1040]) {
      const { one, all } = handoverLayout({ ...shape, tokens }, width);
      for (const { encoder, states } of [one, all]) {
        for (const { x, y } of states.places) {
          expect(x - states.across / 2).toBeGreaterThanOrEqual(encoder.x);
          expect(x + states.across / 2).toBeLessThanOrEqual(encoder.x + encoder.width);
          expect(y + states.length).toBeLessThanOrEqual(encoder.y + encoder.height);
        }
      }
      expect(all.shelf?.bottom).toBeLessThan(all.start.y);
    }
  });
});
