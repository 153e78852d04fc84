import { expect, test } from "vitest";
import { byFrequency, countWords, mergeWordCounts, type WordCounts } from "./wordCounts.ts";

function counted(...texts: string[]): WordCounts {
  const counts: WordCounts = new Map();
  for (const text of texts) countWords(counts, text);
  return counts;
}

test("each word is counted, and the empty text has none", () => {
  expect(counted("a b a", "", "b a")).toEqual(
    new Map([
      ["a", 3],
      ["b", 2],
    ]),
  );
});

test("words are named from the most frequent on, equal ones by their spelling", () => {
  expect(byFrequency(counted("b c a c")).map(([word]) => word)).toEqual(["c", "a", "b"]);
});

test("counts of two languages are added up", () => {
  expect(mergeWordCounts(counted("a b"), counted("b c")).get("b")).toBe(2);
});

test("when there are too many different words, the rarest are forgotten", () => {
  const counts: WordCounts = new Map();
  for (let index = 0; index < 1000; index++) countWords(counts, `often w${index}`, 100);
  expect(counts.size).toBeLessThanOrEqual(100);
  expect(counts.get("often")).toBe(1000);
});
