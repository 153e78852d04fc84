/** @file The CMU pronouncing dictionary, as rows of letters and phonemes. */

import { UserError } from "../src/tensor/errors.ts";
import type { Row } from "./tables.ts";

/** A word with one of its pronunciations: "data" and "D EY T AH". */
export interface Pronunciation {
  readonly word: string;
  readonly phonemes: string;
}

/**
 * Reads the module of the npm package `cmu-pronouncing-dictionary`, an object of "word" or "word(2)" to phonemes.
 * It is read as text: data need not be run. Stress is left out, as in the published figures, and
 * pronunciations that differ in nothing else become one.
 *
 * @throws UserError if it has another form.
 */
export function parseDictionary(module: string, path: string): Pronunciation[] {
  const start = module.indexOf("{", module.indexOf("export const dictionary"));
  let entries: [string, unknown][];
  try {
    entries = Object.entries(JSON.parse(module.slice(start, module.lastIndexOf("}") + 1)));
  } catch {
    throw new UserError(`${path} is not the dictionary that this recipe knows; fetch it again.`);
  }
  const unique = new Map<string, Pronunciation>();
  for (const [key, value] of entries) {
    const word = key.replace(/\(\d+\)$/, "");
    // A remark on the origin may follow: "D AA1 # foreign french".
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

/** The row of a pronunciation: letters with spaces between, so that each is a word, as the phonemes are. */
export function rowOf({ word, phonemes }: Pronunciation): Row {
  return [[...word].join(" "), phonemes];
}
