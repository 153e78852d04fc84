/** @file Pairs whose sources are files of features, on their way into a training. */

import { join } from "node:path";
import { FeatureSources } from "../../data/featureSources.ts";
import { FeatureWriter } from "../../data/featureStore.ts";
import { sourceFolder } from "../../data/node/readPairs.ts";
import type { PairSource } from "../../data/pairs.ts";
import { sourceFile } from "../../data/pairs.ts";
import { readFeatureFile } from "../../features/nodeFeatureFile.ts";
import { gridOf } from "../../features/patches.ts";
import { OutputFile } from "../../files/nodeOutputFile.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import {
  firstPlaceId,
  gridPlaces,
  placeTokenizer,
  sequencePlaces,
} from "../../text/placeTokenizer.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";

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

/** The sources of pairs as files that a configuration says how to read, relative to the file of pairs. */
export async function featureSources(
  pairs: PairSource,
  configuration: ModelConfiguration,
  path: string,
  size: number | null,
): Promise<FeatureSources> {
  const grid = gridOf(configuration);
  const folder = sourceFolder(pairs);
  const reader = {
    origin: sourceFile(pairs),
    read: (name: string) => readFeatureFile(join(folder, name), grid, name),
  };
  return new FeatureSources(reader, new FeatureWriter(await OutputFile.create(path)), size);
}
