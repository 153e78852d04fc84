/** @file Where things are in the picture of one attention step. Pure geometry, in CSS pixels. */

import { columnsFor } from "../../marks/columns.ts";
import { cellSize, stripLength } from "../../marks/strip.ts";

/** The places of the picture's parts. */
export interface FiveMovesLayout {
  readonly width: number;
  readonly height: number;
  /** Whether the moves' names stand beside their rows, or above them on a narrow page. */
  readonly isWide: boolean;
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

/**
 * Lays out the picture for a sentence.
 *
 * @param hasWindow whether there has to be room above the weights for where the window's middle is.
 */
export function fiveMovesLayout(
  tokens: readonly string[],
  width: number,
  hasWindow = false,
): FiveMovesLayout {
  const isWide = width >= 640;
  const left = isWide ? 128 : 4;
  // The last column is the decoder state's.
  const { middles, widths, end } = columnsFor([...tokens, "decoder"], {
    start: left,
    end: width - 4,
    least: 56,
    most: 104,
  });
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
    rows,
    cells,
    columns: middles.slice(0, -1),
    widths: widths.slice(0, -1),
    query: middles.at(-1) as number,
  };
}
