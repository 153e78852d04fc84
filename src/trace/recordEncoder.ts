import type { InferenceModel } from "../decoding/inferenceModel.ts";
import type { EncodedBatch } from "../decoding/searchModel.ts";
import { sourceFeeds, sourceGranularity } from "../models/batchFeeds.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { TracedEncoder, TracedTensor } from "./trace.ts";

/**
 * Runs the encoder over one sentence and takes down what it computes.
 *
 * @param source ids in the order of the sentence, at least one; with features where the model reads these.
 */
export async function recordEncoder(
  model: InferenceModel,
  source: SourceSequence,
): Promise<{ readonly encoded: EncodedBatch; readonly traced: TracedEncoder }> {
  const { reverseSource: isReversed } = model.sizes;
  const feeds = sourceFeeds([source], isReversed, sourceGranularity);
  const { record, ...encoded } = await model.recordEncoder(feeds);
  const tensors: Record<string, TracedTensor> = {};
  const { source_features: features } = feeds;
  if (features) {
    tensors["source_features"] = rowsInSentenceOrder(features, source.length, isReversed);
  }
  for (const [name, value] of Object.entries(record)) {
    // Keys are [batch, source, units] and all others [source, batch, size], with a batch of one.
    tensors[name] = rowsInSentenceOrder(value, source.length, isReversed);
  }
  const { memory, summary } = encoded.memory;
  if (memory) tensors["memory"] = rowsInSentenceOrder(memory, source.length, isReversed);
  if (summary) tensors["summary"] = withoutAxes(summary, 2);
  encoded.states.forEach((state, index) => {
    tensors[`state.${index}`] = withoutAxes(state, 2);
  });
  const { length } = source;
  const order = Array.from({ length }, (_, step) => (isReversed ? length - 1 - step : step));
  return { encoded, traced: { order, tensors } };
}

/** A value without its first axes, which are all 1. */
export function withoutAxes({ shape, data }: TensorValue, axes: number): TracedTensor {
  return { shape: shape.slice(axes), data: data as Float32Array };
}

/** One number for each of `count` source tokens, from the padded order in which the model read them. */
export function inSentenceOrder(
  { data }: TracedTensor,
  count: number,
  isReversed: boolean,
): TracedTensor {
  const read = Float32Array.from(data).slice(0, count);
  return { shape: [count], data: isReversed ? read.reverse() : read };
}

/** `[source, size]` of a value with a batch of one, without padding, row s being that of token s. */
function rowsInSentenceOrder(
  { shape, data }: TensorValue,
  count: number,
  isReversed: boolean,
): TracedTensor {
  const size = shape.at(-1) as number;
  const rows = (data as Float32Array).slice(0, count * size);
  if (!isReversed) return { shape: [count, size], data: rows };
  const reversed = new Float32Array(rows.length);
  for (let row = 0; row < count; row++) {
    reversed.set(rows.subarray(row * size, (row + 1) * size), (count - 1 - row) * size);
  }
  return { shape: [count, size], data: reversed };
}
