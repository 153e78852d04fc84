/**
 * @file What is done to a text before it is cut into tokens. The same steps are written into
 * `tokenizer.json` (`tokenizerJson.ts`), where other tools read them.
 */

import { compose } from "./compose.ts";

/** How a text is normalised. */
export interface NormalizeOptions {
  /** Whether capital letters become small ones; not unless asked for. */
  readonly lowercase?: boolean;
}

/**
 * White space, as one character class in the syntax that both JavaScript's `u` mode and Oniguruma
 * read: Unicode's own, the byte order mark, and U+2581, which stands for a space inside a token.
 */
const space = /[\p{White_Space}\uFEFF\u2581]+/gu;

/**
 * Yields the text in Unicode's composed form (NFC), its runs of white space made one space each and
 * none left at either end.
 *
 * @param text any string; half of a surrogate pair becomes U+FFFD, as in UTF-8.
 */
export function normalizeText(text: string, options: NormalizeOptions = {}): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, "\uFFFD");
  // Lower-casing comes first, as its result need not be composed.
  const cased = options.lowercase === true ? lowerCase(wellFormed) : wellFormed;
  const spaced = compose(cased).replace(space, " ");
  const first = spaced.startsWith(" ") ? 1 : 0;
  const last = spaced.length - (spaced.length > first && spaced.endsWith(" ") ? 1 : 0);
  return spaced.slice(first, last);
}

/** Yields the words of a text as they are spelled in it: whatever stands between white space. */
export function splitWords(text: string): string[] {
  return text.split(space).filter((word) => word !== "");
}

/**
 * Makes each letter small by itself, as other tools read the step `Lowercase`. JavaScript alone looks
 * at the letters around Σ and makes the last of a word ς.
 */
function lowerCase(text: string): string {
  return text.replaceAll("\u03A3", "\u03C3").toLowerCase();
}
