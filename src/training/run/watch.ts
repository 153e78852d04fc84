/** @file Fixed pairs that are looked at again at each evaluation, to see a model learn to attend. */

import type { PairModel } from "./pairModel.ts";

/** How a model saw one pair after so many steps; a line of `training/watched.jsonl`. */
export interface WatchedPair {
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

/** One look at each pair, under the weights after so many steps. */
export async function look(
  model: PairModel,
  step: number,
  seconds: number,
): Promise<WatchedPair[]> {
  const scores = await model.scores();
  const translations = await model.translations();
  return scores.map(({ sourceTokens, tokens, logProbability, attention }, index) => ({
    step,
    seconds: Math.round(seconds),
    source: model.pairs[index]?.source ?? "",
    sourceTokens,
    targetTokens: tokens,
    logProbability,
    // Four digits are what a picture can show.
    attention: attention?.map((row) => Array.from(row, (x) => Number(x.toFixed(4)))) ?? null,
    translation: translations[index] ?? "",
  }));
}
