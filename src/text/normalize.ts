/**
 * @file The normalisation of a text before tokenization. `tokenizer.json` describes the same steps
 * (`tokenizerJson.ts`) for other tools.
 */

import { toChineseForm } from "./chineseForm.ts";
import { compose } from "./compose.ts";

/** How to normalise a text. */
export interface NormalizeOptions {
  /** Whether to convert to lower case. Default: false. */
  readonly lowercase?: boolean;
  /**
   * Set to bring Chinese to its standard written form (`chineseForm.ts`): the characters to replace, traditional ones by
   * simplified ones. Default: text stays as it is.
   */
  readonly chinese?: ReadonlyMap<string, string> | undefined;
}

/** Rules of normalisation that a user can choose: `zh` for Chinese. */
export const normalizations = ["zh"] as const;

/**
 * White space, as one character class in syntax common to JavaScript's `u` mode and Oniguruma:
 * Unicode's own, the byte order mark, and U+2581, which represents a space inside a token.
 */
const space = /[\p{White_Space}\uFEFF\u2581]+/gu;

/**
 * Returns the text in Unicode's composed form (NFC), with each run of white space replaced by one space and
 * trimmed at both ends; on request in lower case, and Chinese in its standard written form.
 *
 * @param text any string; half of a surrogate pair becomes U+FFFD, as in UTF-8.
 */
export function normalizeText(text: string, options: NormalizeOptions = {}): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, "\uFFFD");
  // Lower-casing comes first, because its result may not be composed.
  const cased = options.lowercase === true ? lowerCase(wellFormed) : wellFormed;
  const { chinese } = options;
  const single = compose(cased).replace(space, " ");
  const spaced = chinese === undefined ? single : toChineseForm(single, chinese);
  const first = spaced.startsWith(" ") ? 1 : 0;
  const last = spaced.length - (spaced.length > first && spaced.endsWith(" ") ? 1 : 0);
  return spaced.slice(first, last);
}

/** Returns the words of a text as spelled, separated by white space. */
export function splitWords(text: string): string[] {
  return text.split(space).filter((word) => word !== "");
}

/**
 * Converts each letter to lower case by itself, as other tools implement the step `Lowercase`. Only JavaScript
 * looks at the letters around Σ and converts it to ς at the end of a word.
 */
function lowerCase(text: string): string {
  return text.replaceAll("\u03A3", "\u03C3").toLowerCase();
}
