import { expect, test } from "vitest";
import { fixed, withoutTrailingWhitespace, wordsOf } from "./text.ts";

test("words are parted where Python parts them, and not at a byte order mark", () => {
  expect(wordsOf(" a\tb\u3000c\u001cd\u0085e\n")).toEqual(["a", "b", "c", "d", "e"]);
  expect(wordsOf("a\ufeffb")).toEqual(["a\ufeffb"]);
  expect(wordsOf("  ")).toEqual([]);
  expect(withoutTrailingWhitespace(" a b \u001f\n")).toBe(" a b");
});

test.each([
  [6.25, 1, "6.2"],
  [6.75, 1, "6.8"],
  [0.0625, 3, "0.062"],
  [1.0625, 3, "1.062"],
  [2.675, 2, "2.67"], // not a tie: the number is below 2.675
  [48.530827, 2, "48.53"],
  [0, 3, "0.000"],
  [100, 1, "100.0"],
])("%d is printed with %d decimals as %s, ties to even", (value, decimals, text) => {
  expect(fixed(value, decimals)).toBe(text);
});
