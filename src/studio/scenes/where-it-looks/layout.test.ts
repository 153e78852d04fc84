import { describe, expect, it } from "vitest";
import { attentionLayout, flow } from "./layout.ts";

const words = (count: number): string[] => Array.from({ length: count }, (_, at) => `▁word${at}`);

describe("flow", () => {
  it("spreads a few words over one line, in their order", () => {
    const { places } = flow(words(4), { top: 0, width: 800, lineHeight: 60 });
    expect(new Set(places.map(({ y }) => y)).size).toBe(1);
    expect(places.every(({ x }, at) => at === 0 || x > (places[at - 1]?.x ?? 0))).toBe(true);
  });

  it("never takes more width than there is", () => {
    const { places, bottom } = flow(words(60), { top: 10, width: 320, lineHeight: 60 });
    expect(places).toHaveLength(60);
    for (const { x, width } of places) {
      expect(x - width / 2).toBeGreaterThanOrEqual(0);
      expect(x + width / 2).toBeLessThanOrEqual(320);
    }
    expect(bottom).toBeGreaterThan(400);
  });
});

describe("attentionLayout", () => {
  it("puts the decoder below the source and above what is written", () => {
    const { sources, targets, box } = attentionLayout(words(12), words(9), 390);
    expect(box.y).toBeGreaterThan(Math.max(...sources.map(({ y }) => y)));
    expect(Math.min(...targets.map(({ y }) => y))).toBeGreaterThan(box.y + box.height);
  });
});
