/** @file Which of two evaluations is better: what is kept, when to stop and the plateau all ask this. */

import type { TrainingState } from "../storage/checkpoint.ts";

/** What an evaluation found, as far as a choice depends on it. */
export interface DevScore {
  /** Of greedy translations; null if perplexity decides. */
  readonly bleu: number | null;
  readonly perplexity: number;
}

/** The best evaluation so far, as a checkpoint holds it. */
export type BestScore = Pick<TrainingState, "bestScore" | "bestPerplexity">;

/** Yields what is kept of an evaluation that is the best so far. */
export function bestScoreOf({ bleu, perplexity }: DevScore): BestScore {
  return { bestScore: bleu ?? -perplexity, bestPerplexity: perplexity };
}

/**
 * Tells whether an evaluation is better than the best so far: by BLEU if that is measured, and where BLEU
 * is the same, as while nothing is right at all, by perplexity. Without a best one, any is better.
 */
export function isBetter(found: DevScore, best: BestScore): boolean {
  if (best.bestScore === null) return true;
  const score = found.bleu ?? -found.perplexity;
  // BLEU is never negative and a negated perplexity always is: one cannot be held against the other.
  const isBestOfBleu = best.bestScore >= 0;
  if (isBestOfBleu !== (found.bleu !== null)) return true;
  if (score !== best.bestScore) return score > best.bestScore;
  return found.perplexity < (best.bestPerplexity ?? Number.POSITIVE_INFINITY);
}
