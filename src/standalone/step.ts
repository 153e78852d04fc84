/** @file `step.onnx`: one step of the decoder. */

import { reshape, squeeze, unsqueeze } from "../graph/operators/reshape.ts";
import { cast } from "../graph/operators/select.ts";
import { logSoftmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { constrain } from "../models/constraints.ts";
import type { SourceSide } from "../models/decoderLayers.ts";
import type { Outputs } from "../models/graphs.ts";
import { Model } from "../models/model.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import { keyAxesOf, traceStep } from "../models/stepGraph.ts";
import { wiringOf } from "../models/wiring.ts";
import type { Memory } from "../nn/attention.ts";
import { positionsOf } from "../nn/attention.ts";
import { Dropout } from "../nn/dropout.ts";
import { Parameters } from "../nn/parameters.ts";
import { productInParts } from "../nn/scores/score.ts";
import { zip } from "../tensor/zip.ts";
import { inSentenceOrder } from "./source.ts";

/** The name of a state after a step. */
export function nextName(state: string): string {
  return `next.${state}`;
}

/**
 * One step of the decoder for a batch of sentences with one hypothesis each; several hypotheses of a sentence are
 * several rows.
 *
 * Inputs: `previous_ids` int64 `[batch]`, and all outputs of {@link standaloneEncoder}, whose states are replaced after
 * the first step; `forbidden` as an input of `constrain`.
 * Outputs: `log_probabilities` `[batch, vocabulary]`; `attention` `[batch, source]`, if there is any; each state after the
 * step, under {@link nextName}.
 */
export function standaloneStep(sizes: ModelSizes): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0));
  const { carried, summary } = wiringOf(sizes);
  const previous = input("previous_ids", "int64", ["batch"]);
  const states = carried.map(({ tensor, size }) =>
    unsqueeze(input(tensor, "float32", ["batch", size]), 1),
  );
  const given = memoryInputs(sizes);
  const side: SourceSide = {
    memory: given?.memory ?? null,
    summary: summary && unsqueeze(input("summary", "float32", ["batch", summary.size]), 1),
  };
  const step = traceStep(model, unsqueeze(previous, 1), states, side);
  const outputs: Outputs = { log_probabilities: squeeze(nextTokens(step.logits), 1) };
  if (step.attention && given) {
    const weights = squeeze(step.attention.weights, 1);
    outputs["attention"] = inSentenceOrder(sizes, weights, given.lengths);
  }
  for (const [{ tensor }, state] of zip(carried, step.states)) {
    outputs[nextName(tensor)] = squeeze(state, 1);
  }
  return outputs;
}

/** The log-probabilities of the next token for logits; tokens that no sentence has are as good as impossible. */
export function nextTokens(logits: Tensor): Tensor {
  return constrain(logSoftmax(logits), false).logProbabilities;
}

/** The memory from the encoder, with the lengths of the sentences, int64 `[batch, 1]`. */
function memoryInputs(
  sizes: ModelSizes,
): { readonly memory: Memory; readonly lengths: Tensor } | null {
  const { attention } = wiringOf(sizes);
  const keyAxes = attention && keyAxesOf(sizes, attention);
  if (!attention || !keyAxes) return null;
  const tokens = input("source_mask", "bool", ["batch", "source"]);
  const [batch, length] = tokens.shape as [Dimension, Dimension];
  const mask = reshape(tokens, [batch, 1, length]);
  return {
    memory: {
      values: input("memory", "float32", ["batch", "source", attention.context.size]),
      keys: input("keys", "float32", ["batch", ...keyAxes]),
      mask,
      ...positionsOf(mask, "float32", sizes.reverseSource),
      product: productInParts,
    },
    lengths: reduceSum(cast(tokens, "int64"), 1, true),
  };
}
