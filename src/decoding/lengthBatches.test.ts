import { expect, test } from "vitest";
import { lengthBatches } from "./lengthBatches.ts";

test("batches hold neighbouring lengths, each item once", () => {
  expect(lengthBatches([3, 9, 3, 8, 1], { size: 2, tokens: 100 })).toEqual([[1, 3], [0, 2], [4]]);
});

test("long sentences make small batches, and one too long is alone", () => {
  expect(lengthBatches([50, 6, 5, 4], { size: 9, tokens: 12 })).toEqual([[0], [1, 2], [3]]);
  expect(lengthBatches([], { size: 2, tokens: 100 })).toEqual([]);
});
