/** @file Pictures cut into a grid of patches, whose RGB values are the features of a source. */

import { OptionError } from "../options/optionError.ts";
import { UserError } from "../tensor/errors.ts";
import type { FeatureInput, SourceSizes } from "../tensor/sequence.ts";

/** The number of rows and columns of patches. */
export interface PatchGrid {
  readonly rows: number;
  readonly columns: number;
}

/** A decoded picture: red, green, blue and opacity of each pixel, row by row, from 0 to 255. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 4]`. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** The maximum number of patches along a side. */
const largestGrid = 256;

/**
 * Parses a grid of patches: `8` for 8 rows of 8, or `4x16` for 4 rows of 16.
 *
 * @throws UserError if it is neither.
 */
export function parsePatches(option: string): PatchGrid {
  const match = /^(\d+)(?:[x×](\d+))?$/.exec(option);
  const [rows, columns] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (!match || Math.min(rows, columns) < 1 || Math.max(rows, columns) > largestGrid) {
    throw new OptionError({
      key: "patches",
      value: option,
      remedy: `give the size of the grid, such as 8 or 4x16 (rows, columns), each from 1 to ${largestGrid}`,
    });
  }
  return { rows, columns };
}

/**
 * Cuts a picture into patches, in reading order. The numbers of a patch are the red, green and blue values of
 * its pixels, row by row, scaled from 0…255 to −1…1; transparent pixels are blended with white.
 *
 * @param name the picture's name in errors.
 * @returns `[rows*columns, patchHeight*patchWidth*3]`.
 * @throws UserError if the grid does not divide the picture, or its data are not its pixels.
 */
export function cutPatches(
  { width, height, data }: Picture,
  { rows, columns }: PatchGrid,
  name: string,
): FeatureInput {
  if (data.length !== width * height * 4) {
    throw new UserError(
      `${name}: its data are ${data.length} numbers where a picture of ${width}×${height} pixels has ${width * height * 4}; give red, green, blue and opacity of each.`,
    );
  }
  if (width % columns !== 0 || height % rows !== 0) {
    throw new UserError(
      `${name}: a picture of ${width}×${height} pixels is not divided evenly by ${columns}×${rows} patches; change the grid, or the pictures' size.`,
    );
  }
  const [patchWidth, patchHeight] = [width / columns, height / rows];
  const size = patchWidth * patchHeight * 3;
  const values = new Float32Array(rows * columns * size);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let y = row * patchHeight; y < (row + 1) * patchHeight; y++) {
        for (let x = column * patchWidth; x < (column + 1) * patchWidth; x++) {
          const pixel = (y * width + x) * 4;
          const opacity = (data[pixel + 3] as number) / 255;
          for (let colour = 0; colour < 3; colour++) {
            const value = (data[pixel + colour] as number) / 127.5 - 1;
            values[at++] = opacity * value + (1 - opacity);
          }
        }
      }
    }
  }
  return { name, shape: [rows * columns, size], data: values, picture: { width, height } };
}

/** The grid in a model's configuration. */
export type PatchSizes = Pick<SourceSizes, "patchRows" | "patchColumns">;

/** The grid for a model's pictures; null if it reads files of features. */
export function gridOf({ patchRows: rows, patchColumns: columns }: PatchSizes): PatchGrid | null {
  return rows > 0 ? { rows, columns } : null;
}
