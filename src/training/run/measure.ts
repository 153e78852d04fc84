/** @file One evaluation: what the present weights are worth. It changes and writes nothing. */

import { perplexity } from "../../evaluation/perplexity.ts";
import type { SampleLine, WatchedLine } from "../../modelFolder/trainingRecords.ts";
import type { TrainingState } from "../storage/checkpoint.ts";
import { notFinite } from "../storage/divergence.ts";
import type { DevScore } from "./bestScore.ts";
import type { RunParts } from "./runParts.ts";
import { look } from "./watch.ts";

/** What an evaluation found. */
export interface Measured {
  /** What decides whether the weights are kept. */
  readonly score: DevScore;
  readonly trainPerplexity: number;
  /** Null without a dev set. */
  readonly devPerplexity: number | null;
  /** Null unless BLEU decides which weights are kept. */
  readonly devBleu: number | null;
  /** The watched pairs. */
  readonly looks: readonly WatchedLine[];
  /** Translations of some dev pairs. */
  readonly sample: SampleLine | null;
  /** Which number is not finite, as a sentence; null if all are. */
  readonly fault: string | null;
}

/** Evaluates the weights of a run. */
export async function measure(
  { data, step, averages, scorer, devBleu: bleu, devSample, watched, team }: RunParts,
  state: TrainingState,
): Promise<Measured> {
  const weights = (averages ?? step.parameters).views;
  const trainPerplexity = perplexity(state.logProbability, Math.max(1, state.tokens));
  let devPerplexity: number | null = null;
  if (data.dev) {
    const dev = await scorer.score(data.dev, weights, team);
    devPerplexity = perplexity(dev.logProbability, dev.tokens);
  }
  const devBleu = bleu && (await bleu.score());
  const looks = watched === null ? [] : await look(watched, state.step, state.seconds);
  const sample = devSample && (await devSample.measure(state.step, state.seconds));
  const unlikely = looks.find((each) => !Number.isFinite(each.logProbability));
  const fault =
    notFinite({ "train perplexity": trainPerplexity, "dev perplexity": devPerplexity }) ??
    notFinite({ "log-probability of a watched pair": unlikely?.logProbability ?? null });
  const score = { bleu: devBleu, perplexity: devPerplexity ?? trainPerplexity };
  return { score, trainPerplexity, devPerplexity, devBleu, looks, sample, fault };
}
