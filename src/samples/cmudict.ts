/** @file The CMU pronouncing dictionary as the npm package `cmu-pronouncing-dictionary` has it. */

import { UserError } from "../tensor/errors.ts";

/** A word with one of its pronunciations, stress included: "data" and "D EY1 T AH0". */
export interface DictionaryEntry {
  readonly word: string;
  readonly phonemes: string;
}

/**
 * Parses the module of the package, an object of "word" or "word(2)" to phonemes. It is parsed as text, so that no
 * code from the package runs. Words without a letter are left out.
 *
 * @param path the name of the module in errors.
 * @throws UserError if it has another format.
 */
export function dictionaryEntries(module: string, path: string): DictionaryEntry[] {
  const start = module.indexOf("{", module.indexOf("export const dictionary"));
  let entries: [string, unknown][];
  try {
    entries = Object.entries(JSON.parse(module.slice(start, module.lastIndexOf("}") + 1)));
  } catch {
    throw new UserError(`${path} has an unexpected format; download it again.`);
  }
  return entries.flatMap(([key, value]) => {
    const word = key.replace(/\(\d+\)$/, "");
    // A comment on the origin may follow: "D AA1 # foreign french".
    const phonemes = String(value)
      .replace(/\s*#.*$/, "")
      .trim();
    const isWord = /^[a-z'.-]*[a-z][a-z'.-]*$/.test(word) && phonemes !== "";
    return isWord ? [{ word, phonemes }] : [];
  });
}

/** The phonetic letters of each phoneme without stress. */
const phoneticLetters: Readonly<Record<string, string>> = {
  AA: "ɑ",
  AE: "æ",
  AH: "ʌ",
  AO: "ɔ",
  AW: "aʊ",
  AY: "aɪ",
  B: "b",
  CH: "tʃ",
  D: "d",
  DH: "ð",
  EH: "ɛ",
  ER: "ɚ",
  EY: "eɪ",
  F: "f",
  G: "ɡ",
  HH: "h",
  IH: "ɪ",
  IY: "i",
  JH: "dʒ",
  K: "k",
  L: "l",
  M: "m",
  N: "n",
  NG: "ŋ",
  OW: "oʊ",
  OY: "ɔɪ",
  P: "p",
  R: "ɹ",
  S: "s",
  SH: "ʃ",
  T: "t",
  TH: "θ",
  UH: "ʊ",
  UW: "u",
  V: "v",
  W: "w",
  Y: "j",
  Z: "z",
  ZH: "ʒ",
};

/**
 * Writes phonemes in the International Phonetic Alphabet, without stress: "D EY1 T AH0" → "deɪtə".
 *
 * @throws UserError if one is unknown.
 */
export function inPhoneticAlphabet(phonemes: string): string {
  return phonemes
    .split(" ")
    .map((phoneme) => {
      // The vowel of "but" without stress is that of "about".
      if (phoneme === "AH0") return "ə";
      const letters = phoneticLetters[phoneme.replace(/[0-2]$/, "")];
      if (letters !== undefined) return letters;
      throw new UserError(`${phoneme} is no phoneme of the CMU dictionary; check the entry.`);
    })
    .join("");
}

/** The longest word of a table of pronunciations. */
const mostLetters = 12;

/**
 * Makes a table of the pronunciations of words: a word, a tab and its first pronunciation a line, in the phonetic
 * alphabet. Words that are not 2 to 12 letters long, or that the dictionary lacks, are left out.
 *
 * @throws UserError as {@link dictionaryEntries} and {@link inPhoneticAlphabet} do.
 */
export function pronunciationTable(words: readonly string[], module: string, path: string): string {
  const first = new Map<string, string>();
  for (const { word, phonemes } of dictionaryEntries(module, path)) {
    if (!first.has(word)) first.set(word, phonemes);
  }
  return [...new Set(words)]
    .filter((word) => /^[a-z]{2,}$/.test(word) && word.length <= mostLetters && first.has(word))
    .map((word) => `${word}\t${inPhoneticAlphabet(first.get(word) as string)}\n`)
    .join("");
}
