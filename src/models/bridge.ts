/** @file What the decoder starts with, of what the encoder ended with. */

import { add, tanh } from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { unsqueeze } from "../graph/operators/reshape.ts";
import { fill } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { cellStates } from "../nn/cells.ts";
import { zeros } from "../nn/parameters.ts";
import type { LastStates } from "./encoder.ts";
import { joinedStates } from "./encoder.ts";
import { hasSummary, memorySize } from "./modelConfiguration.ts";
import type { ModelParts } from "./parts.ts";

/** tanh of a linear layer `bridge.NAME`. */
function dense(parts: ModelParts, name: string, x: Tensor, bias: boolean): Tensor {
  const { parameters } = parts;
  const { hidden } = parts.sizes;
  const from = x.shape.at(-1) as number;
  const weight = parameters.get(`bridge.${name}`, [from, hidden], parts.initializer());
  const product = matMul(x, weight);
  return tanh(
    bias ? add(product, parameters.get(`bridge.${name}.bias`, [hidden], zeros)) : product,
  );
}

/**
 * The fixed context c of a decoder without attention, `[batch, 1, size]`: the top layer's last hidden
 * state, as in the authors' code, or tanh(V h) as in the paper (Cho et al. 2014, A.1.1). Null if the
 * decoder has none.
 */
export function summaryOf(parts: ModelParts, layers: readonly LastStates[]): Tensor | null {
  if (!hasSummary(parts.sizes)) return null;
  const last = joinedStates(layers.at(-1) as LastStates)[0] as Tensor;
  return unsqueeze(parts.sizes.summary === "linear" ? dense(parts, "V", last, false) : last, 1);
}

/** The size of {@link summaryOf}. */
export function summarySize(sizes: ModelParts["sizes"]): number {
  return sizes.summary === "linear" ? sizes.hidden : memorySize(sizes);
}

/**
 * The first states of the decoder's layers, each `[batch, 1, hidden]`; see `Bridge`.
 *
 * @param summary {@link summaryOf}.
 */
export function bridgeStates(
  parts: ModelParts,
  layers: readonly LastStates[],
  summary: Tensor | null,
): Tensor[] {
  const { bridge, hidden, layers: count, cell } = parts.sizes;
  const forAll = (state: Tensor): Tensor[] => Array.from({ length: count }, () => state);
  const alone = (state: Tensor): Tensor => unsqueeze(state, 1);
  switch (bridge) {
    case "copy":
      return layers.flatMap(joinedStates).map(alone);
    case "linear":
      return layers
        .flatMap(joinedStates)
        .map((state, index) => alone(dense(parts, String(index), state, true)));
    case "firstBackward": {
      const [first] = (layers[0] as LastStates).backward as [Tensor];
      return forAll(alone(dense(parts, "W_s", first, false)));
    }
    case "backward":
      return layers.flatMap(({ forward, backward }) => backward ?? forward).map(alone);
    case "interleave":
      return layers
        .flatMap(({ forward, backward }) => [...forward, ...(backward as readonly Tensor[])])
        .map(alone);
    case "summary":
      return forAll(dense(parts, "V_prime", summary as Tensor, false));
    case "zero": {
      const { dtype, shape } = (layers[0] as LastStates).forward[0] as Tensor;
      const zero = fill(dtype, [shape[0] as Dimension, 1, hidden], 0);
      return Array.from({ length: count * cellStates(cell) }, () => zero);
    }
  }
}
