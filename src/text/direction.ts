/** @file Which way text runs: from left to right, or from right to left as Hebrew and Arabic do. */

/** The direction of a line of text. */
export type Direction = "ltr" | "rtl";

/**
 * The blocks whose letters run from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic and
 * their supplements; the historic scripts; Adlam, Mende Kikakui and what else is set aside for such.
 */
const block = String.raw`[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]`;
/** A letter, or a mark that says the direction itself. */
const strong = /[\p{L}\u200E\u200F\u061C]/u;
const fromRight = new RegExp(String.raw`[\u200F\u061C]|(?=${block})\p{L}`, "u");

/** What is set apart in a text does not say which way the text runs. */
const apart = /[\u2066-\u2068][^\u2069]*(?:\u2069|$)/g;

/**
 * The direction of the first letter of a text, as Unicode's algorithm has it (rules P2 and P3); `ltr` where there is
 * none. Digits and marks run either way.
 */
export function directionOf(text: string): Direction {
  const [first = ""] = strong.exec(text.replace(apart, "")) ?? [];
  return fromRight.test(first) ? "rtl" : "ltr";
}

/**
 * A word to be put into a sentence that may run the other way: where it has letters from right to left, it is set
 * apart by invisible characters, so that neither disturbs the order of the other.
 */
export function isolated(text: string): string {
  return fromRight.test(text) ? `\u2068${text}\u2069` : text;
}
