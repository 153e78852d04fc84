/** @file What rank 0 asks of the other ranks of a run. */

import type { SourceInput } from "../../decoding/sourceInput.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import type { FullTrainOptions } from "../plan/options.ts";
import type { SentPair, StepShare } from "../step/sharedStep.ts";
import type { TrainingStepOptions } from "../step/trainingStep.ts";
import type { RunResult } from "./events.ts";

/** The first order: all that a rank must know of the run. The weights follow it. */
export interface Beginning {
  readonly kind: "begin";
  readonly sizes: ModelSizes;
  /** The settings of steps, without the rule, which consists of functions. */
  readonly settings: Omit<TrainingStepOptions, "rule">;
  readonly options: Pick<
    FullTrainOptions,
    | "optimizer"
    | "adamBeta1"
    | "adamBeta2"
    | "average"
    | "shards"
    | "device"
    | "threads"
    | "stallTimeout"
  >;
  /** The vocabularies, as their files have them. */
  readonly tokenizers: { readonly source: unknown; readonly target: unknown };
}

/** An order. All but `begin` and `end` are answered, or take part in an exchange of numbers. */
export type Order =
  | Beginning
  | StepShare
  /** Update the averages of the rank's slices. */
  | { readonly kind: "average"; readonly keep: number }
  /** Share the named arenas, so that every rank has them as a whole. */
  | { readonly kind: "collect"; readonly arenas: readonly string[] }
  /** Answer with the log-probability of each pair of each batch. */
  | { readonly kind: "score"; readonly batches: readonly (readonly SentPair[])[] }
  /** Answer with the greedy translations. */
  | { readonly kind: "translate"; readonly sources: readonly SourceInput[] }
  /** The run has ended; null if it failed. */
  | { readonly kind: "end"; readonly result: RunResult | null };
