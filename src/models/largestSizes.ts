import type { ModelSizes } from "./modelConfiguration.ts";

/** The sizes of a model that have a bound. */
type Bounded =
  | "embedding"
  | "hidden"
  | "encoderHidden"
  | "attentionHidden"
  | "maxout"
  | "outputRank"
  | "layers"
  | "encoderLayers"
  | "residualFrom"
  | "window"
  | "locations"
  | "sourceFeatures"
  | "patchRows"
  | "patchColumns"
  | "sourceVocabulary"
  | "targetVocabulary";

/**
 * The most that each size of a model may be, ten times and more what anyone trains: a file or an option
 * with a slip in it is refused before anything is made of that size.
 */
export const largestSizes: Readonly<Record<Bounded & keyof ModelSizes, number>> = {
  embedding: 65_536,
  hidden: 65_536,
  encoderHidden: 65_536,
  attentionHidden: 65_536,
  maxout: 65_536,
  outputRank: 65_536,
  layers: 64,
  encoderLayers: 128,
  residualFrom: 128,
  window: 100_000,
  locations: 100_000,
  sourceFeatures: 10_000_000,
  patchRows: 256,
  patchColumns: 256,
  sourceVocabulary: 10_000_000,
  targetVocabulary: 10_000_000,
};
