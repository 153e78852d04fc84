/** @file Rules for single hypotheses: forced prefixes, and n-grams that must not repeat. */

import { largestOf } from "../tensor/extremes.ts";
import { paddingId } from "../tensor/specialIds.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { Extension } from "./hypothesis.ts";
import { pathOf } from "./hypothesis.ts";
import type { StepConstraints } from "./searchModel.ts";

/**
 * The tokens that would repeat an n-gram of the hypothesis (Paulus et al. 2017, section
 * 2.5, https://arxiv.org/abs/1705.04304).
 *
 * @param tokens the tokens of the hypothesis.
 * @param size   n; with 1, no token occurs twice.
 */
export function repeatingTokens(tokens: readonly number[], size: number): number[] {
  const begun = tokens.length - size + 1;
  if (begun < 0) return [];
  const repeating = new Set<number>();
  for (let start = 0; start < begun; start++) {
    let same = 0;
    while (same < size - 1 && tokens[start + same] === tokens[begun + same]) same++;
    if (same === size - 1) repeating.add(tokens[start + size - 1] as number);
  }
  return [...repeating];
}

/** The rules for the hypotheses of one sentence at a step. */
export interface SentenceRules {
  /** The running hypotheses; empty if the sentence is done. */
  readonly running: readonly Extension[];
  /** The forced next token, whatever the model predicts; null if the model decides. */
  readonly forced: number | null;
}

/**
 * Converts the rules of a step to inputs of the step graph.
 *
 * @param slots the number of places for hypotheses of each sentence.
 * @param noRepeatNgram the size of n-grams that must not repeat; 0 for no limit.
 */
export function stepConstraints(
  sentences: readonly SentenceRules[],
  slots: number,
  noRepeatNgram: number,
): StepConstraints {
  const blocked = sentences.flatMap(({ running, forced }) =>
    Array.from({ length: slots }, (_, slot): number[] => {
      const hypothesis = running[slot];
      if (!hypothesis || forced !== null || noRepeatNgram === 0) return [];
      const tokens = pathOf(hypothesis).map(({ token }) => token);
      return repeatingTokens(tokens, noRepeatNgram);
    }),
  );
  const width = largestOf(
    blocked.map(({ length }) => length),
    1,
  );
  const blockedIds = new Int32Array(blocked.length * width).fill(paddingId);
  blocked.forEach((tokens, row) => {
    blockedIds.set(tokens, row * width);
  });
  const forced = sentences.flatMap((sentence) =>
    Array.from({ length: slots }, () => sentence.forced ?? paddingId),
  );
  const value = (shape: number[], data: Int32Array<ArrayBuffer>): TensorValue => ({
    dtype: "int32",
    shape,
    data,
  });
  return {
    blocked: value([sentences.length, slots, width], blockedIds),
    forced: value([sentences.length, slots, 1], Int32Array.from(forced)),
  };
}
