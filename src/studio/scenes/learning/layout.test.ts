import { expect, test } from "vitest";
import { curvesLayout, linesOf, type PanelData } from "./layout.ts";

const data: PanelData[] = [
  {
    kind: "perplexity",
    lines: [
      [200, 20, 10],
      [100, null, 12],
    ],
  },
  { kind: "rate", lines: [[0.001, 0.001, 0.0005]] },
];

test("curves run from left to right, higher numbers higher, and panels lie below each other", () => {
  const { panels, middles, left, right, height } = curvesLayout([0, 500, 1000], data, 800);
  expect(middles).toEqual([left, (left + right) / 2, right]);
  const [perplexity, rate] = panels;
  const heights = perplexity?.lines[0]?.map((point) => point?.[1] ?? 0) ?? [];
  expect(heights).toEqual([...heights].sort((one, other) => one - other));
  expect(perplexity?.lines[1]?.[1]).toBeNull();
  expect(rate?.top).toBeGreaterThan(perplexity?.bottom ?? 0);
  expect(height).toBeGreaterThan(rate?.bottom ?? 0);
});

test("a factor has the same height everywhere on the logarithmic axis", () => {
  const lines = [[400, 200, 100]];
  const { panels } = curvesLayout([1, 2, 3], [{ kind: "perplexity", lines }], 800);
  const [a, b, c] = panels[0]?.lines[0]?.map((point) => point?.[1] ?? 0) ?? [];
  expect((b as number) - (a as number)).toBeCloseTo((c as number) - (b as number), 6);
});

test.each([[[3.2, 3.3]], [[106, 42]], [[20000, 3]], [[5, 5]]])(
  "the axis of perplexities %o has a few round numbers",
  (values) => {
    const { panels } = curvesLayout([1, 2], [{ kind: "perplexity", lines: [values] }], 800);
    const { ticks = [] } = panels[0] ?? {};
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThan(9);
  },
);

test("one evaluation is enough for curves", () => {
  const { middles, panels } = curvesLayout([1000], [{ kind: "rate", lines: [[0.001]] }], 300);
  expect(middles.every(Number.isFinite)).toBe(true);
  expect(panels[0]?.lines[0]?.[0]?.every(Number.isFinite)).toBe(true);
});

test("lines of text keep all words", () => {
  const text = "one two three four five six seven eight nine ten";
  const lines = linesOf(text, 120, 14);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join(" ")).toBe(text);
});
