/** @file Tasks on strings of letters or digits: to reverse, to copy and to sort them. */

import type { Random } from "../../tensor/random.ts";
import type { Task } from "../task.ts";
import { drawPairs } from "./draw.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";

/** The lengths of the strings, from the shortest to the longest. */
export type LengthRange = readonly [shortest: number, longest: number];

const usual: LengthRange = [3, 10];

/** Reverses strings of letters: "reading" → "gnidaer". */
export const reverse: Task = {
  name: "reverse",
  tokenizer: "char",
  example: "reading",
  pairs: async (seed) =>
    drawPairs({ seed, train: 12_000, heldOut: 200, source: word(usual), target: reversed }),
  answer: (source) => ofLetters(source, reversed),
};

/** Copies strings of letters. */
export const copy: Task = {
  name: "copy",
  tokenizer: "char",
  example: "reading",
  pairs: async (seed) =>
    drawPairs({ seed, train: 12_000, heldOut: 200, source: word(usual), target: (text) => text }),
  answer: (source) => ofLetters(source, (text) => text),
};

/** Sorts digits: "5209914" → "0124599". */
export const sort: Task = {
  name: "sort",
  tokenizer: "char",
  example: "5209914",
  pairs: async (seed) =>
    drawPairs({
      seed,
      train: 12_000,
      heldOut: 200,
      source: (random) => textOf(digits, usual, random),
      target: sorted,
    }),
  answer: (source) => (/^\d+$/.test(source) ? sorted(source) : null),
};

const word =
  (lengths: LengthRange) =>
  (random: Random): string =>
    textOf(letters, lengths, random);

function textOf(alphabet: string, [shortest, longest]: LengthRange, random: Random): string {
  const length = shortest + random.integer(longest - shortest + 1);
  return Array.from({ length }, () => alphabet[random.integer(alphabet.length)]).join("");
}

/** A text of the reader's need not be of the letters that are learned: what is right is known all the same. */
function ofLetters(source: string, answer: (text: string) => string): string | null {
  const text = source.trim();
  return text === "" ? null : answer(text);
}

const reversed = (text: string): string => [...text].reverse().join("");
const sorted = (text: string): string => [...text].sort().join("");
