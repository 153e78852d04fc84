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

/** The vocabulary of places: those of the grid, or as many as a source may have rows. */
export function learnPlaces(configuration: ModelConfiguration, maxLength: number): TextTokenizer {
  const grid = gridOf(configuration);
  const places = grid ? gridPlaces(grid.rows, grid.columns) : sequencePlaces(maxLength);
  return TextTokenizer.fromJson(placeTokenizer(places), "the tokenizer of places");
}

/** How many places a source may have: a model that a run starts from knows no more. */
export function placesOf(tokenizer: TextTokenizer): number {
  return tokenizer.size - firstPlaceId;
}

/**
 * The features that pairs name, on their way into a file of the run; null where sources are texts.
 *
 * @param size the numbers that each row must have; null for those of the first that is read.
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
