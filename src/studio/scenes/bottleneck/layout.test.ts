import { expect, test } from "vitest";
import { chartLayout, wordLines } from "./layout.ts";

const lengths = [
  { from: 1, to: 5, bleu: [30, 20], sentences: [10, 10] },
  { from: 6, to: 10, bleu: [28, null], sentences: [10, 0] },
  { from: 11, to: null, bleu: [25, 5], sentences: [3, 3] },
];

test.each([280, 390, 1600])("at a width of %d the points lie inside the chart", (width) => {
  const { left, right, top, ground, lines, middles, height } = chartLayout(lengths, 2, 2, width);
  expect(lines.map((line) => line.map((point) => point !== null))).toEqual([
    [true, true, true],
    [true, false, true],
  ]);
  for (const point of lines.flat()) {
    if (!point) continue;
    expect(point[0]).toBeGreaterThan(left);
    expect(point[0]).toBeLessThan(right);
    expect(point[1]).toBeGreaterThanOrEqual(top);
    expect(point[1]).toBeLessThanOrEqual(ground);
  }
  expect(middles).toEqual([...middles].sort((one, other) => one - other));
  expect(height).toBeGreaterThan(ground);
});

test("a higher score lies higher", () => {
  const [first] = chartLayout(lengths, 2, 2, 800).lines;
  const [a, b, c] = first?.map((point) => point?.[1] ?? 0) ?? [];
  expect((a as number) < (b as number) && (b as number) < (c as number)).toBe(true);
});

test("words go on in the next line where they do not fit, and never beyond the edge", () => {
  const words = Array.from({ length: 40 }, (_, index) => "word".repeat(1 + (index % 3)));
  const { words: placed, height } = wordLines([...words, "x".repeat(300)], 360, 40);
  expect(height).toBeGreaterThan(200);
  for (const { x, width } of placed) {
    expect(x - width / 2).toBeGreaterThanOrEqual(0);
    expect(x + width / 2).toBeLessThanOrEqual(360);
  }
  expect(wordLines([], 360, 40).height).toBe(0);
});
