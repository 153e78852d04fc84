/** @file Other names and numbers in sentences of a corpus, which has few of its own: nearly everybody there is called Tom. */

import type { Random } from "../../src/tensor/random.ts";
import { between, type Filling, type Slot } from "./frames.ts";

/** Words of a corpus that stand for a kind of name, and what may stand there instead. */
export interface Substitution {
  /** The word in the other language. */
  readonly other: string;
  /** The same in English. */
  readonly english: string;
  readonly slot: Slot;
}

/** What one language's corpora need to know of the substitutions. */
export interface SubstitutionRules {
  readonly names: readonly Substitution[];
  /** Mends the text in the other language, in which `at` begins what was put in. */
  readonly mend?: (text: string, at: string) => string;
}

const mark = "\uE000";

/**
 * Puts another name, or another number, into a pair of a corpus.
 *
 * A name is replaced if it occurs once in either text, and no second one of the rules does; a number if both texts
 * have it in digits, and no other. A number keeps its count of digits, and years stay years.
 *
 * @returns null if the pair has nothing to replace.
 */
export function substituted(
  pair: Filling,
  { names, mend = (text) => text }: SubstitutionRules,
  random: Random,
): Filling | null {
  const found = names.filter(
    ({ other, english }) => pair[0].includes(other) || pair[1].includes(english),
  );
  const clean = ([other, english]: Filling): Filling => [
    mend(other, mark).replaceAll(mark, ""),
    english.replaceAll(mark, ""),
  ];
  if (found.length > 0) {
    const [first] = found.filter(
      (each) => hasOnce(pair[0], each.other) && hasOnce(pair[1], each.english),
    );
    // Mary is Mary or Marie in French: the other of them occurs on one side only.
    if (first === undefined || found.some(({ english }) => english !== first.english)) return null;
    const [other, english] = first.slot(random);
    return clean([
      pair[0].replace(first.other, mark + other),
      pair[1].replace(first.english, mark + english),
    ]);
  }
  const number = onlyNumber(pair[0]);
  if (number === null || number !== onlyNumber(pair[1])) return null;
  const next = String(likeNumber(Number(number), random));
  return clean([pair[0].replace(number, mark + next), pair[1].replace(number, mark + next)]);
}

/** Whether a word occurs once; where letters are written together, any occurrence counts. */
function hasOnce(text: string, word: string): boolean {
  const parts = text.split(word);
  if (parts.length !== 2) return false;
  const isLetter = (character: string | undefined): boolean => /[A-Za-zÀ-ÿ]/.test(character ?? "");
  return !isLetter(parts[0]?.at(-1)) && !isLetter(parts[1]?.at(0));
}

/** The number of two to four digits that a text has, if it has no other digits. */
function onlyNumber(text: string): string | null {
  const numbers = text.match(/\d[\d.,:%]*/g) ?? [];
  const [number = ""] = numbers;
  const digits = number.replace(/[.,:]$/, "");
  return numbers.length === 1 && /^[1-9]\d{1,3}$/.test(digits) ? digits : null;
}

function likeNumber(number: number, random: Random): number {
  if (number >= 1000 && number <= 2100) return between(random, 1500, 2035);
  const size = 10 ** (String(number).length - 1);
  // A round number stays round.
  const step = number % size === 0 ? size : number % 10 === 0 ? 10 : 1;
  return Math.max(size, step * Math.floor(between(random, size, 10 * size - 1) / step));
}
