/** @file The vocabulary of a source of features: its places. */

import { FeatureSources } from "../../data/featureSources.ts";
import { FeatureWriter } from "../../data/featureStore.ts";
import { gridOf } from "../../features/patches.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import {
  firstPlaceId,
  gridPlaces,
  placeTokenizer,
  sequencePlaces,
} from "../../text/placeTokenizer.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import type { RunStorage } from "../storage/runStorage.ts";
import type { PairsOfRun } from "./runSources.ts";

/** The vocabulary of positions: one for each cell of the grid, or for each row that a source may have. */
export function learnPlaces(configuration: ModelConfiguration, maxLength: number): TextTokenizer {
  const grid = gridOf(configuration);
  const places = grid ? gridPlaces(grid.rows, grid.columns) : sequencePlaces(maxLength);
  return TextTokenizer.fromJson(placeTokenizer(places), "the tokenizer of places");
}

/** The maximum number of positions of a source; the model to start from may limit it. */
export function placesOf(tokenizer: TextTokenizer): number {
  return tokenizer.size - firstPlaceId;
}

/**
 * A reader that copies the features named by pairs into a file of the run; null if sources are texts.
 *
 * @param size the required row size; null for the size of the first row read.
 */
export async function featureSources(
  { features }: PairsOfRun,
  storage: RunStorage,
  file: string,
  size: number | null,
): Promise<FeatureSources | null> {
  if (!features) return null;
  return new FeatureSources(features, new FeatureWriter(await storage.create(file)), size);
}
