/** @file The CMU pronouncing dictionary, as rows of letters and phonemes. */

import { dictionaryEntries } from "../src/samples/cmudict.ts";
import type { Row } from "./tables.ts";

/** A word with one of its pronunciations: "data" and "D EY T AH". */
export interface Pronunciation {
  readonly word: string;
  readonly phonemes: string;
}

/**
 * Parses the module of the npm package `cmu-pronouncing-dictionary`. Stress is dropped, as in published results, and
 * pronunciations that differ only in stress are merged.
 *
 * @throws UserError if it has another format.
 */
export function parseDictionary(module: string, path: string): Pronunciation[] {
  const unique = new Map<string, Pronunciation>();
  for (const entry of dictionaryEntries(module, path)) {
    const { word } = entry;
    const phonemes = entry.phonemes.replace(/[0-2]/g, "");
    unique.set(`${word}\t${phonemes}`, { word, phonemes });
  }
  return [...unique.values()];
}

/** The row of a pronunciation: spaces separate the letters, so that each is a word, like the phonemes. */
export function rowOf({ word, phonemes }: Pronunciation): Row {
  return [[...word].join(" "), phonemes];
}
