/** @file Fixed pairs that are looked at again at each evaluation, to see a model learn to attend. */

import type { WatchedLine } from "../../modelFolder/trainingRecords.ts";
import type { PairModel } from "./pairModel.ts";

/** One look at each pair, under the weights after so many steps. */
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
    // Four digits are what a picture can show.
    attention: attention?.map((row) => Array.from(row, (x) => Number(x.toFixed(4)))) ?? null,
    translation: translations[index] ?? "",
  }));
}
