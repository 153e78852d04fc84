/** @file What the loss of a step is made of. Pure: all numbers are those that the step has. */

import type { ShownPair, ShownStep } from "../../../../lab/messages.ts";
import { indexOfLargest, largestOf } from "../../../../tensor/extremes.ts";

/**
 * Items of a pair at the places of its batch; null where padding is.
 *
 * @param items one for each place of the batch, or one for each place that is the pair's own.
 */
export function placed<Item>(
  items: readonly Item[],
  mask: readonly boolean[],
): readonly (Item | null)[] {
  let next = 0;
  const isWhole = items.length === mask.length;
  return mask.map((isOwn, place) => {
    if (!isOwn) return null;
    return (isWhole ? items[place] : items[next++]) ?? null;
  });
}

/** The items of a pair without those of the padding. */
export function own<Item>(items: readonly Item[], mask: readonly boolean[]): readonly Item[] {
  return items.length === mask.length ? items.filter((_, place) => mask[place]) : items;
}

/** A token that a pair has to say. */
export interface TargetPlace {
  /** The decoder's input, and the right token. */
  readonly input: string;
  readonly token: string;
  /** −log p of the token. */
  readonly loss: number;
  /** p as it stands among the most probable tokens, else e^−loss. */
  readonly probability: number;
  readonly isListed: boolean;
  readonly best: ShownPair["best"][number];
}

/** The tokens that a pair has to say, without padding. */
export function targetPlaces(pair: ShownPair): TargetPlace[] {
  const { targetMask } = pair;
  const inputs = own(pair.inputTokens, targetMask);
  const losses = own(pair.losses, targetMask);
  const likely = own(pair.best, targetMask);
  return own(pair.targetTokens, targetMask).map((token, place) => {
    const best = likely[place] ?? [];
    const loss = losses[place] ?? 0;
    const listed = best.find((candidate) => candidate.token === token);
    const probability = listed?.probability ?? Math.exp(-loss);
    return {
      input: inputs[place] ?? "",
      token,
      loss,
      probability,
      isListed: listed !== undefined,
      best,
    };
  });
}

/** The sum of the losses of a pair's own tokens. */
export function pairLoss({ losses, targetMask }: ShownPair): number {
  return own(losses, targetMask).reduce((sum, loss) => sum + loss, 0);
}

/** The sum of the losses of a batch. */
export function batchLoss({ pairs }: ShownStep): number {
  return pairs.reduce((sum, pair) => sum + pairLoss(pair), 0);
}

/** The largest loss of a token in a batch. */
export function largestLoss({ pairs }: ShownStep): number {
  return pairs.reduce(
    (largest, { losses, targetMask }) => largestOf(own(losses, targetMask), largest),
    0,
  );
}

/** The place of a pair's own token with the largest loss. */
export function hardestPlace({ losses, targetMask }: ShownPair): number {
  return indexOfLargest(own(losses, targetMask));
}
