/** @file Where things are in the pictures of embeddings. Pure geometry, in CSS pixels. */

import { largestOf } from "../../../tensor/extremes.ts";
import { columnsFor } from "../../marks/columns.ts";
import { labelWidth } from "../../parts/pointMap/mapView.ts";

/** A part of the embedding table: some rows above and below the one that is read. */
export interface TableLayout {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The rows' ids, and where each begins and how high it is. */
  readonly rows: readonly { readonly id: number; readonly y: number; readonly height: number }[];
  /** Where ids end, where tokens begin, where cells begin. */
  readonly ids: number;
  readonly tokens: number;
  readonly cells: number;
  readonly count: number;
  readonly cellSize: number;
}

/** The picture of looking words up. */
export interface LookupLayout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly number[];
  readonly words: number;
  /** What is kept in sight. */
  readonly follow: number;
  readonly table: TableLayout;
  /** The vectors of the sentence below the table. */
  readonly vectors: {
    readonly y: number;
    readonly cells: number;
    readonly cellSize: number;
    /** Whether there is room for written numbers beside each. */
    readonly isWritten: boolean;
  };
}

/** Rows of the table shown above and below the one that is read. */
const rowsAround = 3;
const rowHeight = 20;
/** Of the row that is read: its numbers are written. */
const readHeight = 28;

/** A sentence whose tokens are looked up. */
export interface Lookup {
  readonly tokens: readonly string[];
  /** Which token is looked up, and its row. */
  readonly active: number;
  readonly id: number;
  /** The rows of the whole table. */
  readonly tableRows: number;
  /** The width of the page's column. */
  readonly width: number;
}

/** Lays out the sentence, the part of the table around the row that is read, and the vectors. */
export function lookupLayout({ tokens, active, id, tableRows, width }: Lookup): LookupLayout {
  const written = columnsFor(tokens, { start: 4, end: width - 4, least: 88, most: 150 });
  const isWritten = written.end <= width;
  const columns = isWritten
    ? written
    : columnsFor(tokens, { start: 4, end: width - 4, least: 40, most: 88 });
  const whole = Math.max(width, columns.end + 4);
  // A short sentence stands in the middle, above the table.
  const shift = Math.max(0, (width - columns.end - 4) / 2);
  const side = 22;
  const tableWidth = Math.min(width - 2 * side, 660);
  // In a sentence that is wider than the page, the table goes on by pages with the word that is read.
  const page = 0.7 * width;
  const column = columns.middles[active] ?? 0;
  const middle = whole > width ? (Math.floor(column / page) + 0.5) * page : width / 2;
  const x = Math.min(whole - tableWidth - side, Math.max(side, middle - tableWidth / 2));
  const table = tableLayout({ x, y: 100, width: tableWidth }, id, tableRows);
  const y = table.y + table.height + 66;
  const vectors = { y, cells: 8, cellSize: 19, isWritten };
  return {
    width: whole,
    height: y + 8 * 19 + 34,
    words: 18,
    columns: columns.middles.map((at) => at + shift),
    table,
    vectors,
    follow: middle,
  };
}

function tableLayout(
  { x, y, width }: Pick<TableLayout, "x" | "y" | "width">,
  id: number,
  tableRows: number,
): TableLayout {
  const first = Math.max(0, Math.min(id - rowsAround, tableRows - 2 * rowsAround - 1));
  const last = Math.min(tableRows - 1, first + 2 * rowsAround);
  let at = y + 18;
  const rows = [];
  for (let row = first; row <= last; row++) {
    const height = row === id ? readHeight : rowHeight;
    rows.push({ id: row, y: at, height });
    at += height;
  }
  const isNarrow = width < 420;
  const cells = x + (isNarrow ? 120 : 172);
  const cellSize = 38;
  const count = Math.max(2, Math.floor((x + width - 10 - cells) / cellSize));
  return {
    x,
    y,
    width,
    height: at + 18 - y,
    rows,
    cells,
    count,
    cellSize,
    ids: x + (isNarrow ? 42 : 56),
    tokens: x + (isNarrow ? 48 : 66),
  };
}

/** Words by how near they are: a name, perhaps a vector, a bar and a number in each row. */
export interface SimilarityLayout {
  readonly rowHeight: number;
  /** Where the vector begins; null where there is no room for it. */
  readonly strip: number | null;
  readonly bar: number;
  /** The length of the bar of 1. */
  readonly barLength: number;
  readonly number: number;
}

/** Lays out rows of words within a width. */
export function similarityLayout(words: readonly string[], width: number): SimilarityLayout {
  const names = Math.min(
    150,
    largestOf(
      words.map((word) => labelWidth(word, 14) + 14),
      56,
    ),
  );
  const hasStrips = width >= 480;
  const bar = names + (hasStrips ? stripCells * stripSize + 22 : 0);
  return {
    rowHeight: 27,
    strip: hasStrips ? names : null,
    bar,
    barLength: Math.max(40, width - bar - 62),
    number: width - 4,
  };
}

/** Cells of a vector in a row, and their size. */
export const stripCells = 10;
export const stripSize = 15;

/** The picture of a sum of words. */
export interface SumLayout {
  readonly width: number;
  readonly height: number;
  /** The terms and the sum: where names end, where cells begin and how many there are. */
  readonly names: number;
  readonly cells: number;
  readonly count: number;
  readonly rowHeight: number;
  /** The upper edges: of the terms, of what was found, of the plane. */
  readonly terms: number;
  readonly found: { readonly x: number; readonly y: number; readonly width: number };
  readonly plane: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Lays out a sum of three words with `found` answers, the plane beside them or below. */
export function sumLayout(words: readonly string[], found: number, width: number): SumLayout {
  const isWide = width >= 820;
  const left = isWide ? Math.min(600, width - 400) : width;
  const names = Math.min(
    left * 0.4,
    largestOf(
      words.map((word) => labelWidth(word, 14) + 42),
      70,
    ),
  );
  const rowHeight = 34;
  const terms = 22;
  const cells = names + 12;
  const count = Math.max(4, Math.floor((left - cells - 4) / 18));
  const foundY = terms + 4 * rowHeight + 54;
  const foundHeight = found * 27;
  const bottom = foundY + foundHeight + 8;
  const plane = isWide
    ? { x: left + 34, y: 22, width: width - left - 35, height: Math.max(300, bottom - 22) }
    : { x: 1, y: bottom + 34, width: width - 2, height: Math.min(360, width * 0.9) };
  return {
    width,
    names,
    cells,
    count,
    rowHeight,
    terms,
    plane,
    height: Math.max(bottom, plane.y + plane.height) + 6,
    found: { x: 0, y: foundY, width: left },
  };
}
