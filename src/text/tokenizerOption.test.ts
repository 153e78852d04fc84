import { expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { parseTokenizerOption } from "./tokenizerOption.ts";

test.each([
  ["char", { kind: "char" }],
  ["bpe:8000", { kind: "bpe", size: 8000 }],
  ["word:20000", { kind: "word", size: 20000 }],
  ["word:20000:split", { kind: "word", size: 20000, splitPunctuation: true }],
])("%s is understood", (option, settings) => {
  expect(parseTokenizerOption(option)).toEqual(settings);
});

test.each(["bpe", "bpe:", "words:10", "char:5", "bpe:80:split", "bpe:-3", ""])(
  "'%s' is refused with what may be written instead",
  (option) => {
    expect(() => parseTokenizerOption(option)).toThrow(UserError);
    expect(() => parseTokenizerOption(option)).toThrow("write bpe:8000, word:8000");
  },
);

test("a vocabulary must have a sensible size", () => {
  expect(() => parseTokenizerOption("bpe:3")).toThrow(
    "give a vocabulary of 16 to 1,000,000 tokens",
  );
});
