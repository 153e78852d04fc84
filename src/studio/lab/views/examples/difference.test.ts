import { expect, test } from "vitest";
import { type Fit, fitted, inRuns, rightTokens, unitFor, unitsOf } from "./difference.ts";

const letters = (text: string): string[] => unitsOf(text, "letter");
const fits = (output: string, right: string): Fit[] =>
  fitted(letters(output), letters(right)).map(({ fit }) => fit);

test("a right output is right in every letter", () => {
  expect(fits("olleh", "olleh")).toEqual(Array(5).fill("right"));
});

test.each([
  ["another letter", "olxeh", ["right", "right", "wrong", "right", "right"]],
  ["a letter too many", "ollleh", ["right", "extra", "right", "right", "right", "right"]],
  ["a missing letter", "oleh", ["right", "missing", "right", "right", "right"]],
  ["no output", "", Array(5).fill("missing")],
] as const)("%s is found", (_, output, expected) => {
  const found = fits(output, "olleh");
  expect([...found].sort()).toEqual([...expected].sort());
  const changes = (list: readonly string[]): number => list.filter((fit) => fit !== "right").length;
  expect(changes(found)).toBe(changes(expected));
});

test("the parts give both texts back", () => {
  const parts = fitted(letters("kitten sat"), letters("sitting cat"));
  expect(parts.map(({ text }) => text).join("")).toBe("kitten sat");
  expect(parts.map(({ wanted }) => wanted).join("")).toBe("sitting cat");
  expect(parts.filter(({ fit }) => fit !== "right")).toHaveLength(4);
});

test("words are compared whole, whatever space follows", () => {
  const parts = fitted(unitsOf("K AE1 T", "word"), unitsOf("K AE1 T S", "word"));
  expect(parts.map(({ fit }) => fit)).toEqual(["right", "right", "right", "missing"]);
});

test("letters are what a reader sees as one", () => {
  expect(unitsOf("a👩‍👩‍👧é", "letter")).toEqual(["a", "👩‍👩‍👧", "é"]);
});

test("neighbours that are equally right are one piece", () => {
  const runs = inRuns(fitted(letters("abxxc"), letters("abyyc")));
  expect(runs.map(({ fit, text }) => [fit, text])).toEqual([
    ["right", "ab"],
    ["wrong", "xx"],
    ["right", "c"],
  ]);
});

test("tokens of letters, pieces and words are right if all their letters are", () => {
  expect(rightTokens([..."olxeh"], "olleh").tokens).toEqual([true, true, false, true, true]);
  expect(rightTokens(["▁thirty", "▁f", "our"], "thirty five").tokens).toEqual([true, true, false]);
  expect(rightTokens(["thirty", "four"], "thirty four")).toEqual({
    tokens: [true, true],
    end: true,
  });
  expect(rightTokens(["1", "9", " ", "<unk>"], "19 7").tokens).toEqual([true, true, true, false]);
});

test("an output that stops too early ends wrongly", () => {
  expect(rightTokens([..."19"], "195").end).toBe(false);
  expect(rightTokens([..."195"], "195").end).toBe(true);
  expect(rightTokens([], "")).toEqual({ tokens: [], end: true });
});

test("sentences are compared word by word, and single words letter by letter", () => {
  expect(unitFor(["go on", "come", "come here"])).toBe("word");
  expect(unitFor(["K AE1 T"])).toBe("word");
  expect(unitFor(["gnidaer", "1987-03-03", "ice cream"])).toBe("letter");
  expect(unitFor(["你好。", "再见。"])).toBe("letter");
  expect(unitFor([])).toBe("letter");
});
