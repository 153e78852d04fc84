/** @file The direction of text: left to right, or right to left as in Hebrew and Arabic. */

/** The direction of a line of text. */
export type Direction = "ltr" | "rtl";

/**
 * The blocks of right-to-left letters: Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic and their
 * supplements; the historic scripts; Adlam, Mende Kikakui and blocks reserved for such scripts.
 */
const block = String.raw`[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]`;
/** A letter, or a mark that sets the direction. */
const strong = /[\p{L}\u200E\u200F\u061C]/u;
const fromRight = new RegExp(String.raw`[\u200F\u061C]|(?=${block})\p{L}`, "u");

/** Isolated parts of a text do not determine its direction. */
const apart = /[\u2066-\u2068][^\u2069]*(?:\u2069|$)/g;

/**
 * The direction of the first letter of a text by Unicode's algorithm (rules P2 and P3); `ltr` if there is none.
 * Digits and marks have no direction.
 */
export function directionOf(text: string): Direction {
  const [first = ""] = strong.exec(text.replace(apart, "")) ?? [];
  return fromRight.test(first) ? "rtl" : "ltr";
}

/**
 * Prepares a word for a sentence that may run in the other direction: if it has right-to-left letters, invisible
 * characters isolate it, so that neither disturbs the order of the other.
 */
export function isolated(text: string): string {
  return fromRight.test(text) ? `\u2068${text}\u2069` : text;
}
