/** Limits of the batches that are run together. */
export interface BatchLimits {
  /** The most sentences. */
  readonly size: number;
  /** The most tokens, each sentence counted with the length of the longest. */
  readonly tokens: number;
}

/**
 * Cuts items into batches of similar lengths, the longest first, so that little is padded and what
 * needs the most memory comes at once.
 *
 * @param lengths the items' lengths.
 * @returns the items' numbers.
 */
export function lengthBatches(lengths: readonly number[], limits: BatchLimits): number[][] {
  const order = lengths
    .map((_, index) => index)
    .sort((one, other) => (lengths[other] as number) - (lengths[one] as number) || one - other);
  const batches: number[][] = [];
  let batch: number[] = [];
  let longest = 0;
  for (const index of order) {
    if (batch.length >= limits.size || (batch.length + 1) * longest > limits.tokens) {
      if (batch.length > 0) batches.push(batch);
      batch = [];
    }
    if (batch.length === 0) longest = lengths[index] as number;
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
