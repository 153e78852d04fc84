/** @file Types of phonemes, which tell a singer's program what can be held: vowels, and what glides into them. */

import { UserError } from "../tensor/errors.ts";

/** The types that CMUdict gives to the phonemes of ARPABET. */
const arpabet: Readonly<Record<string, string>> = {
  vowel: "aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw",
  semivowel: "w y",
  liquid: "l r",
  nasal: "m n ng",
  stop: "b d g k p t",
  affricate: "ch jh",
  fricative: "dh f s sh th v z zh",
  aspirate: "hh",
};

const arpabetTypes: ReadonlyMap<string, string> = new Map(
  Object.entries(arpabet).flatMap(([type, names]) =>
    names.split(" ").map((name) => [name, type] as const),
  ),
);

/** The types of phonemes if all are ARPABET's, in capitals or not, with stress or without; null if not. */
export function arpabetTypesOf(phonemes: readonly string[]): Map<string, string> | null {
  const types = new Map<string, string>();
  for (const name of phonemes) {
    const type = arpabetTypes.get(name.toLowerCase().replace(/[0-2]$/, ""));
    if (type === undefined) return null;
    types.set(name, type);
  }
  return types;
}

/**
 * Reads types of phonemes: a line for each, its name, white space and its type, as in CMUdict's and OpenUtau's files.
 *
 * @param name     the file's name in errors.
 * @param phonemes those that need a type.
 * @throws UserError if a line has another form, or a phoneme has no type.
 */
export function parsePhonemeTypes(
  text: string,
  name: string,
  phonemes: readonly string[],
): Map<string, string> {
  const types = new Map<string, string>();
  for (const [index, line] of text.split("\n").entries()) {
    const parts = line.trim().split(/\s+/);
    if (parts[0] === "") continue;
    const [phoneme, type] = parts;
    if (phoneme === undefined || type === undefined || parts.length > 2) {
      throw new UserError(
        `${name}, line ${index + 1}: "${line.trim()}" is not a phoneme and its type; write them as in "AA vowel".`,
      );
    }
    types.set(phoneme, type);
  }
  const missing = phonemes.filter((phoneme) => !types.has(phoneme));
  if (missing.length > 0) {
    throw new UserError(
      `${name}: there is no type for ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ` and ${missing.length - 5} more` : ""}; add a line such as "${missing[0]} vowel".`,
    );
  }
  return types;
}
