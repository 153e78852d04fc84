/** @file Records the attention for fixed pairs at each evaluation, to show a model learning to align. */

import type { Scoring } from "../../decoding/textModel.ts";
import type { WatchedLine } from "../../modelFolder/trainingRecords.ts";
import type { PairModel } from "./pairModel.ts";

/** Records every pair with the weights of a step. */
export async function look(
  model: PairModel,
  step: number,
  seconds: number,
): Promise<WatchedLine[]> {
  const scores = await model.scores();
  return watchedLines(model.pairs, scores, await model.translations()).map((line) => ({
    step,
    seconds: Math.round(seconds),
    ...line,
  }));
}

/** What is recorded of pairs: the scores of their targets, and the model's own translations. */
export function watchedLines(
  pairs: readonly { readonly source: string }[],
  scores: readonly Scoring[],
  translations: readonly string[],
): Omit<WatchedLine, "step" | "seconds">[] {
  return scores.map(({ sourceTokens, tokens, logProbability, attention }, index) => ({
    source: pairs[index]?.source ?? "",
    sourceTokens,
    targetTokens: tokens,
    logProbability,
    // Pictures cannot show more than four digits.
    attention: attention?.map((row) => Array.from(row, (x) => Number(x.toFixed(4)))) ?? null,
    translation: translations[index] ?? "",
  }));
}
