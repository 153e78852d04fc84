import { describe, expect, test } from "vitest";
import { barOf, candidateLayout, rankTicks, sampledRanks } from "./layout.ts";

describe("the table of candidates", () => {
  test.each([280, 390, 640, 1042])("fits a page %i pixels wide", (width) => {
    const layout = candidateLayout(["▁student", "▁internationalisation"], 12, true, width);
    const { word, logit, share, percent, late, others, height } = layout;
    expect(word.x + word.width).toBeLessThan(logit.x);
    expect(share.x).toBeGreaterThanOrEqual(logit.x + logit.width);
    expect(share.width).toBeGreaterThan(40);
    expect(share.x + share.width).toBeLessThan(percent);
    expect(late).toBeGreaterThan(layout.rows.at(-1) as number);
    expect(others + layout.rowHeight).toBeLessThan(height);
  });
});

test("bars begin at zero, to the left for what is below it", () => {
  const room = { x: 100, width: 60 };
  expect(barOf(4, -2, 4, room)).toEqual({ x: 120, width: 40 });
  expect(barOf(-2, -2, 4, room)).toEqual({ x: 100, width: 20 });
  expect(barOf(5, 3, 10, room)).toEqual({ x: 100, width: 30 });
});

test("a logarithmic axis has the first ranks and the last one", () => {
  const ranks = sampledRanks(8000);
  expect(ranks.slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(ranks.at(-1)).toBe(8000);
  expect(rankTicks(8000)).toEqual([1, 10, 100, 1000, 8000]);
  expect(rankTicks(20)).toEqual([1, 20]);
});
