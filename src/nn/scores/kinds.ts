/** @file The table of scoring functions. `docs/attention.md` shows how to add one. */

import { additive, biasedAdditive, normedAdditive } from "./additive.ts";
import { location } from "./location.ts";
import { dot, general, scaledGeneral } from "./multiplicative.ts";
import type { ScoreKind } from "./score.ts";

/** The name of a scoring function, as `--attention` takes it. */
export type AttentionKind =
  | "dot"
  | "general"
  | "concat"
  | "additive"
  | "biasedAdditive"
  | "location"
  | "scaledGeneral"
  | "normedAdditive";

/** The scoring functions: Luong et al. (2015) §3.1, Bahdanau et al. (2014) §A.1.2, tensorflow/nmt. */
export const scoreKinds: Readonly<Record<AttentionKind, ScoreKind>> = {
  dot,
  general,
  concat: additive,
  additive,
  biasedAdditive,
  location,
  scaledGeneral,
  normedAdditive,
};

/** The names of the table. */
export const attentionKinds: readonly AttentionKind[] = Object.keys(scoreKinds) as AttentionKind[];
