/** @file Where things are in the pictures of changes. Pure geometry, in CSS pixels. */

import { largestOf } from "../../../tensor/extremes.ts";
import { columnsFor } from "../../marks/columns.ts";
import { tokenWidth } from "../../text/spelling.ts";
import type { Pair } from "./difference.ts";

/** A pair of tokens and where it stands. */
export interface PlacedPair extends Pair {
  /** The middle of the column. */
  readonly x: number;
  readonly width: number;
  /** The middles of the upper and the lower token; the upper is not there unless lines are compared. */
  readonly upper: number;
  readonly lower: number;
}

/** Lines that are broken where the page ends. */
export interface LinesLayout {
  readonly pairs: readonly PlacedPair[];
  /** The middles of the rows of each band. */
  readonly bands: readonly { readonly upper: number; readonly lower: number }[];
  readonly height: number;
}

const between = 38;

/** Lays out one line, or two that are compared, from `top` down. */
export function linesLayout(
  pairs: readonly Pair[],
  { before, after }: { before: readonly string[] | null; after: readonly string[] },
  { left, top, width }: { left: number; top: number; width: number },
): LinesLayout {
  let x = left;
  let band = 0;
  const columns = pairs.map((pair) => {
    const [old, now] = [before?.[pair.before ?? -1], after[pair.after ?? -1]];
    const wide = largestOf(
      [old, now].map((token) => (token === undefined ? 26 : tokenWidth(token))),
    );
    if (x + wide > width && x > left) {
      band++;
      x = left;
    }
    x += wide + 7;
    return { ...pair, band, x: x - 7 - wide / 2, width: wide };
  });
  let y = top;
  const bands = Array.from({ length: band + 1 }, (_, index) => {
    // Where nothing stood before there is no upper row, but for the first.
    const isDouble =
      before !== null &&
      (index === 0 || columns.some((each) => each.band === index && each.before !== null));
    const upper = y + 16;
    const lower = isDouble ? upper + between : upper;
    y = lower + (before ? 36 : 22);
    return { upper, lower };
  });
  const placed = columns.map(({ band: index, ...column }): PlacedPair => {
    return { ...column, ...(bands[index] as { upper: number; lower: number }) };
  });
  return { pairs: placed, bands, height: y - top };
}

/** The places of the bars that are drawn out to give weights. */
export interface BarsLayout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly number[];
  readonly widths: readonly number[];
  /** Where weight 1 and weight 0 are. */
  readonly top: number;
  readonly bottom: number;
}

/** Lays out a bar for each source token. */
export function barsLayout(tokens: readonly string[], width: number): BarsLayout {
  const { middles, widths, end } = columnsFor(tokens, {
    start: 30,
    end: width - 2,
    least: 40,
    most: 84,
  });
  return {
    width: Math.max(width, end + 2),
    height: 262,
    top: 22,
    bottom: 198,
    columns: middles,
    widths,
  };
}

/** The weight at a height. */
export function weightAt({ top, bottom }: BarsLayout, y: number): number {
  return Math.min(1, Math.max(0, (bottom - y) / (bottom - top)));
}

/** The places of the words that can be chosen. */
export interface ChoicesLayout {
  readonly height: number;
  readonly rowHeight: number;
  readonly word: { readonly x: number; readonly width: number };
  readonly bar: { readonly x: number; readonly width: number };
}

/** Lays out a row for each word. */
export function choicesLayout(tokens: readonly string[], width: number): ChoicesLayout {
  const rowHeight = 34;
  const widest = largestOf(
    tokens.map((token) => tokenWidth(token)),
    44,
  );
  const word = { x: 6, width: Math.min(widest, 0.4 * width) };
  const x = word.x + word.width + 10;
  return {
    rowHeight,
    word,
    height: tokens.length * rowHeight + 4,
    bar: { x, width: Math.max(20, width - x - 84) },
  };
}

/** Where the two pictures of a comparison are: side by side, or one below the other. */
export function sidesLayout(
  sizes: readonly { readonly width: number; readonly height: number }[],
  width: number,
): { places: { x: number; y: number }[]; width: number; height: number } {
  const isWide = width >= 760;
  const head = 34;
  let [x, y] = [0, head];
  const places = sizes.map((size) => {
    const place = { x, y };
    if (isWide) x += size.width + 24;
    else y += size.height + head + 20;
    return place;
  });
  const heights = sizes.map(({ height }) => height);
  return {
    places,
    width: isWide
      ? Math.max(width, x - 24)
      : largestOf(
          sizes.map((size) => size.width),
          width,
        ),
    height: isWide ? head + largestOf(heights, 0) : y - head,
  };
}
