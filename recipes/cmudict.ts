/** @file The CMU pronouncing dictionary, as rows of letters and phonemes. */

import { UserError } from "../src/tensor/errors.ts";
import type { Row } from "./tables.ts";

/** A word with one of its pronunciations: "data" and "D EY T AH". */
export interface Pronunciation {
  readonly word: string;
  readonly phonemes: string;
}

/**
 * Parses the module of the npm package `cmu-pronouncing-dictionary`, an object of "word" or "word(2)" to phonemes.
 * It is parsed as text, so that no code from the package runs. Stress is dropped, as in published results, and
 * pronunciations that differ only in stress are merged.
 *
 * @throws UserError if it has another format.
 */
export function parseDictionary(module: string, path: string): Pronunciation[] {
  const start = module.indexOf("{", module.indexOf("export const dictionary"));
  let entries: [string, unknown][];
  try {
    entries = Object.entries(JSON.parse(module.slice(start, module.lastIndexOf("}") + 1)));
  } catch {
    throw new UserError(`${path} has an unexpected format; download it again.`);
  }
  const unique = new Map<string, Pronunciation>();
  for (const [key, value] of entries) {
    const word = key.replace(/\(\d+\)$/, "");
    // A comment on the origin may follow: "D AA1 # foreign french".
    const phonemes = withoutStress(String(value).replace(/\s*#.*$/, ""));
    if (/^[a-z'.-]*[a-z][a-z'.-]*$/.test(word) && phonemes !== "") {
      unique.set(`${word}\t${phonemes}`, { word, phonemes });
    }
  }
  return [...unique.values()];
}

function withoutStress(phonemes: string): string {
  return phonemes.replace(/[0-2]/g, "").trim();
}

/** The row of a pronunciation: spaces separate the letters, so that each is a word, like the phonemes. */
export function rowOf({ word, phonemes }: Pronunciation): Row {
  return [[...word].join(" "), phonemes];
}
