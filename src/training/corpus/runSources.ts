/** @file What a new run learns from: pairs, and what belongs to them. */

import type { FeatureReader } from "../../data/featureSources.ts";
import type { PairReader } from "../../data/pairs.ts";

/** Pairs whose sources may be names of features. */
export interface PairsOfRun extends PairReader {
  /** Finds the features of a source; null where sources are texts. */
  readonly features: FeatureReader | null;
}

/** Lines that are read from the first to the last. */
export interface LineReader {
  /** What people call them: the name of their file. */
  readonly name: string;
  read(): AsyncGenerator<{ readonly text: string; readonly line: number }>;
}

/** What a run is given. */
export interface RunSources {
  readonly data: PairsOfRun;
  readonly dev: PairsOfRun | null;
  /** Pairs that each evaluation looks at. */
  readonly watch: PairsOfRun | null;
  /** Links between words that attention is taught, a line for each pair of the data. */
  readonly alignments: LineReader | null;
}
