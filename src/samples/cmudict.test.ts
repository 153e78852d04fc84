import { expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { dictionaryEntries, inPhoneticAlphabet, pronunciationTable } from "./cmudict.ts";

const module = `export const dictionary = {
  "data": "D EY1 T AH0",
  "data(2)": "D AE1 T AH0",
  "d'artagnan": "D AH0 R T AE1 NG Y AH0 N # foreign french",
  "3d": "TH R IY1 D IY1"
}
`;

test("the dictionary's words come with all their pronunciations, without remarks", () => {
  expect(dictionaryEntries(module, "index.js")).toEqual([
    { word: "data", phonemes: "D EY1 T AH0" },
    { word: "data", phonemes: "D AE1 T AH0" },
    { word: "d'artagnan", phonemes: "D AH0 R T AE1 NG Y AH0 N" },
  ]);
});

test("a module of another form is refused by its path", () => {
  expect(() => dictionaryEntries("module.exports = 1", "a/index.js")).toThrow(
    /^a\/index\.js has an unexpected format/,
  );
});

test.each([
  ["D EY1 T AH0", "deɪtə"],
  ["B AH1 T ER0", "bʌtɚ"],
  ["CH ER1 CH", "tʃɚtʃ"],
  ["S IH1 NG IH0 NG", "sɪŋɪŋ"],
])("%s is written %s", (phonemes, expected) => {
  expect(inPhoneticAlphabet(phonemes)).toBe(expected);
});

test("what is no phoneme is refused", () => {
  expect(() => inPhoneticAlphabet("D XX1")).toThrow(UserError);
});

test("a table has the first pronunciation of each word that the dictionary knows", () => {
  expect(pronunciationTable(["data", "unknown", "d'artagnan", "data"], module, "index.js")).toBe(
    "data\tdeɪtə\n",
  );
});
