import { expect, test } from "vitest";
import { perplexity } from "./perplexity.ts";

test("a model that guesses blindly among 32 tokens has perplexity 32", () => {
  expect(perplexity(10 * Math.log(1 / 32), 10)).toBeCloseTo(32, 10);
});

test("a model that is certain and right has perplexity 1", () => {
  expect(perplexity(0, 7)).toBe(1);
});

test("there is none of no tokens", () => {
  expect(() => perplexity(0, 0)).toThrow(RangeError);
});
