/** @file Columns of a terminal. */
import stringWidth from "string-width";

/**
 * How many columns of a terminal a text takes: two for a wide letter or an emoji, however many characters
 * make it, and none for a mark or a joiner.
 */
export function columnsOf(text: string): number {
  // Terminals give each consonant of a conjunct, as in Devanagari, a column of its own.
  const parts = text.split(/(?<=\p{Mn}\u200d?)(?=\p{L})/u);
  return parts.reduce((sum, part) => sum + stringWidth(part), 0);
}

/** A text with spaces after it, as wide as `width` columns. */
export function padColumnsEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

/** A text with spaces before it, as wide as `width` columns. */
export function padColumnsStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(text))) + text;
}

/** Letters that are written from right to left. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A text that keeps its place in a line which goes from left to right, whatever way it is written itself. */
export function inPlace(text: string): string {
  return rightToLeft.test(text) ? `\u200e${text}\u200e` : text;
}
