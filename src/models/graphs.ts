/**
 * @file Graphs of a model for encoding and for scoring whole sentences. `trainingGraph.ts` and `stepGraph.ts`
 * have the other graphs; all use the single definition in `model.ts`.
 */

import { gather, pick, topK } from "../graph/operators/gather.ts";
import { flatten, reshape } from "../graph/operators/reshape.ts";
import { cast } from "../graph/operators/select.ts";
import { logSoftmax } from "../graph/operators/softmax.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Attention } from "../nn/attention.ts";
import { Dropout } from "../nn/dropout.ts";
import { outputLogits } from "../nn/loss.ts";
import type { ParameterSpecification } from "../nn/parameters.ts";
import { Parameters } from "../nn/parameters.ts";
import { prefixed } from "../nn/prefixed.ts";
import { productInParts } from "../nn/scores/score.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import { batchInputs } from "./batchInputs.ts";
import { constrain } from "./constraints.ts";
import type { Encoded } from "./model.ts";
import { Model } from "./model.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import type { ModelUse } from "./parts.ts";

/** Named tensors to compute. */
export type Outputs = Record<string, Tensor>;

/** The parameters of a model, in the order in which training requests them. */
export function parametersOf(sizes: ModelSizes): ParameterSpecification[] {
  const parameters = new Parameters("float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const { source, features, targetIn } = batchInputs(sizes);
  model.decode(targetIn, model.encode(source, null, features));
  model.outputLayer();
  return parameters.list();
}

/**
 * Forced decoding: `log_probability` `[tokens]` of each given target token, or on request
 * `token_logits` `[tokens, vocabulary]` instead; on request also `logits` `[target, batch, vocabulary]`, and
 * `attention` `[target, batch, source]` if there is any. With `best`, also `best_tokens` (int32) `[tokens, 1]`, the most
 * probable token at each place under the rules of the input `forbidden` (`constrain`): greedy search finds the given tokens
 * if they are all the best ones.
 */
export function scoringGraph(
  sizes: ModelSizes,
  options: {
    readonly dtype?: FloatDtype;
    readonly logits?: boolean;
    readonly tokenLogits?: boolean;
    readonly best?: boolean;
  } & ModelUse = {},
): Outputs {
  const parameters = new Parameters(options.dtype ?? "float32");
  const model = new Model(sizes, parameters, new Dropout(0), options);
  const { source, features, targetIn, positions, targets } = batchInputs(sizes, parameters.dtype);
  const { readout, weights } = model.decode(
    targetIn,
    withProductInParts(model.encode(source, null, features)),
  );
  const layer = model.outputLayer();
  const rows = gather(flatten(readout), positions);
  const tokenLogits = outputLogits(rows, layer);
  const logProbabilities = logSoftmax(tokenLogits);
  const outputs: Outputs = options.tokenLogits
    ? { token_logits: tokenLogits }
    : { log_probability: pick(logProbabilities, targets) };
  if (options.best) {
    const { indices } = topK(constrain(logProbabilities, false).logProbabilities, 1);
    outputs["best_tokens"] = cast(indices, "int32");
  }
  if (weights) outputs["attention"] = weights;
  if (options.logits) {
    const [time, batch] = targetIn.shape as [Dimension, Dimension];
    const logits = outputLogits(flatten(readout), layer);
    outputs["logits"] = reshape(logits, [time, batch, sizes.targetVocabulary]);
  }
  return outputs;
}

/** Computes scores as the step graph does, so that batching changes none of them. */
function withProductInParts(encoded: Encoded): Encoded {
  const { memory } = encoded;
  return { ...encoded, memory: memory && { ...memory, product: productInParts } };
}

/** The options of the encoder's graph. */
export interface EncoderGraphOptions extends ModelUse {
  /** Whether the named tensors of every step are outputs too; layers are then loops. */
  readonly record?: boolean;
}

/**
 * The encoder by itself: `state.N` `[batch, 1, size]`; with attention `memory` and `keys`; with a fixed
 * context instead, `summary` `[batch, 1, size]`.
 *
 * On request also its intermediate values: `record.source_embedding` and perhaps `record.source_convolution`
 * `[source, batch, embedding]`, preceded by
 * `record.projected_features` if the model reads features; the recorded values of each layer's
 * cells, `record.encoder.0.forward.input_gate` or `record.encoder.1.input_gate`
 * `[source, batch, hidden]`; and with attention `record.keys`, one row per encoder step,
 * `[batch, source, units]`. Time follows the encoder, which starts at the end of a reversed sentence.
 */
export function encoderGraph(
  sizes: ModelSizes,
  { record = false, ...use }: EncoderGraphOptions = {},
): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0), use);
  const recorded: Outputs | null = record ? {} : null;
  const { source, features } = batchInputs(sizes);
  const { memory, summary, states } = model.encode(source, recorded, features);
  const outputs: Outputs = {};
  states.forEach((state, index) => {
    outputs[`state.${index}`] = state;
  });
  if (memory) {
    outputs["memory"] = memory.values;
    outputs["keys"] = memory.keys;
    if (recorded) recorded["keys"] = (model.attention as Attention).keyRows(memory.keys);
  }
  if (summary) outputs["summary"] = summary;
  return { ...outputs, ...prefixed("record.", recorded ?? {}) };
}
