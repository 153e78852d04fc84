/** @file Averages the attention of several models. */

import type { TensorValue } from "../tensor/value.ts";

/**
 * Converts the attention rows of a model that reads in reverse to sentence order.
 *
 * @param attention `[batch, beam, source]`, with sentences from index 0, followed by padding.
 * @param lengths   int32 `[batch]`: the number of tokens of each sentence.
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

/** The mean of weights, computed so that equal weights stay exactly unchanged. */
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
