import { describe, expect, test } from "vitest";
import { directionOf, isolated } from "./direction.ts";

describe("the direction of a text is that of its first letter", () => {
  test.each([
    ["Hebrew", "שלום עולם."],
    ["Hebrew with points", "שָׁלוֹם"],
    ["presentation forms of Hebrew", "שׁ"],
    ["Arabic", "مرحبا بالعالم"],
    ["ligatures of Arabic", "ﷲ ﻻ"],
    ["Persian", "سلام دنیا"],
    ["Urdu", "ہیلو"],
    ["Syriac", "ܫܠܡܐ"],
    ["Thaana", "ދިވެހި"],
    ["N'Ko", "ߒߞߏ"],
    ["Adlam", "𞤀𞤣𞤤𞤢𞤥"],
    ["a word behind marks and digits", "3. «(שלום) ok"],
    ["a word behind the mark of a space", "▁שלום"],
    ["a mark that says so", "\u200F..."],
  ])("%s runs from right to left", (_name, text) => {
    expect(directionOf(text)).toBe("rtl");
  });

  test.each([
    ["French", "Été"],
    ["Chinese", "你好"],
    ["Hindi", "नमस्ते"],
    ["a name before Hebrew", "PyTorch הוא"],
    ["nothing", ""],
    ["digits alone", "123 ١٢٣"],
    ["a special token", "</s>"],
    ["the replacement character", "\uFFFD"],
    ["the byte order mark", "\uFEFF."],
    ["a sentence that begins with a word set apart", `“${isolated("שלום")}” is written`],
  ])("%s does not", (_name, text) => {
    expect(directionOf(text)).toBe("ltr");
  });
});

test("only words from right to left are set apart", () => {
  expect(isolated("שלום")).toBe("\u2068שלום\u2069");
  expect(isolated("a שלום")).toBe("\u2068a שלום\u2069");
  expect(isolated("bonjour")).toBe("bonjour");
});
