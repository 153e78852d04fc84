/** @file Records the attention for fixed pairs at each evaluation, to show a model learning to align. */

import type { WatchedLine } from "../../modelFolder/trainingRecords.ts";
import type { PairModel } from "./pairModel.ts";

/** Records every pair with the weights of a step. */
export async function look(
  model: PairModel,
  step: number,
  seconds: number,
): Promise<WatchedLine[]> {
  const scores = await model.scores();
  const translations = await model.translations();
  return scores.map(({ sourceTokens, tokens, logProbability, attention }, index) => ({
    step,
    seconds: Math.round(seconds),
    source: model.pairs[index]?.source ?? "",
    sourceTokens,
    targetTokens: tokens,
    logProbability,
    // Pictures cannot show more than four digits.
    attention: attention?.map((row) => Array.from(row, (x) => Number(x.toFixed(4)))) ?? null,
    translation: translations[index] ?? "",
  }));
}
