import { expect, test } from "vitest";
import { mostPhrases, ownPhrases, phrasesForAddress, phrasesOf } from "./ownPhrases.svelte.ts";

test("a text has a phrase a line, none twice, and none too long", () => {
  expect(phrasesOf("  le  matin \n\nle soir\r\nle matin\n \t")).toEqual(["le matin", "le soir"]);
  expect(phrasesOf("a".repeat(500))[0]).toHaveLength(200);
  expect(phrasesOf(" \n ")).toEqual([]);
});

test("an address carries short phrases, and leaves long ones out", () => {
  expect(phrasesForAddress(["le matin", "le soir"])).toEqual(["le matin", "le soir"]);
  expect(phrasesForAddress(Array.from({ length: 10 }, () => "a".repeat(50)))).toEqual([]);
});

test("only so many are taken, and how many were given is known", () => {
  ownPhrases.set(Array.from({ length: 50 }, (_, at) => `phrase ${at}`));
  expect([ownPhrases.list.length, ownPhrases.given]).toEqual([mostPhrases, 50]);
  ownPhrases.set([]);
  expect([ownPhrases.list.length, ownPhrases.given]).toEqual([0, 0]);
});
