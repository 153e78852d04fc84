import { expect, test } from "vitest";
import { normalizeText, splitWords } from "./normalize.ts";

test("runs of any white space become one space, and none is left at the ends", () => {
  expect(normalizeText(" \tle\u00a0\u2003chat \n dort\r\n")).toBe("le chat dort");
});

test("the byte order mark and the mark of a space inside tokens count as white space", () => {
  expect(normalizeText("\uFEFFle\u2581chat")).toBe("le chat");
});

test("letters and their accents are composed", () => {
  expect(normalizeText("e\u0301te\u0301")).toBe("\u00e9t\u00e9");
});

test("capital letters stay unless asked otherwise", () => {
  expect(normalizeText("Le Chat")).toBe("Le Chat");
  expect(normalizeText("Le Chat", { lowercase: true })).toBe("le chat");
  expect(normalizeText("\u00c9T\u00c9", { lowercase: true })).toBe("\u00e9t\u00e9");
});

test("each letter becomes small by itself, as other tools do it: Σ is σ at the end of a word too", () => {
  expect(normalizeText("ΟΔΟΣ ΣΑΣ", { lowercase: true })).toBe("οδοσ σασ");
  expect(normalizeText("οδος İI", { lowercase: true })).toBe("οδος i\u0307i");
});

test("half of a surrogate pair becomes the mark of what is not known, as it has no bytes in UTF-8", () => {
  expect(normalizeText("a\ud83db \ude00 \u{1F600}")).toBe("a\ufffdb \ufffd \u{1F600}");
});

test("what Unicode composes since version 10 stays as it is, and what is around it is composed", () => {
  expect(normalizeText("e\u0301\u{105d2}\u0307e\u0301")).toBe("\u00e9\u{105d2}\u0307\u00e9");
  expect(normalizeText("x\u0301\u089a")).toBe("x\u0301\u089a");
});

test("normalising twice changes nothing more", () => {
  const once = normalizeText(" I\u0307stanbul \u2581 A\u030a  ", { lowercase: true });
  expect(normalizeText(once, { lowercase: true })).toBe(once);
});

test("white space alone is the empty text, which has no words", () => {
  expect(normalizeText(" \n\u3000")).toBe("");
  expect(splitWords(" \n\u3000")).toEqual([]);
});

test("words are whatever stands between white space, as it is spelled", () => {
  expect(splitWords(" L'\u00c9t\u00e9,  enfin!")).toEqual(["L'\u00c9t\u00e9,", "enfin!"]);
});
