/** @file The records of a training, line by line, in its model's folder. Isomorphic. */

import { z } from "zod";

/** What a training writes down for people to look at, by the paths in the model's folder. */
export const trainingRecords = {
  metrics: "training/metrics.jsonl",
  watched: "training/watched.jsonl",
  samples: "training/samples.jsonl",
} as const;

const number = z.number();

/** The results of an evaluation; a line of `training/metrics.jsonl`. */
export interface EvaluationLine {
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly trainPerplexity: number;
  readonly devPerplexity: number | null;
  readonly devBleu: number | null;
  readonly learningRate: number;
  /** Whether these weights were kept: as the best so far, or because the final weights are kept. */
  readonly isBest: boolean;
}

/** The schema of a line of `training/metrics.jsonl`; other fields are dropped. */
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

/** A model's attention and translation for a watched pair at one step; a line of `training/watched.jsonl`. */
export interface WatchedLine {
  readonly step: number;
  readonly seconds: number;
  readonly source: string;
  readonly sourceTokens: readonly string[];
  /** The given translation's tokens; the end follows them in the rows below. */
  readonly targetTokens: readonly string[];
  /** log p of the given translation, in nats. */
  readonly logProbability: number;
  /** Forced decoding: one row per target token and for the end, one weight per source token. */
  readonly attention: readonly (readonly number[])[] | null;
  /** The model's own greedy translation of the source. */
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

/** A sentence of the dev set and how the model translates it. */
export interface SampledTranslation {
  readonly source: string;
  readonly reference: string;
  readonly output: string;
}

/** The quality of greedy translations of a part of the dev set. */
export interface SampleScore {
  /** BLEU; or exact match, where targets are no sentences. */
  readonly metric: "bleu" | "exact";
  /** From 0 to 100. */
  readonly value: number;
  /** The number of translated pairs. */
  readonly pairs: number;
  /** The tokenizer of BLEU. */
  readonly tokenizer?: string;
}

/** How the model translates a few dev sentences at an evaluation; a line of `training/samples.jsonl`. */
export interface SampleLine {
  readonly step: number;
  readonly seconds: number;
  readonly score: SampleScore;
  readonly translations: readonly SampledTranslation[];
}

/** The schema of a line of `training/samples.jsonl`. */
export const sampleLineSchema: z.ZodType<SampleLine> = z.object({
  step: number,
  seconds: number,
  score: z.object({
    metric: z.enum(["bleu", "exact"]),
    value: number,
    pairs: number,
    tokenizer: z.string().exactOptional(),
  }),
  translations: z.array(
    z.object({ source: z.string(), reference: z.string(), output: z.string() }),
  ),
});
