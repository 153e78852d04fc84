/** @file Where things are in the picture of the context vector. Pure geometry, in CSS pixels. */

import { largestOf } from "../../../tensor/extremes.ts";

/** A box by its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cells in rows that are read like a page. */
export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
  /** The side of a cell. */
  readonly size: number;
}

/** The places of the picture's parts. */
export interface ContextLayout {
  readonly width: number;
  readonly height: number;
  /** Whether all views stand in one row, or the card above the other two on a narrow page. */
  readonly isWide: boolean;
  readonly encoder: Box;
  readonly card: Box;
  /** The written numbers: the middle of their cells, the right edge of their places, the first row. */
  readonly numbers: { readonly x: number; readonly labels: number; readonly y: number };
  /** The strip of coloured cells. */
  readonly strip: { readonly x: number; readonly y: number; readonly across: number };
  readonly decoder: Box;
  /** Of a written number and of the coloured cell beside it. */
  readonly rowHeight: number;
  readonly rows: number;
  readonly numberWidth: number;
  /** All numbers as cells. */
  readonly grid: Grid;
}

const rowHeight = 25;
const numberWidth = 74;
const across = 44;

/** Lays out the picture of a vector of so many numbers. */
export function contextLayout(count: number, width: number): ContextLayout {
  const isWide = width >= 700;
  const rows = Math.min(8, count);
  const parts = isWide ? inOneRow(width, rows) : stacked(width, rows);
  const bottom = isWide ? parts.strip.y + rows * rowHeight : parts.decoder.y + parts.decoder.height;
  const grid = gridFor(count, width, bottom + 74);
  return {
    ...parts,
    width,
    isWide,
    rows,
    rowHeight,
    numberWidth,
    grid,
    height: grid.y + grid.rows * grid.size + 4,
  };
}

type Parts = Pick<ContextLayout, "encoder" | "card" | "numbers" | "strip" | "decoder">;

function inOneRow(width: number, rows: number): Parts {
  const [box, card, labels] = [112, 150, 40];
  const solid = 2 * box + card + labels + numberWidth + across;
  const gap = Math.min(110, (width - solid) / 4);
  const left = (width - solid - 4 * gap) / 2;
  const y = 36;
  const height = rows * rowHeight;
  const numbers = left + box + card + 2 * gap + labels;
  const strip = numbers + numberWidth + gap;
  const boxY = y + height / 2 - 36;
  return {
    encoder: { x: left, y: boxY, width: box, height: 72 },
    card: { x: left + box + gap, y, width: card, height },
    numbers: { x: numbers + numberWidth / 2, labels: numbers - 8, y },
    strip: { x: strip, y, across },
    decoder: { x: strip + across + gap, y: boxY, width: box, height: 72 },
  };
}

function stacked(width: number, rows: number): Parts {
  const box = Math.min(104, width * 0.3);
  const gap = Math.min(60, width * 0.14);
  const card = Math.min(200, width - box - gap);
  const left = (width - box - gap - card) / 2;
  const y = 32;
  const top = y + 84 + 62;
  const solid = 34 + numberWidth + across;
  const between = Math.min(120, width - solid - 20);
  const numbers = (width - solid - between) / 2 + 34;
  return {
    encoder: { x: left, y: y + 10, width: box, height: 64 },
    card: { x: left + box + gap, y, width: card, height: 84 },
    numbers: { x: numbers + numberWidth / 2, labels: numbers - 6, y: top },
    strip: { x: numbers + numberWidth + between, y: top, across },
    decoder: {
      x: Math.min(width - box, numbers + numberWidth + between + across / 2 - box / 2),
      y: top + rows * rowHeight + 44,
      width: box,
      height: 44,
    },
  };
}

/** The grid of all numbers, with room for the place of each row's first on a wide page. */
function gridFor(count: number, width: number, y: number): Grid {
  const room = width >= 560 ? width - 96 : width;
  const columns = Math.min(count, width >= 560 || count > 256 ? 32 : 16);
  const most = count > 512 ? 18 : 22;
  const size = Math.min(most, Math.floor((10 * room) / columns) / 10);
  return { x: (width - columns * size) / 2, y, columns, rows: Math.ceil(count / columns), size };
}

/** A vector's length, drawn to scale beside others. */
export interface SizeBox extends Grid {
  readonly count: number;
}

/** Outlines of vectors of several lengths, all cells of one size, in rows that fit the width. */
export function sizeBoxes(
  counts: readonly number[],
  width: number,
): { readonly boxes: readonly SizeBox[]; readonly height: number } {
  const columns = 32;
  const gap = 28;
  const perRow = Math.max(1, Math.min(counts.length, Math.floor((width + gap) / 148)));
  const size = Math.min(5, (width - (perRow - 1) * gap) / perRow / columns);
  const boxWidth = columns * size;
  const left = (width - perRow * boxWidth - (perRow - 1) * gap) / 2;
  const labels = 74;
  const boxes: SizeBox[] = [];
  let y = 6;
  for (let first = 0; first < counts.length; first += perRow) {
    const line = counts.slice(first, first + perRow);
    const tallest = largestOf(line.map((count) => Math.ceil(count / columns) * size));
    for (const [at, count] of line.entries()) {
      const rows = Math.ceil(count / columns);
      const x = left + at * (boxWidth + gap);
      // Side by side they stand on one ground, so that their heights can be compared.
      boxes.push({ count, columns, rows, size, x, y: y + tallest - rows * size });
    }
    y += tallest + labels;
  }
  return { boxes, height: y };
}

/** The lines of a grid's cells as one path; the last row may be shorter than the others. */
export function gridLines({ x, y, columns, rows, size }: Grid, count: number): string {
  const inLast = count - (rows - 1) * columns;
  const lines: string[] = [];
  for (let row = 0; row <= rows; row++) {
    const length = row === rows || (row === 0 && rows === 1) ? inLast : Math.min(columns, count);
    lines.push(`M${x} ${y + row * size}h${length * size}`);
  }
  for (let column = 0; column <= Math.min(columns, count); column++) {
    const length = column <= inLast ? rows : rows - 1;
    if (length > 0) lines.push(`M${x + column * size} ${y}v${length * size}`);
  }
  return lines.join("");
}
