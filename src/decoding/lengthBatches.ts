/** Limits of a batch. */
export interface BatchLimits {
  /** The maximum number of sentences. */
  readonly size: number;
  /** The maximum number of tokens, counting each sentence with the length of the longest. */
  readonly tokens: number;
}

/**
 * Splits items into batches of similar lengths, longest first, so that there is little padding and the
 * batch that needs the most memory comes first.
 *
 * @param lengths the items' lengths.
 * @returns the items' indices.
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
