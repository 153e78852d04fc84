import { tokenWidth } from "../text/spelling.ts";

/** Columns side by side, one a token. */
export interface Columns {
  /** The middle of each column. */
  readonly middles: readonly number[];
  readonly widths: readonly number[];
  /** Where the last column ends. */
  readonly end: number;
}

/**
 * Lays out a column for each token: as wide as its word needs, at least `least`; where there is room up
 * to `end`, all grow alike, to at most `most`.
 */
export function columnsFor(
  tokens: readonly string[],
  {
    start = 0,
    end,
    least = 52,
    most = 120,
  }: { start?: number; end: number; least?: number; most?: number },
): Columns {
  const needed = tokens.map((token) => Math.max(least, tokenWidth(token) + 8));
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
