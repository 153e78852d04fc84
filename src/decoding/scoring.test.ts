import { expect, test } from "vitest";
import { searchDefaults } from "./options.ts";
import { coveragePenalty, lengthPenalty } from "./scoring.ts";

test("the length penalty is GNMT's unless another is asked for", () => {
  expect(lengthPenalty(7)).toBe(2);
  expect(lengthPenalty(1, { ...searchDefaults, lengthPenalty: 0.6 })).toBe(1);
  expect(lengthPenalty(7, { ...searchDefaults, lengthPenalty: 0.5 })).toBeCloseTo(Math.SQRT2, 12);
  expect(lengthPenalty(7, { ...searchDefaults, lengthPenalty: 0 })).toBe(1);
  expect(lengthPenalty(7, { ...searchDefaults, lengthNormalization: "average" })).toBe(7);
  expect(lengthPenalty(7, { ...searchDefaults, lengthNormalization: "none" })).toBe(1);
});

test("the coverage penalty counts what source tokens lack of an attention of 1", () => {
  const attention = [
    [0.5, 0.25, 0.25],
    [0.75, 0, 0.25],
  ];
  // Sums of 1.25, 0.25 and 0.5, of which the first counts as 1.
  expect(coveragePenalty(attention)).toBeCloseTo(Math.log(0.25) + Math.log(0.5), 12);
  expect(coveragePenalty([[1, 0]])).toBeCloseTo(Math.log(1e-10), 12);
});
