import { describe, expect, test } from "vitest";
import { columnsOf, inPlace, padColumnsEnd, padColumnsStart } from "./columns.ts";

describe("columns of a terminal", () => {
  test.each([
    ["", 0],
    ["ab", 2],
    ["中文", 4],
    ["한국", 4],
    ["ｱｲ", 2],
    ["é", 1],
    ["e\u0301", 1],
    ["नमस्ते", 4],
    ["ก็ดี", 2],
    ["שָׁלוֹם", 4],
    ["مَرْحَبًا", 5],
    ["👍🏽", 2],
    ["👩\u200d👩\u200d👧", 2],
    ["🇫🇷", 2],
    ["a\u200b\u200db", 2],
  ])("%s takes %i", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
  test("are filled with spaces on either side, and never cut", () => {
    expect(padColumnsEnd("नमस्ते", 6)).toBe("नमस्ते  ");
    expect(padColumnsStart("中", 4)).toBe("  中");
    expect(padColumnsStart("中文", 3)).toBe("中文");
  });
});

test("a word that is written from right to left is kept in its place by marks that take no column", () => {
  expect(inPlace("שלום")).toBe("\u200eשלום\u200e");
  expect(columnsOf(inPlace("שלום"))).toBe(4);
  expect(inPlace("hello नमस्ते 中文")).toBe("hello नमस्ते 中文");
});
