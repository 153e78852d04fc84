/** @file A model with random weights that reads pictures, and a picture for it. */

import { cutPatches, type Picture } from "../../src/features/patches.ts";
import type { ConfigurationChanges } from "../../src/models/configuration.ts";
import type { FeatureInput } from "../../src/tensor/sequence.ts";
import { FeatureModel } from "./featureModel.ts";

/** Its grid: patches of 4×2 pixels. */
const grid = { rows: 2, columns: 3 };

/** 12×4 pixels of many colours. */
export const picturePixels: Picture = {
  width: 12,
  height: 4,
  data: Uint8Array.from({ length: 12 * 4 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) % 256)),
};

/** A model for pictures of that size (default: Xu's preset), and the picture as its source. */
export async function pictureModel(
  preset = "xu2015",
  changes: ConfigurationChanges = {},
): Promise<{ readonly model: FeatureModel; readonly source: FeatureInput }> {
  const model = await FeatureModel.create(preset, {
    patchRows: grid.rows,
    patchColumns: grid.columns,
    sourceFeatures: 4 * 2 * 3,
    ...changes,
  });
  return { model, source: cutPatches(picturePixels, grid, "colours.png") };
}
