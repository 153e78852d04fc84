import { describe, expect, it } from "vitest";
import { firstPart, flow, lookLayout, ribbon } from "./layout.ts";

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

describe("lookLayout", () => {
  it("puts the decoder below the source and above what is written", () => {
    const { sources, targets, box } = lookLayout(words(12), words(9), 390);
    expect(box.y).toBeGreaterThan(Math.max(...sources.map(({ y }) => y)));
    expect(Math.min(...targets.map(({ y }) => y))).toBeGreaterThan(box.y + box.height);
  });
});

describe("firstPart", () => {
  const curve = [
    [0, 0],
    [0, 10],
    [20, 10],
    [20, 20],
  ] as const;

  it("is the whole curve at 1 and its beginning at 0", () => {
    expect(firstPart(curve, 1)).toEqual(curve);
    expect(firstPart(curve, 0)).toEqual([curve[0], curve[0], curve[0], curve[0]]);
  });
});

describe("ribbon", () => {
  it("closes an outline between its two ends", () => {
    const path = ribbon({ x: 10, y: 0, width: 4 }, { x: 50, y: 80, width: 20 }, 1);
    expect(path).toBe(
      "M8.0 0.0C8.0 40.0 40.0 40.0 40.0 80.0L60.0 80.0C60.0 40.0 12.0 40.0 12.0 0.0Z",
    );
  });
});
