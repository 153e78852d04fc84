/** @file Where things are in the picture of one choice. Pure geometry, in CSS pixels. */

import { largestOf } from "../../../tensor/extremes.ts";
import { tokenWidth } from "../../text/spelling.ts";

/** A stretch from left to right. */
export interface Span {
  readonly x: number;
  readonly width: number;
}

/** The places of the candidates' table. */
export interface CandidateLayout {
  readonly width: number;
  readonly height: number;
  /** The right edge of the ranks. */
  readonly rank: number;
  readonly word: Span;
  readonly logit: Span;
  /** The room for the logits' bars; null on a narrow page. */
  readonly logitBar: Span | null;
  /** The room for e^((z − max)/T); null where there is too little. */
  readonly power: Span | null;
  readonly share: Span;
  /** The right edge of the percentages. */
  readonly percent: number;
  /** The upper edges of the rows; of the chosen word's if it comes after a gap; of all others'. */
  readonly rows: readonly number[];
  readonly late: number | null;
  readonly others: number;
  readonly rowHeight: number;
  readonly head: number;
}

/** Lays out so many rows; `isLate` tells whether the chosen word is far below them. */
export function candidateLayout(
  tokens: readonly string[],
  count: number,
  isLate: boolean,
  width: number,
): CandidateLayout {
  const isWide = width >= 620;
  const rowHeight = 33;
  const head = isWide ? 40 : 26;
  const widest = largestOf(
    tokens.map((token) => tokenWidth(token)),
    44,
  );
  const word = { x: isWide ? 40 : 26, width: Math.min(widest, isWide ? 170 : 0.28 * width) };
  const logit = { x: word.x + word.width + 8, width: isWide ? 62 : 48 };
  const percentWidth = isWide ? 82 : 62;
  const end = width - percentWidth;
  const afterLogit = logit.x + logit.width + 6;
  const logitBar = isWide ? { x: afterLogit, width: 0.24 * (end - afterLogit) } : null;
  const afterBar = logitBar ? logitBar.x + logitBar.width + 14 : afterLogit;
  const power = width >= 780 ? { x: afterBar, width: 84 } : null;
  const share = { x: power ? power.x + power.width + 18 : afterBar + 2, width: 0 };
  const rows = Array.from({ length: count }, (_, index) => head + index * rowHeight);
  let y = head + count * rowHeight;
  const late = isLate ? y + 16 : null;
  if (late !== null) y = late + rowHeight;
  const others = y + 12;
  return {
    width,
    rank: word.x - 8,
    word,
    logit,
    logitBar,
    power,
    percent: width - 4,
    share: { ...share, width: Math.max(20, end - share.x) },
    rows,
    late,
    others,
    rowHeight,
    head,
    height: others + rowHeight + 8,
  };
}

/** Where a bar from zero to a number is, in a room that reaches from `least` to `most`. */
export function barOf(value: number, least: number, most: number, room: Span): Span {
  const [low, high] = [Math.min(0, least), Math.max(0, most)];
  const scale = high > low ? room.width / (high - low) : 0;
  const zero = room.x - low * scale;
  const end = zero + value * scale;
  return { x: Math.min(zero, end), width: Math.abs(end - zero) };
}

/** Ranks at which a curve over a logarithmic axis is drawn: all of the first, then fewer. */
export function sampledRanks(count: number, points = 160): number[] {
  const ranks: number[] = [];
  for (let point = 0; point <= points; point++) {
    const rank = Math.round(count ** (point / points));
    if (rank !== ranks.at(-1)) ranks.push(rank);
  }
  return ranks;
}

/** Ticks of a logarithmic axis from 1 to `count`: powers of ten, and the end. */
export function rankTicks(count: number): number[] {
  const ticks: number[] = [];
  for (let tick = 1; tick < count; tick *= 10) ticks.push(tick);
  // A tick too near to the end would be written over it.
  while (ticks.length > 1 && (ticks.at(-1) as number) * 2.5 > count) ticks.pop();
  return [...ticks, count];
}
