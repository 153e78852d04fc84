/** @file Where small matrices are that show one after another how a matrix came about. Pure geometry, in CSS pixels. */

/** The places of small matrices. */
export interface MultiplesLayout {
  readonly width: number;
  readonly height: number;
  /** The size of a cell, and of a whole matrix. */
  readonly cell: number;
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

/** Lays out `count` matrices of so many rows and columns in lines, as large as is good for them. */
export function multiplesLayout(
  count: number,
  { rows, columns, tile: wanted }: MultiplesSize,
  width: number,
): MultiplesLayout {
  const apart = 18;
  const caption = 30;
  const tile = wanted ?? (width < 480 ? 92 : 132);
  const cell = Math.max(1.5, Math.min(16, tile / Math.max(1, rows, columns)));
  const matrix = { width: columns * cell, height: rows * cell };
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
export function tintsOf(weights: readonly (readonly number[])[], cell: number): Tint[] {
  const paths = new Map<number, string>();
  const size = Number((cell * 0.94).toFixed(2));
  weights.forEach((row, y) => {
    row.forEach((weight, x) => {
      const tint = Math.round(Math.min(1, Math.max(0, weight)) * tints);
      if (tint === 0) return;
      const at = `M${(x * cell).toFixed(2)} ${(y * cell).toFixed(2)}h${size}v${size}h-${size}z`;
      paths.set(tint, (paths.get(tint) ?? "") + at);
    });
  });
  return Array.from(paths, ([tint, path]) => ({ opacity: tint / tints, path }));
}
