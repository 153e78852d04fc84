import type { IdPair } from "../../models/batchFeeds.ts";
import type { NamedValues } from "../../runtime/runtime.ts";

/**
 * The masks of padding for `evenAttentionLoss`: `attention_steps` `[target, batch, 1]` and `attention_places`
 * `[batch, source]`.
 *
 * @param sizes  the sizes of the padded batch.
 * @param weight λ, the weight of every source position.
 */
export function attentionMasks(
  pairs: readonly IdPair[],
  sizes: Readonly<Record<string, number>>,
  weight: number,
): NamedValues {
  const { batch, source, target } = sizes as { batch: number; source: number; target: number };
  const steps = new Float32Array(target * batch);
  const places = new Float32Array(batch * source);
  pairs.forEach((pair, row) => {
    // One step more, for the end of the sentence.
    for (let time = 0; time <= pair.target.length; time++) steps[time * batch + row] = 1;
    // Sources that are read from their end are turned within their length, so that these are the same.
    places.fill(weight, row * source, row * source + pair.source.length);
  });
  return {
    attention_steps: { dtype: "float32", shape: [target, batch, 1], data: steps },
    attention_places: { dtype: "float32", shape: [batch, source], data: places },
  };
}
