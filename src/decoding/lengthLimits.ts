/** @file Limits of sentence lengths, so that excessive input causes an error instead of exhausting memory. */

import { UserError } from "../tensor/errors.ts";

/** The maximum number of source tokens: more than any chapter of a book has. */
const mostTokens = 2 ** 20;

/** The maximum number of attention weights of one sentence, source tokens times target tokens: 1 GiB. */
export const mostWeights: number = 2 ** 28;

/** The default maximum length of a translation: this many times the source's, and so many more. */
export const usualLength = { times: 2, more: 10 } as const;

/**
 * The default maximum length of a translation: twice the source length plus 10; less for a
 * document whose attention would not fit into memory.
 */
export function usualMaximum(sourceLength: number, minLength: number, prefixLength = 0): number {
  const { times, more } = usualLength;
  const usual = Math.max(minLength, times * sourceLength + more, prefixLength + more);
  const fitting = Math.floor(mostWeights / Math.max(1, sourceLength));
  return Math.max(minLength, prefixLength + more, Math.min(usual, fitting));
}

/** @throws UserError if a source is too long to be read. */
export function checkSourceLength(tokens: number): void {
  if (tokens <= mostTokens) return;
  throw new UserError(
    `A sentence has ${tokens} tokens, of which at most ${mostTokens} can be translated at once; put a line break after each sentence.`,
  );
}

/** @throws UserError if a pair is too long to be scored. */
export function checkPairLength(source: number, target: number): void {
  if (source * (target + 1) <= mostWeights) return;
  throw new UserError(
    `A pair has ${source} tokens in its source and ${target} in its target, which is too long to be scored at once; give one sentence a line.`,
  );
}
