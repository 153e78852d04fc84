import { expect, test } from "vitest";
import { checkPairLength, checkSourceLength, usualMaximum } from "./lengthLimits.ts";

test("a translation has usually at most twice the source's tokens and 10, or what is needed", () => {
  expect(usualMaximum(0, 0)).toBe(10);
  expect(usualMaximum(7, 0)).toBe(24);
  expect(usualMaximum(7, 100)).toBe(100);
  expect(usualMaximum(7, 0, 50)).toBe(60);
  expect(usualMaximum(10_000, 0)).toBe(20_010);
});

test("a document's translation has as many as its attention has room for", () => {
  expect(150_000 * usualMaximum(150_000, 0)).toBeLessThanOrEqual(2 ** 28);
  expect(usualMaximum(150_000, 5000)).toBe(5000);
});

test("what is too long is told in a sentence", () => {
  expect(() => checkSourceLength(150_000)).not.toThrow();
  expect(() => checkSourceLength(2_000_000)).toThrow(
    "A sentence has 2000000 tokens, of which at most 1048576 can be translated at once; put a line break after each sentence.",
  );
  expect(() => checkPairLength(5000, 5000)).not.toThrow();
  expect(() => checkPairLength(150_000, 150_000)).toThrow(
    /A pair has 150000 tokens in its source and 150000 in its target, which is too long/,
  );
});
