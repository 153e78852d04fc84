/** @file What a training writes down, line by line, beside its model. Isomorphic. */

import { z } from "zod";

const number = z.number();

/** What an evaluation found; a line of `training/metrics.jsonl`. */
export interface EvaluationLine {
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly trainPerplexity: number;
  readonly devPerplexity: number | null;
  readonly devBleu: number | null;
  readonly learningRate: number;
  /** Whether these weights were kept: as the best so far, or since the last are. */
  readonly isBest: boolean;
}

/** The schema of a line of `training/metrics.jsonl`; further fields are left out. */
export const evaluationLineSchema: z.ZodType<EvaluationLine> = z.object({
  step: number,
  epoch: number,
  seconds: number,
  trainPerplexity: number,
  devPerplexity: number.nullable(),
  devBleu: number.nullable(),
  learningRate: number,
  isBest: z.boolean(),
});

/** How a model saw one fixed pair after so many steps; a line of `training/watched.jsonl`. */
export interface WatchedLine {
  readonly step: number;
  readonly seconds: number;
  readonly source: string;
  readonly sourceTokens: readonly string[];
  /** The given translation's tokens; the end follows them in the rows below. */
  readonly targetTokens: readonly string[];
  /** log p of the given translation, in nats. */
  readonly logProbability: number;
  /** Forced decoding: a row for each target token and the end, a weight for each source token. */
  readonly attention: readonly (readonly number[])[] | null;
  /** What the model itself makes of the source, greedily. */
  readonly translation: string;
}

/** The schema of a line of `training/watched.jsonl`. */
export const watchedLineSchema: z.ZodType<WatchedLine> = z.object({
  step: number,
  seconds: number,
  source: z.string(),
  translation: z.string(),
  sourceTokens: z.array(z.string()),
  targetTokens: z.array(z.string()),
  logProbability: number,
  attention: z.array(z.array(number)).nullable(),
});
