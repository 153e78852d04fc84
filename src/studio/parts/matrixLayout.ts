/** @file Where things are in an alignment matrix. Pure geometry, in CSS pixels. */

import { largestOf } from "../../tensor/extremes.ts";
import { textWidth, tokenWidth } from "../text/spelling.ts";

/** The places of the matrix's parts. */
export interface MatrixLayout {
  readonly width: number;
  readonly height: number;
  /** The upper left corner of the cells, and the size of one. */
  readonly left: number;
  /** The room for words at the left. */
  readonly words: number;
  readonly top: number;
  readonly cell: { readonly width: number; readonly height: number };
  /** Whether words stand in boxes; else they are bare. */
  readonly isBoxed: boolean;
  /** How far bare words above the matrix are rotated; 0 where all are short enough to stand upright. */
  readonly angle: number;
  readonly fontSize: number;
  /** How many digits fit into a cell. */
  readonly digits: number;
}

/** How far words above columns of middling width are rotated, in degrees; negative ones rise. */
export const wordAngle = -55;

/** How far words above columns are rotated, in degrees; the narrower, the steeper. */
export function angleOf(column: number): number {
  return column < 20 ? -68 : wordAngle;
}

/** How far a rotated word of a length reaches up, and to the right. */
export function rotatedExtent(
  length: number,
  angle: number,
): { readonly rise: number; readonly run: number } {
  const radians = (-angle * Math.PI) / 180;
  return { rise: length * Math.sin(radians), run: length * Math.cos(radians) };
}

const smallest = 12;
const largest = 84;
/** A matrix higher than this gets smaller cells, as long as they can be read. */
const highest = 540;
/** How many times as broad as high a cell may be. */
const broadest = 2;

/**
 * Lays out a matrix with these words at its left and above it.
 *
 * @param isOfPicture whether each column also has a patch of a picture, as wide as the column.
 */
export function matrixLayout(
  rows: readonly string[],
  columns: readonly string[],
  width: number,
  isOfPicture = false,
): MatrixLayout {
  const lengthOf = (word: string): number => textWidth(word, 14);
  const longestRow = largestOf(rows.map(lengthOf), 24);
  const left = Math.min(longestRow + 24, Math.max(60, 0.4 * width));
  const across = (width - left - 8) / Math.max(1, columns.length);
  const down = Math.min(largest, Math.max(26, highest / Math.max(1, rows.length)));
  const boxed = largestOf(
    columns.map((word) => tokenWidth(word) + 6),
    0,
  );
  // Where boxed words fit, cells may be broader than high; else they are squares.
  const isBoxed = !isOfPicture && down >= 34 && boxed <= across && boxed <= broadest * down;
  let size = Math.min(across, down);
  // Letters and other short words need not be turned.
  const longest = largestOf(columns.map(lengthOf), 0);
  const isFlat = 2 * rows.length <= columns.length;
  const isUpright = !isBoxed && longest + 2 <= size;
  // Turned words lean over the right edge.
  const over = (side: number): number =>
    largestOf(
      columns.map(
        (word, at) =>
          rotatedExtent(lengthOf(word), angleOf(side)).run + 8 - (columns.length - at - 0.5) * side,
      ),
      0,
    );
  if (!isBoxed && !isUpright) {
    while (size > smallest && left + columns.length * size + over(size) > width) size -= 0.5;
  }
  size = Math.max(smallest, size);
  const cell = isBoxed
    ? { width: Math.max(boxed, size), height: Math.min(size, down) }
    : // Rows of many narrow columns may be higher, so that words have room beside them.
      { width: size, height: isOfPicture || isFlat ? Math.max(size, Math.min(26, down)) : size };
  const angle = isUpright ? 0 : angleOf(size);
  const rise = isUpright ? 8 : rotatedExtent(Math.max(20, longest), angle).rise;
  const top = isBoxed ? 44 : rise + 20 + (isOfPicture ? size : 0);
  const whole = left + columns.length * cell.width + (isBoxed || isUpright ? 4 : over(size));
  return {
    width: Math.max(width, whole),
    height: top + rows.length * cell.height + 8,
    left: left + Math.max(0, (width - whole) / 2),
    words: left,
    top,
    cell,
    isBoxed,
    angle,
    fontSize: size < 18 ? 12 : 14,
    digits: cell.width >= 34 ? 2 : 0,
  };
}
