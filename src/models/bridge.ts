/** @file Computes the decoder's initial states from the encoder's final states. */

import { add, tanh } from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { unsqueeze } from "../graph/operators/reshape.ts";
import { fill } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { zeros } from "../nn/parameters.ts";
import { required } from "../tensor/required.ts";
import type { BridgeLayer } from "./bridgeKinds.ts";
import { summaryLayers } from "./bridgeKinds.ts";
import type { EncoderOutputs } from "./encoder.ts";
import { finalState } from "./encoder.ts";
import type { ModelParts } from "./parts.ts";
import { wiringOf } from "./wiring.ts";

/** What the layer of a summary is. */
const bare = { hasBias: false, activation: "tanh" } as const;

/** A linear layer, with tanh unless there is no activation. */
function dense(
  parts: ModelParts,
  x: Tensor,
  {
    name,
    hasBias,
    activation,
  }: Pick<BridgeLayer, "hasBias" | "activation"> & { readonly name: string },
): Tensor {
  const { parameters } = parts;
  const { hidden } = parts.sizes;
  const from = x.shape.at(-1) as number;
  const product = matMul(x, parameters.get(name, [from, hidden], parts.initializer()));
  const sum = hasBias ? add(product, parameters.get(`${name}.bias`, [hidden], zeros)) : product;
  return activation === "none" ? sum : tanh(sum);
}

/**
 * The fixed context c of a decoder without attention, `[batch, 1, size]`: the top layer's last hidden
 * state, as in the authors' code, or tanh(V h) as in the paper (Cho et al. 2014, A.1.1). Null if the
 * decoder has none.
 */
export function summaryOf(parts: ModelParts, read: EncoderOutputs): Tensor | null {
  const { summary, encoder } = wiringOf(parts.sizes);
  if (!summary) return null;
  const top = required(encoder.at(-1), "The top layer");
  const last = finalState(
    read,
    top.cells.map(({ name }) => name),
    0,
  );
  const through = summaryLayers[parts.sizes.summary];
  return unsqueeze(through ? dense(parts, last, { ...bare, name: through.weight }) : last, 1);
}

/**
 * The initial states of the decoder's layers, each `[batch, 1, hidden]`; see `Bridge`.
 *
 * @param summary {@link summaryOf}.
 */
export function bridgeStates(
  parts: ModelParts,
  read: EncoderOutputs,
  summary: Tensor | null,
): Tensor[] {
  const { hidden } = parts.sizes;
  const { decoder, bridge, startsAtZero } = wiringOf(parts.sizes);
  const { source, layer: through } = bridge;
  const all = decoder.flatMap(({ handedFrom, states }) =>
    states.map((_, state) => ({ handedFrom, state })),
  );
  if (startsAtZero) {
    const { dtype, shape } = read.outputs;
    const zero = fill(dtype, [shape[1] as Dimension, 1, hidden], 0);
    return all.map(() => zero);
  }
  const firstState = (at: number): Tensor => {
    const { handedFrom, state } = required(all[at], "An initial state");
    const x =
      source === "summary" ? required(summary, "The summary") : finalState(read, handedFrom, state);
    const made = through ? dense(parts, x, { ...through, name: through.weight(at) }) : x;
    return source === "summary" ? made : unsqueeze(made, 1);
  };
  if (!through?.isShared) return all.map((_, at) => firstState(at));
  const shared = firstState(0);
  return all.map(() => shared);
}
