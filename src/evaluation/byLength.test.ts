import { expect, test } from "vitest";
import { corpusBleu } from "./bleu.ts";
import type { LengthOptions } from "./byLength.ts";
import {
  bleuByLength,
  defaultLengthRanges,
  lengthRangeText,
  lengthTable,
  parseLengthRanges,
} from "./byLength.ts";

const sources = ["un", "deux mots", "trois  petits mots", "quatre mots sont ici", ""];
const hypotheses = ["one", "two words", "three small words", "four words are there", ""];
const references = ["one", "two words", "three little words", "four words are here", ""];

test("ranges are read as they are written", () => {
  expect(parseLengthRanges("1-5, 6,7+")).toEqual([
    { from: 1, to: 5 },
    { from: 6, to: 6 },
    { from: 7, to: null },
  ]);
  expect(parseLengthRanges(defaultLengthRanges).map(lengthRangeText).join(",")).toBe(
    defaultLengthRanges,
  );
});

test.each([
  ["", /"" is not a range; write ranges as 1-5,6-10/],
  ["1-5,,6", /"" is not a range/],
  ["1–5", /"1–5" is not a range/],
  ["0-5", /lengths start at 1/],
  ["5-1", /"5-1" ends before it begins/],
  ["1-5,5-10", /"5-10" does not follow the previous range/],
  ["1+,7-9", /"7-9" does not follow the previous range/],
])("ranges %o are refused", (typed, message) => {
  expect(() => parseLengthRanges(typed)).toThrow(message);
});

test("the score of a range is that of the corpus of its sentences", () => {
  const scores = bleuByLength(sources, hypotheses, [references], {
    ranges: parseLengthRanges("1-2,3+"),
  });
  expect(scores).toEqual([
    {
      from: 1,
      to: 2,
      sentences: 2,
      bleu: corpusBleu(hypotheses.slice(0, 2), [references.slice(0, 2)]).score,
    },
    {
      from: 3,
      to: null,
      sentences: 2,
      bleu: corpusBleu(hypotheses.slice(2, 4), [references.slice(2, 4)]).score,
    },
  ]);
});

test("one range over all lengths has the score of the whole", () => {
  const [all] = bleuByLength(sources, hypotheses, [references], {
    ranges: parseLengthRanges("1+"),
  });
  expect(all?.bleu).toBeCloseTo(
    corpusBleu(hypotheses.slice(0, 4), [references.slice(0, 4)]).score,
    10,
  );
});

test("a range without sentences has no score", () => {
  expect(
    bleuByLength(sources, hypotheses, [references], { ranges: parseLengthRanges("9-12") }),
  ).toEqual([{ from: 9, to: 12, sentences: 0, bleu: null }]);
});

test("options of BLEU reach every range", () => {
  const options = { ranges: [{ from: 1, to: null }], lowercase: true };
  const [score] = bleuByLength(["a b c d e"], ["A B C D E"], [["a b c d e"]], options);
  expect(score?.bleu).toBeCloseTo(100, 10);
});

test("the length of a source without spaces can be counted in characters", () => {
  const ranges = parseLengthRanges("1-4,5+");
  const counts = (options: Omit<LengthOptions, "ranges">) =>
    bleuByLength(["一二三四五。", "一二"], ["a", "b"], [["a", "b"]], { ...options, ranges }).map(
      ({ sentences }) => sentences,
    );
  expect(counts({})).toEqual([2, 0]);
  expect(counts({ sourceUnit: "characters" })).toEqual([1, 1]);
  expect(lengthTable([], "characters")).toMatch(/^source characters {2}sentences {4}BLEU$/);
});

test("the table names each range", () => {
  const scores = bleuByLength(sources, hypotheses, [references], {
    ranges: parseLengthRanges("3-4,5+"),
  });
  expect(lengthTable(scores).split("\n")).toEqual([
    "source words  sentences    BLEU",
    expect.stringMatching(/^3-4 {19}2 +\d+\.\d\d$/),
    "5+                    0       -",
  ]);
});
