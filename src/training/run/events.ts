/** @file What a run tells while it goes on, and when it ends. */

import type { BleuTokenizer } from "../../evaluation/bleuTokenizer.ts";

/** How a run is going, for a display. */
export interface TrainingProgress {
  readonly step: number;
  readonly epoch: number;
  /** The part of the current epoch that is done, 0 to 1. */
  readonly epochPart: number;
  readonly loss: number;
  /** Of the training tokens since the last evaluation, dropout included. */
  readonly perplexity: number;
  readonly learningRate: number;
  readonly tokensPerSecond: number;
  readonly seconds: number;
  /** Seconds until the nearest limit, as far as one is set. */
  readonly secondsLeft: number | null;
}

/** What an evaluation found. */
export interface EvaluationResult {
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly trainPerplexity: number;
  readonly devPerplexity: number | null;
  readonly devBleu: number | null;
  /** How BLEU parts sentences, if it is measured. */
  readonly bleuTokenizer?: BleuTokenizer;
  readonly learningRate: number;
  /** Whether these weights were kept: as the best so far, or since the last are. */
  readonly isBest: boolean;
}

/** What goes on around a run. */
export interface TrainHooks {
  log?(line: string): void;
  onProgress?(progress: TrainingProgress): void;
  onEvaluation?(result: EvaluationResult): void;
  /** Stops after the current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** What `minutes` and all seconds are counted by, in milliseconds; the time of day unless given. */
  clock?(): number;
}

/** How a run ended. */
export interface RunResult {
  readonly steps: number;
  readonly seconds: number;
  /** Of the weights that are kept. */
  readonly bestStep: number;
  readonly devPerplexity: number | null;
  readonly reason: "limit" | "patience" | "interrupted";
}

/** How a run in a folder ended. */
export interface TrainResult extends RunResult {
  readonly out: string;
}
