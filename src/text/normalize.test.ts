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
  expect(normalizeText("\u00c9T\u00c9 \u039f\u0394\u039f\u03a3", { lowercase: true })).toBe(
    "\u00e9t\u00e9 \u03bf\u03b4\u03bf\u03c2",
  );
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
