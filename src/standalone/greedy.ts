/** @file `greedy.onnx`: the whole of a greedy translation, the loop included. */

import { mostWeights, usualLength } from "../decoding/lengthLimits.ts";
import { transpose } from "../graph/operators/arrange.ts";
import { add, divide, multiply } from "../graph/operators/elementwise.ts";
import { cutTo } from "../graph/operators/fitting.ts";
import { topK } from "../graph/operators/gather.ts";
import { reduceMax } from "../graph/operators/reduce.ts";
import { reshape, squeeze } from "../graph/operators/reshape.ts";
import {
  cast,
  equal,
  greater,
  less,
  logicalAnd,
  logicalNot,
  maximum,
  minimum,
  select,
} from "../graph/operators/select.ts";
import { fill } from "../graph/operators/source.ts";
import { whileLoop } from "../graph/operators/whileLoop.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { sourceGranularity } from "../models/batchFeeds.ts";
import type { SourceSide } from "../models/decoderLayers.ts";
import type { Outputs } from "../models/graphs.ts";
import type { Encoded } from "../models/model.ts";
import { Model } from "../models/model.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import type { ModelUse } from "../models/parts.ts";
import { traceStep } from "../models/stepGraph.ts";
import { Dropout } from "../nn/dropout.ts";
import { Parameters } from "../nn/parameters.ts";
import { productInParts } from "../nn/scores/score.ts";
import { endId, paddingId, startId } from "../tensor/specialIds.ts";
import type { GivenSource, StandaloneSource } from "./source.ts";
import { inSentenceOrder, standaloneSource } from "./source.ts";
import { nextTokens } from "./step.ts";

/**
 * Greedy search. Inputs: those of `standaloneSource`; `forbidden` as an input of `constrain`.
 * Outputs: `target_ids` int64 `[batch, target]`, each sentence with its end and then 0, or without an end if it reached
 * the most tokens, twice those of the source and 10; `log_probabilities` `[batch, target]` of these tokens, and
 * `attention` `[batch, target, source]`, if there is any, 0 behind the end. A source without tokens has no target.
 */
export function standaloneGreedy(sizes: ModelSizes, use: ModelUse = {}): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0), use);
  const { source, encoded, side } = encodedSource(model);
  const most = mostTokens(source.lengths);
  const { outputs } = whileLoop({
    most: add(reduceMax(most), 1),
    steps: "target",
    initial: [
      fill("int64", ["batch", 1], startId),
      equal(source.lengths, 0),
      ...encoded.states,
    ] as readonly [Tensor, Tensor, ...Tensor[]],
    body: ([token, isDone, ...states], count) => {
      const step = traceStep(model, token, states, side);
      const best = topK(squeeze(nextTokens(step.logits), 1), 1);
      const isEnd = equal(best.indices, endId);
      // At the most tokens only the end may follow, as in a search.
      const isWritten = logicalAnd(logicalNot(isDone), or(isEnd, less(count, most)));
      const isOver = or(isDone, or(isEnd, logicalNot(less(count, most))));
      return {
        states: [best.indices, isOver, ...step.states],
        goesOn: greater(reduceMax(cast(logicalNot(isOver), "int64")), 0),
        outputs: {
          target_ids: select(isWritten, best.indices, paddingId),
          log_probabilities: select(isWritten, best.values, 0),
          ...(step.attention && {
            attention: select(
              isWritten,
              attentionOf(sizes, squeeze(step.attention.weights, 1), source),
              0,
            ),
          }),
        },
      };
    },
  });
  const { target_ids: ids, log_probabilities: values, attention } = outputs as Outputs;
  return {
    target_ids: byBatch(ids as Tensor),
    log_probabilities: byBatch(values as Tensor),
    ...(attention && { attention: transpose(attention, [1, 0, 2]) }),
  };
}

/** The source and what the model makes of it. */
export interface EncodedSource {
  readonly source: StandaloneSource;
  readonly encoded: Encoded;
  /** What steps read of it. */
  readonly side: SourceSide;
}

/**
 * Reads the source inside a graph as a search does, so that its numbers are those of a search to the last bit.
 *
 * @param given what takes the place of the inputs of `standaloneSource`.
 */
export function encodedSource(model: Model, given?: GivenSource): EncodedSource {
  const source = standaloneSource(model.sizes, sourceGranularity, given);
  const encoded = model.encode(source.ids, null, source.features);
  const { memory, summary } = encoded;
  const side = { memory: memory && { ...memory, product: productInParts }, summary };
  return { source, encoded, side };
}

/** Attention `[batch, padded]` to the places of the source as given: `[batch, source]`. */
export function attentionOf(
  sizes: ModelSizes,
  weights: Tensor,
  { lengths }: StandaloneSource,
): Tensor {
  return inSentenceOrder(sizes, cutTo(weights, -1, "source"), lengths);
}

/** The most tokens of each translation, as `usualMaximum` says it: int64 `[batch, 1]`. */
export function mostTokens(lengths: Tensor): Tensor {
  const { times, more } = usualLength;
  const fitting = divide(mostWeights, maximum(lengths, 1));
  return minimum(add(multiply(lengths, times), more), fitting);
}

/** Elementwise logical or. */
export function or(a: Tensor, b: Tensor): Tensor {
  return logicalNot(logicalAnd(logicalNot(a), logicalNot(b)));
}

/** `[target, batch, 1]` as `[batch, target]`. */
export function byBatch(stack: Tensor): Tensor {
  const [steps, batch] = stack.shape as [Dimension, Dimension];
  return transpose(reshape(stack, [steps, batch]), [1, 0]);
}
