/**
 * @file A model traced to encode and to score whole sentences. `trainingGraph.ts` and `stepGraph.ts` have its
 * other uses; all of them come from the one definition in `model.ts`.
 */

import { gather, pick } from "../graph/operators/gather.ts";
import { flatten, reshape } from "../graph/operators/reshape.ts";
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
import type { Encoded } from "./model.ts";
import { Model } from "./model.ts";
import type { ModelSizes } from "./modelConfiguration.ts";

/** Named tensors to compute. */
export type Outputs = Record<string, Tensor>;

/** Parameters of a model, in the order in which training asks for them. */
export function parametersOf(sizes: ModelSizes): ParameterSpecification[] {
  const parameters = new Parameters("float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const { source, features, targetIn } = batchInputs(sizes);
  model.decode(targetIn, model.encode(source, null, features));
  model.outputLayer();
  return parameters.list();
}

/**
 * Forced decoding: `log_probability` `[tokens]` of each given target token, or if asked in its place
 * `token_logits` `[tokens, vocabulary]`; `logits` `[target, batch, vocabulary]` if asked, and `attention` `[target, batch, source]` where there is any.
 */
export function scoringGraph(
  sizes: ModelSizes,
  options: {
    readonly dtype?: FloatDtype;
    readonly logits?: boolean;
    readonly tokenLogits?: boolean;
  } = {},
): Outputs {
  const parameters = new Parameters(options.dtype ?? "float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const { source, features, targetIn, positions, targets } = batchInputs(sizes, parameters.dtype);
  const { readout, weights } = model.decode(
    targetIn,
    withProductInParts(model.encode(source, null, features)),
  );
  const layer = model.outputLayer();
  const rows = gather(flatten(readout), positions);
  const tokenLogits = outputLogits(rows, layer);
  const outputs: Outputs = options.tokenLogits
    ? { token_logits: tokenLogits }
    : { log_probability: pick(logSoftmax(tokenLogits), targets) };
  if (weights) outputs["attention"] = weights;
  if (options.logits) {
    const [time, batch] = targetIn.shape as [Dimension, Dimension];
    const logits = outputLogits(flatten(readout), layer);
    outputs["logits"] = reshape(logits, [time, batch, sizes.targetVocabulary]);
  }
  return outputs;
}

/** Lets scores be made as the step graph makes them: a batch then changes none of them. */
function withProductInParts(encoded: Encoded): Encoded {
  const { memory } = encoded;
  return { ...encoded, memory: memory && { ...memory, product: productInParts } };
}

/** The encoder's graph, as asked for. */
export interface EncoderGraphOptions {
  /** Whether the named tensors of every step are outputs too. */
  readonly record?: boolean;
}

/**
 * The encoder by itself: `state.N` `[batch, 1, size]`; with attention `memory` and `keys`; with a fixed
 * context in its place `summary` `[batch, 1, size]`.
 *
 * If asked, also what it computed on the way: `record.source_embedding` `[source, batch, embedding]`, and
 * before it `record.projected_features` where the model reads features;
 * what each layer's cells record, `record.encoder.0.forward.input_gate` or `record.encoder.1.input_gate`
 * `[source, batch, hidden]`; and with attention `record.keys`, the keys with a row for each encoder step,
 * `[batch, source, units]`. Time is the encoder's own, which begins at the end of a reversed sentence.
 */
export function encoderGraph(
  sizes: ModelSizes,
  { record = false }: EncoderGraphOptions = {},
): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0));
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
