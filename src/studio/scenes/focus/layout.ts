/** @file Where things are in the picture of the focus over a sentence. Pure geometry, in CSS pixels. */

import { largestOf } from "../../../tensor/extremes.ts";
import { angleOf, rotatedExtent } from "../../parts/matrixLayout.ts";
import { shortened, textWidth, tokenWidth } from "../../text/spelling.ts";

/** The places of the picture's parts. */
export interface FocusLayout {
  readonly width: number;
  readonly height: number;
  /** Where the source words begin and end, and where the strips of their states begin. */
  readonly shift: number;
  readonly words: number;
  readonly strips: number;
  readonly stripCells: number;
  readonly stripSize: number;
  readonly stripAcross: number;
  /** The upper left corner of the cells, and the size of one. */
  readonly left: number;
  readonly top: number;
  readonly cell: { readonly width: number; readonly height: number };
  /** The upper edge of the contexts below the cells, the size of one's numbers, and its width. */
  readonly contexts: number;
  readonly contextSize: number;
  readonly contextAcross: number;
  readonly isRowBoxed: boolean;
  readonly isColumnBoxed: boolean;
  readonly angle: number;
  readonly fontSize: number;
  readonly digits: number;
}

const contextCells = 8;
const smallest = { width: 12, height: 14 };

/**
 * Lays out source words as rows and produced words as columns.
 *
 * @param isOfPicture whether each row also has a patch of a picture, as high as the row.
 */
export function focusLayout(
  tokens: readonly string[],
  outputs: readonly string[],
  width: number,
  isOfPicture = false,
): FocusLayout {
  const isNarrow = width < 560;
  const height = Math.min(46, Math.max(smallest.height, 480 / Math.max(1, tokens.length)));
  const isRowBoxed = !isOfPicture && height >= 33;
  const boxed = largestOf(
    tokens.map((token) => tokenWidth(token)),
    30,
  );
  const bare =
    largestOf(
      tokens.map((token) => textWidth(token, 14)),
      24,
    ) + 8;
  const words =
    Math.min(isRowBoxed ? boxed : bare, isNarrow ? 96 : 190) + (isOfPicture ? height + 2 : 0);
  const stripCells = isNarrow ? 4 : 8;
  const stripSize = isNarrow ? 8 : height >= 26 ? 11 : 8;
  const before = words + 10 + stripCells * stripSize + 14;
  const count = Math.max(1, outputs.length);
  let across = Math.min(108, (width - before - 6) / count);
  const isColumnBoxed = across >= 34 && outputs.every((token) => tokenWidth(token) + 4 <= across);
  const over = (size: number): number =>
    largestOf(
      outputs.map(
        (token, at) =>
          rotatedExtent(textWidth(token, 14), angleOf(size)).run + 10 - (count - at - 0.5) * size,
      ),
      0,
    );
  if (!isColumnBoxed) {
    while (across > smallest.width && before + count * across + over(across) > width) across -= 0.5;
  }
  across = Math.max(smallest.width, across);
  const longest = largestOf(
    outputs.map((token) => textWidth(token, 14)),
    20,
  );
  const top = isColumnBoxed ? 44 : rotatedExtent(longest, angleOf(across)).rise + 22;
  const contexts = top + tokens.length * height + 34;
  const contextSize = 9;
  const whole = before + count * across + (isColumnBoxed ? 6 : over(across));
  const shift = Math.max(0, (width - whole) / 2);
  const left = before + shift;
  return {
    width: Math.max(width, whole),
    height: contexts + contextCells * contextSize + 10,
    shift,
    words: words + shift,
    strips: words + 10 + shift,
    stripCells,
    stripSize,
    left,
    top,
    stripAcross: Math.min(16, height - 5),
    cell: { width: across, height },
    contexts,
    contextSize,
    contextAcross: Math.min(22, across - 3),
    isRowBoxed,
    isColumnBoxed,
    angle: angleOf(across),
    fontSize: Math.min(height, across) < 15 ? 12 : Math.min(height, across) < 18 ? 12.5 : 14,
    digits: across >= 36 ? 2 : 0,
  };
}

export { contextCells, shortened };
