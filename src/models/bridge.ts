/** @file Computes the decoder's initial states from the encoder's final states. */

import { concatenate } from "../graph/operators/arrange.ts";
import { add, tanh } from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { unsqueeze } from "../graph/operators/reshape.ts";
import { fill } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { cellStateNames } from "../nn/cells.ts";
import { zeros } from "../nn/parameters.ts";
import { required } from "../tensor/required.ts";
import { bridgeKinds } from "./bridgeKinds.ts";
import type { LastStates } from "./encoder.ts";
import { hasSummary } from "./modelConfiguration.ts";
import type { ModelParts } from "./parts.ts";

/** tanh of a linear layer. */
function dense(parts: ModelParts, name: string, x: Tensor, hasBias: boolean): Tensor {
  const { parameters } = parts;
  const { hidden } = parts.sizes;
  const from = x.shape.at(-1) as number;
  const product = matMul(x, parameters.get(name, [from, hidden], parts.initializer()));
  return tanh(hasBias ? add(product, parameters.get(`${name}.bias`, [hidden], zeros)) : product);
}

/** A state of several cells, concatenated: `[batch, size]`. */
function concatenated(cells: LastStates, state: number): Tensor {
  const all = cells.map((states) => required(states[state], "A state of the encoder"));
  return concatenate(all, -1);
}

/**
 * The fixed context c of a decoder without attention, `[batch, 1, size]`: the top layer's last hidden
 * state, as in the authors' code, or tanh(V h) as in the paper (Cho et al. 2014, A.1.1). Null if the
 * decoder has none.
 */
export function summaryOf(parts: ModelParts, layers: readonly LastStates[]): Tensor | null {
  if (!hasSummary(parts.sizes)) return null;
  const last = concatenated(required(layers.at(-1), "The top layer"), 0);
  return unsqueeze(
    parts.sizes.summary === "linear" ? dense(parts, "bridge.V", last, false) : last,
    1,
  );
}

/**
 * The initial states of the decoder's layers, each `[batch, 1, hidden]`; see `Bridge`.
 *
 * @param summary {@link summaryOf}.
 */
export function bridgeStates(
  parts: ModelParts,
  layers: readonly LastStates[],
  summary: Tensor | null,
): Tensor[] {
  const { bridge, hidden, layers: count, cell } = parts.sizes;
  const { source, from, layer: through } = bridgeKinds[bridge];
  const names = cellStateNames(cell);
  if (source === "zero") {
    const some = required(layers[0]?.[0]?.[0], "A state of the encoder");
    const zero = fill(some.dtype, [some.shape[0] as Dimension, 1, hidden], 0);
    return Array.from({ length: count * names.length }, () => zero);
  }
  const firstState = (at: number): Tensor => {
    const cells = from(layers, Math.floor(at / names.length));
    const x =
      source === "summary"
        ? required(summary, "The summary")
        : concatenated(cells, at % names.length);
    const made = through ? dense(parts, through.weight(at), x, through.hasBias) : x;
    return source === "summary" ? made : unsqueeze(made, 1);
  };
  const all = Array.from({ length: count * names.length }, (_, at) => at);
  if (!through?.isShared) return all.map(firstState);
  const shared = firstState(0);
  return all.map(() => shared);
}
