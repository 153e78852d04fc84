import { expect, test } from "vitest";
import { csvOfObjects, csvText } from "./csvText.ts";

test("cells with commas, quotes and line breaks are quoted, and nothing is an empty cell", () => {
  expect(
    csvText([
      ["a,b", 'say "x"', "two\nlines"],
      [1.5, null, undefined],
    ]),
  ).toBe('"a,b","say ""x""","two\nlines"\n1.5,,\n');
});

test("objects have a column for each key that one of them has", () => {
  expect(
    csvOfObjects([
      { step: 1, bleu: null },
      { step: 2, isBest: true },
    ]),
  ).toBe("step,bleu,isBest\n1,,\n2,,true\n");
});
