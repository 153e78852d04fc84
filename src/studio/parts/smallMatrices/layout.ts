/** @file Where small matrices are that show one after another how a matrix came about. Pure geometry, in CSS pixels. */

/** The size of a cell. */
export interface Cell {
  readonly width: number;
  readonly height: number;
}

/** The places of small matrices. */
export interface MultiplesLayout {
  readonly width: number;
  readonly height: number;
  /** The size of a cell, and of a whole matrix. */
  readonly cell: Cell;
  readonly matrix: { readonly width: number; readonly height: number };
  /** The upper left corner of each matrix. */
  readonly places: readonly (readonly [x: number, y: number])[];
}

/** How large small matrices are, in cells and at most in pixels. */
export interface MultiplesSize {
  readonly rows: number;
  readonly columns: number;
  /** The longest side of a matrix; by default what suits a page of this width. */
  readonly tile?: number;
}

/** The least height of a matrix, as a part of its width. */
const flattest = 1 / 3;

/** Lays out `count` matrices of so many rows and columns in lines, as large as is good for them. */
export function multiplesLayout(
  count: number,
  { rows, columns, tile: wanted }: MultiplesSize,
  width: number,
): MultiplesLayout {
  const apart = 18;
  const caption = 30;
  const tile = wanted ?? (width < 480 ? 92 : 132);
  const side = Math.max(1.5, Math.min(16, tile / Math.max(1, rows, columns)));
  // Few rows of many columns are higher than broad, so that they can be told apart.
  const cell = {
    width: side,
    height: Math.max(side, Math.min(16, (flattest * tile) / Math.max(1, rows))),
  };
  const matrix = { width: columns * cell.width, height: rows * cell.height };
  // The caption needs room of its own.
  const across = Math.max(64, matrix.width) + apart;
  const inLine = Math.max(1, Math.floor((width - 6 + apart) / across));
  const shift = Math.max(3, (width - Math.min(inLine, count) * across + apart) / 2);
  const places = Array.from({ length: count }, (_, index): [number, number] => [
    shift + (index % inLine) * across + (across - apart - matrix.width) / 2,
    4 + Math.floor(index / inLine) * (matrix.height + caption + 12),
  ]);
  const lines = Math.ceil(count / inLine);
  return {
    width,
    height: Math.max(1, lines) * (matrix.height + caption + 12),
    cell,
    matrix,
    places,
  };
}

/** Cells of about the same tint, as one path. */
export interface Tint {
  readonly opacity: number;
  readonly path: string;
}

const tints = 24;

/** The cells of a small matrix by their tints, so that a page of matrices needs few elements. */
export function tintsOf(weights: readonly (readonly number[])[], cell: Cell): Tint[] {
  const paths = new Map<number, string>();
  const [across, down] = [cell.width, cell.height].map((side) => Number((side * 0.94).toFixed(2)));
  weights.forEach((row, y) => {
    row.forEach((weight, x) => {
      const tint = Math.round(Math.min(1, Math.max(0, weight)) * tints);
      if (tint === 0) return;
      const start = `M${(x * cell.width).toFixed(2)} ${(y * cell.height).toFixed(2)}`;
      const at = `${start}h${across}v${down}h-${across}z`;
      paths.set(tint, (paths.get(tint) ?? "") + at);
    });
  });
  return Array.from(paths, ([tint, path]) => ({ opacity: tint / tints, path }));
}
