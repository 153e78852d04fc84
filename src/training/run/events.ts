/** @file What a run tells while it goes on, and when it ends. */

import type { BleuTokenizer } from "../../evaluation/bleuTokenizer.ts";
import type { SampleLine } from "../../modelFolder/trainingRecords.ts";

/** The progress of a run, for display. */
export interface TrainingProgress {
  readonly step: number;
  /** The epochs completed before the current one. */
  readonly epoch: number;
  /** The completed fraction of the current epoch, 0 to 1. */
  readonly epochPart: number;
  readonly loss: number;
  /** Perplexity of the training tokens since the last evaluation, with dropout. */
  readonly perplexity: number;
  readonly learningRate: number;
  readonly tokensPerSecond: number;
  readonly seconds: number;
  /** Estimated seconds to the nearest limit, if there is one. */
  readonly secondsLeft: number | null;
}

/** The results of an evaluation. */
export interface EvaluationResult {
  readonly step: number;
  readonly epoch: number;
  /** The completed fraction of the epoch after these, 0 to 1. */
  readonly epochPart: number;
  readonly seconds: number;
  readonly trainPerplexity: number;
  readonly devPerplexity: number | null;
  readonly devBleu: number | null;
  /** The tokenizer of BLEU, if it is measured. */
  readonly bleuTokenizer?: BleuTokenizer;
  readonly learningRate: number;
  /** Whether these weights were kept, as the best so far or because the last weights are always kept. */
  readonly isBest: boolean;
  /** Whether it was made because the run stopped between two evaluations; a resumed run forgets it. */
  readonly atStop?: boolean;
  /** Some sentences of the dev set with their translations, and the quality of a part of it; null without `samples`. */
  readonly sample: Pick<SampleLine, "score" | "translations"> | null;
}

/** Callbacks and controls of a run. */
export interface TrainHooks {
  log?(line: string): void;
  onProgress?(progress: TrainingProgress): void;
  onEvaluation?(result: EvaluationResult): void;
  /**
   * Stops after the current step: the run saves a checkpoint, evaluates the weights, and writes them as the model if
   * they are better than the kept ones.
   */
  readonly signal?: AbortSignal;
  /** The clock for `minutes` and all seconds, in milliseconds; the system clock by default. */
  clock?(): number;
}

/** The result of a run. */
export interface RunResult {
  readonly steps: number;
  readonly seconds: number;
  /** The step of the model's weights; 0 if there is no model. */
  readonly bestStep: number;
  /** Their perplexity on the dev set. */
  readonly devPerplexity: number | null;
  readonly reason: "limit" | "patience" | "interrupted";
}

/** The result of a run in a folder. */
export interface TrainResult extends RunResult {
  readonly out: string;
}
