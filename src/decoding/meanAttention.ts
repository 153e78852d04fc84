/** @file Attention of several models as one. */

import type { TensorValue } from "../tensor/value.ts";

/**
 * Rows of attention in the order of the sentence, given those of a model that reads from its end.
 *
 * @param attention `[batch, beam, source]`, where sentences begin at 0 and padding follows them.
 * @param lengths   int32 `[batch]`: how many tokens each sentence has.
 */
export function reversedRows(
  { dtype, shape, data }: TensorValue,
  lengths: TensorValue,
): TensorValue {
  const [, beam, width] = shape as [number, number, number];
  const result = Float32Array.from(data as Float32Array);
  (lengths.data as Int32Array).forEach((length, sentence) => {
    for (let row = sentence * beam; row < (sentence + 1) * beam; row++) {
      result.subarray(row * width, row * width + length).reverse();
    }
  });
  return { dtype, shape, data: result };
}

/** The mean of weights, taken so that it is exactly theirs if all are the same. */
export function meanWeights(all: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const mean = Float32Array.from(all[0] ?? []);
  all.slice(1).forEach((weights, index) => {
    for (let at = 0; at < mean.length; at++) {
      const before = mean[at] as number;
      mean[at] = before + ((weights[at] as number) - before) / (index + 2);
    }
  });
  return mean;
}
