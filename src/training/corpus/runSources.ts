/** @file What a new run learns from: pairs, and what belongs to them. */

import type { FeatureReader } from "../../data/featureSources.ts";
import type { PairReader } from "../../data/pairs.ts";

/** Pairs whose sources may be names of features. */
export interface PairsOfRun extends PairReader {
  /** Reads the features of a source; null if sources are texts. */
  readonly features: FeatureReader | null;
}

/** Lines in order. */
export interface LineReader {
  /** Their name in messages: the name of their file. */
  readonly name: string;
  read(): AsyncGenerator<{ readonly text: string; readonly line: number }>;
}

/** The inputs of a run. */
export interface RunSources {
  /** The corpora to train on, at least one. */
  readonly data: readonly PairsOfRun[];
  /** Null if the run has no dev set, or makes one of `data`. */
  readonly dev: PairsOfRun | null;
  /** Pairs whose translations each evaluation records. */
  readonly watch: PairsOfRun | null;
  /** Word alignments that guide attention, one line per training pair. */
  readonly alignments: LineReader | null;
}
