import { expect, test } from "vitest";
import type { SearchValues } from "../decoding/options.ts";
import { checkWeights, searchedTokens } from "./budget.ts";
import { limits } from "./requests.ts";

test("a text costs its longest translation, times the beam", () => {
  expect(searchedTokens(["abc", ""], { beam: 5 })).toEqual([80, 50]);
  expect(searchedTokens(["abc", "d"], { beam: 5, maxLength: 7 })).toEqual([35, 35]);
  expect(searchedTokens(["👍👍"], { beam: 1 })).toEqual([14]);
});

test("the longest text and the most tokens may be had with the beam that is usual", () => {
  const text = "a".repeat(limits.text);
  expect(() => searchedTokens([text], { beam: 5 })).not.toThrow();
  expect(() => searchedTokens([text], { beam: 5, maxLength: limits.tokens })).not.toThrow();
});

test.each<[texts: string[], options: SearchValues, says: string]>([
  [
    ["a"],
    { beam: 20, maxLength: 4000 },
    "beam × maxLength is 20 × 4,000 = 80,000, and 25,000 are allowed for a text; give a smaller beam, nBest or maxLength.",
  ],
  [
    ["a".repeat(2000)],
    { beam: 20 },
    "beam × maxLength is 20 × 4,010 (2 × 2,000 characters + 10, as it is not given) = 80,200, and 25,000 are allowed for a text; give a smaller beam, nBest or maxLength.",
  ],
  [
    ["a"],
    { beam: 20, minLength: 3000 },
    "beam × maxLength is 20 × 3,000 (as minLength is) = 60,000, and 25,000 are allowed for a text; give a smaller beam, nBest or maxLength.",
  ],
  [
    Array(100).fill("a"),
    { beam: 5, maxLength: 1001 },
    "texts × beam × maxLength, 100 × 5 × 1,001, is 500,500, and 500,000 are allowed for a request; send fewer texts at a time, or give a smaller beam, nBest or maxLength.",
  ],
  [
    Array(100).fill("a".repeat(500)),
    { beam: 5 },
    "beam × (2 × characters + 10), summed over the texts, is 505,000, and 500,000 are allowed for a request; send fewer texts at a time, or give a smaller beam, nBest or maxLength.",
  ],
])(
  "what is too much is refused with the product, the bound and what to lower",
  (texts, options, says) => {
    expect(() => searchedTokens(texts, options)).toThrow(
      expect.objectContaining({ status: 413, message: says }),
    );
  },
);

test("an answer holds so many weights of attention", () => {
  expect(() => checkWeights(limits.weights)).not.toThrow();
  expect(() => checkWeights(limits.weights + 1)).toThrow(
    /^attention: .* 5,000,000 weights.* leave/,
  );
});
