/** @file Which of two evaluations is better: what is kept, when to stop and the plateau all ask this. */

import type { TrainingState } from "../storage/checkpoint.ts";

/** The scores of an evaluation that decide which weights are kept. */
export interface DevScore {
  /** BLEU of greedy translations; null if perplexity decides. */
  readonly bleu: number | null;
  readonly perplexity: number;
}

/** The best evaluation so far, as stored in a checkpoint. */
export type BestScore = Pick<TrainingState, "bestScore" | "bestPerplexity">;

/** The checkpoint entry for the best evaluation so far. */
export function bestScoreOf({ bleu, perplexity }: DevScore): BestScore {
  return { bestScore: bleu ?? -perplexity, bestPerplexity: perplexity };
}

/**
 * Whether an evaluation is better than the best so far: by BLEU if measured, and by perplexity if BLEU is equal,
 * for example 0 at the start of training. The first evaluation is always the best.
 */
export function isBetter(found: DevScore, best: BestScore): boolean {
  if (best.bestScore === null) return true;
  const score = found.bleu ?? -found.perplexity;
  // BLEU is never negative and a negated perplexity always is; the two cannot be compared.
  const isBestOfBleu = best.bestScore >= 0;
  if (isBestOfBleu !== (found.bleu !== null)) return true;
  if (score !== best.bestScore) return score > best.bestScore;
  return found.perplexity < (best.bestPerplexity ?? Number.POSITIVE_INFINITY);
}
