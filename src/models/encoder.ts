/** @file From the source to the states that attention sees, and to those that the decoder starts with. */

import { reduceSum, unsqueeze } from "../graph/operators/broadcast.ts";
import { add, divide, tanh } from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { cast, greater, masked } from "../graph/operators/select.ts";
import { fill } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { withScope } from "../graph/tensor.ts";
import { zeros } from "../nn/parameters.ts";
import { prefixed } from "../nn/record.ts";
import { bidirectionalLayer, recurrentLayer } from "../nn/recurrent.ts";
import type { ModelParts } from "./parts.ts";

/** What the encoder's layers make of the source. */
export interface SourceReading {
  /** The top layer's outputs `[source, batch, size]`. */
  readonly outputs: Tensor;
  /** Each layer's states after its last step, each `[batch, size]`. */
  readonly states: readonly Tensor[];
  /** Those of the first layer's backward half; empty if it has none. */
  readonly backwardStates: readonly Tensor[];
}

/**
 * Runs the encoder's layers.
 *
 * @param source int32 `[source, batch]`, 0 where there is padding.
 * @param record takes `source_embedding` `[source, batch, embedding]` and what each layer's cells record,
 *   `[source, batch, hidden]`, as `encoder.0.forward.input_gate` or `encoder.1.input_gate`. Nothing is
 *   recorded, and the loops stack no more than they need, if it is null. Of features also
 *   `projected_features`, what the places' embeddings are added to.
 * @param features `[source, batch, size]` where the model reads features; `source` then tells the places.
 */
export function readSource(
  parts: ModelParts,
  source: Tensor,
  record: Record<string, Tensor> | null = null,
  features: Tensor | null = null,
): SourceReading {
  const { layers, bidirectional, encoderHidden, hidden, embedding } = parts.sizes;
  const mask = unsqueeze(greater(source, 0), -1);
  const rows = features && parts.embedFeatures(features, source);
  if (rows && record) record["projected_features"] = rows.projected;
  const embedded = rows?.embedded ?? parts.embed("source", source);
  if (record) record["source_embedding"] = embedded;
  let x = parts.dropout.apply(embedded, "source_embedding");
  if (parts.sizes.encoder === "none") return unread(parts, x, mask);
  const options = { record: record !== null };
  const states: Tensor[] = [];
  let backwardStates: readonly Tensor[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const inputSize = layer === 0 ? embedding : (x.shape.at(-1) as number);
    const size = layer === 0 ? encoderHidden : hidden;
    const name = `encoder.${layer}`;
    const make = (suffix: string) => parts.cell(`${name}${suffix}`, inputSize, size);
    withScope(String(layer), () => {
      if (layer > 0) x = parts.dropout.apply(x, name);
      const isBoth = layer === 0 && bidirectional;
      const both = isBoth
        ? bidirectionalLayer(make(".forward"), make(".backward"), x, mask, options)
        : null;
      const result = both ?? recurrentLayer(make(""), x, mask, options);
      if (both) backwardStates = both.backwardStates;
      x = result.outputs;
      states.push(...result.states);
      if (record) Object.assign(record, prefixed(`${name}.`, result.record));
    });
  }
  return { outputs: x, states, backwardStates };
}

/**
 * The source as it is, and its mean in the place of last states: Xu et al. (2015), §3.1.2,
 * https://arxiv.org/abs/1502.03044, where a perceptron of the mean makes each first state of the decoder.
 *
 * @param x `[source, batch, embedding]`.
 */
function unread({ sizes }: ModelParts, x: Tensor, mask: Tensor): SourceReading {
  const outputs = masked(x, mask);
  const mean = divide(reduceSum(outputs, 0), reduceSum(cast(mask, x.dtype), 0));
  const count = sizes.layers * (sizes.cell === "lstm" ? 2 : 1);
  return { outputs, states: Array.from({ length: count }, () => mean), backwardStates: [] };
}

/**
 * The decoder's first states, each `[batch, 1, hidden]`: the encoder's last ones as the configuration's
 * `bridge` says, and with input feeding a zero in the place of the attentional vector.
 */
export function bridgeStates(
  parts: ModelParts,
  { states, backwardStates }: Pick<SourceReading, "states" | "backwardStates">,
): Tensor[] {
  const { bridge, hidden, inputFeeding, layers } = parts.sizes;
  const { parameters } = parts;
  const linear = (name: string, x: Tensor, bias: boolean): Tensor => {
    const from = x.shape.at(-1) as number;
    const product = matMul(
      x,
      parameters.get(`bridge.${name}`, [from, hidden], parts.initializer()),
    );
    return tanh(
      bias ? add(product, parameters.get(`bridge.${name}.bias`, [hidden], zeros)) : product,
    );
  };
  let first: Tensor[];
  if (bridge === "firstBackward") {
    const state = linear("W_s", backwardStates[0] as Tensor, false);
    first = Array.from({ length: layers }, () => state);
  } else if (bridge === "linear") {
    first = states.map((state, index) => linear(String(index), state, true));
  } else {
    first = [...states];
  }
  const result = first.map((state) => unsqueeze(state, 1));
  if (inputFeeding) {
    const batch = (states[0] as Tensor).shape[0] as Dimension;
    result.push(fill(parameters.dtype, [batch, 1, hidden], 0));
  }
  return result;
}
