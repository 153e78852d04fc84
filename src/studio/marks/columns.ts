import { tokenWidth } from "../text/spelling.ts";

/** Columns side by side, one a token. */
export interface Columns {
  /** The middle of each column. */
  readonly middles: readonly number[];
  readonly widths: readonly number[];
  /** Where the last column ends. */
  readonly end: number;
}

/** How wide columns are, in CSS pixels. */
export interface ColumnRoom {
  readonly start?: number;
  /** Where the last column should end. */
  readonly end: number;
  readonly least?: number;
  /** How far columns grow where there is room. */
  readonly most?: number;
  /** How narrow columns may become, with their words cut, where words in full have no room; by default, they stay whole. */
  readonly narrowest?: number;
}

/**
 * Lays out a column for each token: as wide as its word needs, at least `least`; where there is room up
 * to `end`, all grow alike, to at most `most`.
 */
export function columnsFor(
  tokens: readonly string[],
  { start = 0, end, least = 52, most = 120, narrowest }: ColumnRoom,
): Columns {
  const wanted = tokens.map((token) => Math.max(least, tokenWidth(token) + 8));
  const widest = narrowest === undefined ? Infinity : widestFor(wanted, end - start, narrowest);
  const needed = wanted.map((width) => Math.min(width, widest));
  const sum = needed.reduce((total, width) => total + width, 0);
  const growth = Math.max(1, (end - start) / Math.max(1, sum));
  const widths = needed.map((width) => Math.max(width, Math.min(most, width * growth)));
  let at = start;
  const middles = widths.map((width) => {
    at += width;
    return at - width / 2;
  });
  return { middles, widths, end: at };
}

/** The largest width, at least `narrowest`, with which no column being wider all have room together. */
function widestFor(widths: readonly number[], room: number, narrowest: number): number {
  let rest = room;
  let left = widths.length;
  for (const width of widths.toSorted((one, other) => one - other)) {
    if (width * left > rest) return Math.max(narrowest, rest / left);
    rest -= width;
    left--;
  }
  return Infinity;
}
