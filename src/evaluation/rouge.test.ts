import { expect, test } from "vitest";
import { corpusRouge, longestCommonSubsequence, sentenceRouge } from "./rouge.ts";

test("scores are those that rouge_score's own example has", () => {
  const reference = "The quick brown fox jumps over the lazy dog";
  const { rouge1, rougeL } = sentenceRouge("The quick brown dog jumps on the log.", [reference]);
  // rouge_score: precision 0.75, recall 0.6667; and 0.625, 0.5556.
  expect(rouge1).toBeCloseTo(0.7058823529411765, 12);
  expect(rougeL).toBeCloseTo(0.5882352941176471, 12);
});

test("the examples of Lin's section 3.1 are ranked as there", () => {
  const reference = ["police killed the gunman"];
  const second = sentenceRouge("police kill the gunman", reference);
  const third = sentenceRouge("the gunman kill police", reference);
  const fourth = sentenceRouge("the gunman police killed", reference);
  expect([second.rougeL, third.rougeL, fourth.rougeL]).toEqual([3 / 4, 2 / 4, 2 / 4]);
  expect([second.rouge2, third.rouge2]).toEqual([1 / 3, 1 / 3]);
});

test("words count as often as both sides have them", () => {
  const { rouge1, rouge2 } = sentenceRouge("the the the cat", ["the cat the mat"]);
  expect(rouge1).toBeCloseTo((2 * 3) / (4 + 4), 12);
  expect(rouge2).toBeCloseTo((2 * 1) / (3 + 3), 12);
});

test("each score takes the reference that it is best with, and a corpus the mean", () => {
  const references = [
    ["a b c d", "x"],
    ["d c b a", undefined],
  ];
  const { rouge1, rouge2, rougeL } = corpusRouge(["a b", "y"], references);
  expect(rouge1).toBeCloseTo(((2 * 2) / (2 + 4) + 0) / 2, 12);
  expect(rouge2).toBeCloseTo((2 * 1) / (1 + 3) / 2, 12);
  expect(rougeL).toBeCloseTo((2 * 2) / (2 + 4) / 2, 12);
});

test("capital letters and punctuation make no difference, and accents do", () => {
  expect(sentenceRouge("Déjà, vu!", ["déjà vu"]).rouge1).toBe(1);
  expect(sentenceRouge("deja vu", ["déjà vu"]).rouge1).toBe(0.5);
});

test("nothing has nothing in common with anything", () => {
  expect(sentenceRouge("", ["a"])).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
});

test.each([
  ["abcbdab", "bdcaba", 4],
  ["", "a", 0],
  ["abc", "abc", 3],
  ["abc", "cba", 1],
])("%s and %s have %d letters in common in order", (first, second, length) => {
  expect(longestCommonSubsequence([...first], [...second])).toBe(length);
});

test("of texts without spaces, characters count, and words of other scripts stay whole", () => {
  const unit = { unit: "characters" } as const;
  const references = [["一二三四九", "我用Python。"]];
  expect(corpusRouge(["一二三四五", "我用Perl！"], references).rouge1).toBe(0);
  const { rouge1, rouge2, rougeL } = corpusRouge(["一二三四五", "我用Perl！"], references, unit);
  expect(rouge1).toBeCloseTo((4 / 5 + 2 / 3) / 2, 12);
  expect(rouge2).toBeCloseTo((3 / 4 + 1 / 2) / 2, 12);
  expect(rougeL).toBe(rouge1);
  expect(sentenceRouge("a b", ["a c"], unit)).toEqual(sentenceRouge("a b", ["a c"]));
});
