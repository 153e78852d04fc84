import { expect, test } from "vitest";
import { checkWeights, searchedTokens } from "./budget.ts";
import { limits } from "./requests.ts";

test("a text costs its longest translation, times the beam", () => {
  expect(searchedTokens(["abc", ""], 5, undefined)).toEqual([80, 50]);
  expect(searchedTokens(["abc", "d"], 5, 7)).toEqual([35, 35]);
  expect(searchedTokens(["👍👍"], 1, undefined)).toEqual([14]);
});

test("the longest text and the most tokens may be had with the beam that is usual", () => {
  const text = "a".repeat(limits.text);
  expect(() => searchedTokens([text], 5, undefined)).not.toThrow();
  expect(() => searchedTokens([text], 5, limits.tokens)).not.toThrow();
});

test.each<[texts: string[], beam: number, maxLength: number | undefined, says: string]>([
  [
    ["a"],
    20,
    4000,
    "beam × maxLength is 20 × 4,000 = 80,000, and 25,000 are allowed for a text; give a smaller beam, nBest or maxLength.",
  ],
  [
    ["a".repeat(2000)],
    20,
    undefined,
    "beam × maxLength is 20 × 4,010 (2 × 2,000 characters + 10, as it is not given) = 80,200, and 25,000 are allowed for a text; give a smaller beam, nBest or maxLength.",
  ],
  [
    Array(100).fill("a"),
    5,
    1001,
    "texts × beam × maxLength, 100 × 5 × 1,001, is 500,500, and 500,000 are allowed for a request; send fewer texts at a time, or give a smaller beam, nBest or maxLength.",
  ],
  [
    Array(100).fill("a".repeat(500)),
    5,
    undefined,
    "beam × (2 × characters + 10), summed over the texts, is 505,000, and 500,000 are allowed for a request; send fewer texts at a time, or give a smaller beam, nBest or maxLength.",
  ],
])(
  "what is too much is refused with the product, the bound and what to lower",
  (texts, beam, maxLength, says) => {
    expect(() => searchedTokens(texts, beam, maxLength)).toThrow(
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
