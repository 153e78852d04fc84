import { describe, expect, test } from "vitest";
import { parseDictionary, rowOf } from "./cmudict.ts";
import { withoutHeldWords } from "./pronunciation.ts";
import { splitBy } from "./tables.ts";

const module = `/** @type {{ [word: string]: string }} */
export const dictionary = {
  "data": "D EY1 T AH0",
  "data(2)": "D AE1 T AH0",
  "data(3)": "D AE2 T AH1",
  "d'artagnan": "D AH0 R T AE1 NG Y AH0 N # foreign french",
  "o.k.": "OW1 K EY1",
  "3d": "TH R IY1 D IY1"
}
`;

describe("the dictionary of the package", () => {
  const entries = parseDictionary(module, "index.js");
  test("gives words with all their pronunciations, without stress and remarks, each once", () => {
    expect(entries).toEqual([
      { word: "data", phonemes: "D EY T AH" },
      { word: "data", phonemes: "D AE T AH" },
      { word: "d'artagnan", phonemes: "D AH R T AE NG Y AH N" },
      { word: "o.k.", phonemes: "OW K EY" },
    ]);
  });
  test("becomes letters and phonemes with spaces between", () => {
    expect(entries.map(rowOf)[3]).toEqual(["o . k .", "OW K EY"]);
  });
  test("in another form is refused by its path", () => {
    expect(() => parseDictionary("module.exports = 1", "a/index.js")).toThrow(
      /^a\/index\.js has an unexpected format/,
    );
  });
});

test("all pronunciations of a word are in the same part", () => {
  const entries = Array.from({ length: 500 }, (_, index) =>
    ["A", "B"].map((phonemes) => ({ word: `word${index}`, phonemes })),
  ).flat();
  const split = splitBy(entries, ({ word }) => word, { dev: 0.1, test: 0.1 });
  const words = Object.values(split).map((part) => new Set(part.map(({ word }) => word)));
  expect(words.map(({ size }) => size).reduce((sum, size) => sum + size)).toBe(500);
  for (const { size } of words) expect(size).toBeGreaterThan(20);
  expect(split.dev.length).toBe(2 * new Set(split.dev.map(({ word }) => word)).size);
});

test("other pronunciations of dev's words are right answers, and not in train", () => {
  const [data, other, dates] = [
    { word: "data", phonemes: "D AE T AH" },
    { word: "data", phonemes: "D EY T AH" },
    { word: "dates", phonemes: "D EY T S" },
  ] as const;
  expect(withoutHeldWords([other, dates], [data])).toEqual({
    train: [dates],
    dev: [data],
    devAll: [data, other],
  });
});
