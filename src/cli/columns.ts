/** @file Measures text in terminal columns. */
import stringWidth from "string-width";

/**
 * The number of terminal columns of a text: two for a wide letter or an emoji, whatever its number of characters,
 * and none for a mark or a joiner.
 */
export function columnsOf(text: string): number {
  // Terminals give each consonant of a conjunct, as in Devanagari, a separate column.
  const parts = text.split(/(?<=\p{Mn}\u200d?)(?=\p{L})/u);
  return parts.reduce((sum, part) => sum + stringWidth(part), 0);
}

/** A text padded with spaces at the end to `width` columns. */
export function padColumnsEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

/** A text padded with spaces at the start to `width` columns. */
export function padColumnsStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(text))) + text;
}

/** Right-to-left letters. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Isolates a text so that it keeps its place in a left-to-right line, whatever its own direction. */
export function inPlace(text: string): string {
  return rightToLeft.test(text) ? `\u200e${text}\u200e` : text;
}
