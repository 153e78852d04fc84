/** @file Where things are in the picture of one attention step. Pure geometry, in CSS pixels. */

import { columnsFor } from "../../marks/columns.ts";
import { cellSize, stripLength } from "../../marks/strip.ts";

/** The places of the picture's parts. */
export interface FiveMovesLayout {
  readonly width: number;
  readonly height: number;
  /** Whether the moves' names stand beside their rows, or above them on a narrow page. */
  readonly isWide: boolean;
  /** Where the moves' names begin, and what is said of each behind its row; null where there is no room for that. */
  readonly names: number;
  readonly notes: number | null;
  /** The middle and the width of each source token's column. */
  readonly columns: readonly number[];
  readonly widths: readonly number[];
  /** The middle of the decoder state's column. */
  readonly query: number;
  /** The upper edges of the rows. */
  readonly rows: {
    readonly tokens: number;
    readonly states: number;
    readonly scores: number;
    readonly weights: number;
    readonly weighted: number;
    readonly context: number;
  };
  readonly cells: number;
}

/** What a picture has to have room for, besides the columns of its tokens. */
export interface FiveMovesParts {
  /** How wide what is said of the moves is. */
  readonly noteWidth: number;
  /** Whether there has to be room above the weights for where the window's middle is. */
  readonly hasWindow: boolean;
}

/** Lays out the picture for a sentence. What it does not fill is divided between both sides. */
export function fiveMovesLayout(
  tokens: readonly string[],
  width: number,
  { noteWidth, hasWindow }: FiveMovesParts,
): FiveMovesLayout {
  const isWide = width >= 640;
  const left = isWide ? 128 : 4;
  // The last column is the decoder state's.
  const columnsTo = (end: number) =>
    columnsFor([...tokens, "decoder"], {
      start: left,
      end,
      least: 56,
      most: 128,
      // A phone scrolls; on other screens a long sentence is seen as a whole, with its words cut.
      ...(isWide && end > 0 && { narrowest: 52 }),
    });
  const gap = 32;
  const rest = width - noteWidth - gap;
  const hasNotes = isWide && columnsTo(0).end <= rest;
  const { middles, widths, end } = columnsTo(hasNotes ? rest : width - 4);
  const used = hasNotes ? end + gap + noteWidth : end + 4;
  const shift = isWide ? Math.max(0, (width - used) / 2) : 0;
  const cells = 8;
  const strip = stripLength(cells, cellSize);
  const title = isWide ? 0 : 24;
  let y = 8;
  const row = (height: number, gap: number): number => {
    const top = y + title;
    y = top + height + gap;
    return top;
  };
  const rows = {
    tokens: row(28, 10) + 14,
    states: row(strip, 26) - title,
    scores: row(30, hasWindow ? 44 : 24),
    weights: row(58, 24),
    weighted: row(strip, 26),
    context: row(strip, 20),
  };
  return {
    width: Math.max(width, end + 4),
    height: y,
    isWide,
    names: shift + (isWide ? 0 : 2),
    notes: hasNotes ? shift + end + gap : null,
    rows,
    cells,
    columns: middles.slice(0, -1).map((middle) => middle + shift),
    widths: widths.slice(0, -1),
    query: (middles.at(-1) as number) + shift,
  };
}
