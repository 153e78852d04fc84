import { expect, test } from "vitest";
import {
  characterErrorRate,
  editDistance,
  exactMatchAccuracy,
  wordErrorRate,
} from "./editDistance.ts";

test.each([
  ["kitten", "sitting", 3],
  ["intention", "execution", 5],
  ["", "abc", 3],
  ["abc", "", 3],
  ["same", "same", 0],
])("from %s to %s it takes %d edits", (first, second, edits) => {
  expect(editDistance([...first], [...second])).toBe(edits);
});

test("the word error rate is edits over words of the references", () => {
  expect(wordErrorRate(["the cat sat", "yes"], [["the cat sat down", "no"]])).toBeCloseTo(
    2 / 5,
    12,
  );
  expect(wordErrorRate(["a b c"], [["x"]])).toBe(3);
  expect(wordErrorRate(["AH  B AW1 T"], [["AH B AW1 T"]])).toBe(0);
});

test("of several pronunciations the closest counts", () => {
  const references = [
    ["T AH M EY T OW", "D OW"],
    ["T AH M AA T OW", undefined],
  ];
  expect(wordErrorRate(["T AH M AA T AH", "D OW"], references)).toBeCloseTo(1 / 8, 12);
});

test("the character error rate counts spaces and whole code points", () => {
  expect(characterErrorRate(["1987-03-03"], [["1987-03-13"]])).toBeCloseTo(1 / 10, 12);
  expect(characterErrorRate(["ab"], [["a b"]])).toBeCloseTo(1 / 3, 12);
  expect(characterErrorRate(["😀"], [["😁"]])).toBe(1);
});

test("accuracy is the share of answers that are right to the letter", () => {
  expect(exactMatchAccuracy(["1987-03-03", "1987-03-04"], [["1987-03-03", "1987-03-05"]])).toBe(
    0.5,
  );
  expect(exactMatchAccuracy(["b"], [["a"], ["b"]])).toBe(1);
});

test("of texts without spaces, the word error rate can be one of characters", () => {
  expect(wordErrorRate(["一二三四五"], [["一二三四九"]])).toBe(1);
  expect(wordErrorRate(["一二三四五"], [["一二三四九"]], "characters")).toBeCloseTo(1 / 5, 12);
  expect(wordErrorRate(["用Pyton写 。"], [["用Python写。"]], "characters")).toBeCloseTo(1 / 4, 12);
});
