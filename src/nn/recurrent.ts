/** @file Recurrent layers over a whole sequence, time-major, with padding that carries the state. */

import { concatenate } from "../graph/operators/arrange.ts";
import { scan } from "../graph/operators/scan.ts";
import { masked, select } from "../graph/operators/select.ts";
import { fill } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { withScope } from "../graph/tensor.ts";
import type { Cell } from "./cells.ts";

/** A layer's outputs at all steps, and its states after the last. */
export interface LayerResult {
  /** `[time, batch, hidden]`; zero where there is padding. */
  readonly outputs: Tensor;
  /** Each `[batch, hidden]`. */
  readonly states: readonly Tensor[];
}

/**
 * Runs a cell over a sequence from a zero state.
 *
 * @param x    `[time, batch, input]`.
 * @param mask booleans `[time, batch, 1]`, false where there is padding; there the state stays.
 */
export function recurrentLayer(
  cell: Cell,
  x: Tensor,
  mask: Tensor,
  { backward = false }: { readonly backward?: boolean } = {},
): LayerResult {
  const batch = x.shape[1] as Dimension;
  const zero = fill(x.dtype, [batch, cell.hidden], 0);
  const drive = cell.project(x);
  const { states, outputs } = scan({
    initial: Array.from({ length: cell.stateCount }, () => zero),
    sequences: [drive, mask],
    reverse: backward,
    body: (before, [driveNow, isReal]) => {
      const { states: after } = cell.step(driveNow as Tensor, before);
      const next = after.map((state, index) =>
        select(isReal as Tensor, state, before[index] as Tensor),
      );
      return { states: next, outputs: [next[0] as Tensor] };
    },
  });
  return { outputs: masked(outputs[0] as Tensor, mask), states };
}

/**
 * A bidirectional layer: outputs `[time, batch, 2*hidden]`, forward half first; states of both
 * directions joined the same way. The backward one's last state is the one at the first word.
 */
export function bidirectionalLayer(
  forward: Cell,
  backward: Cell,
  x: Tensor,
  mask: Tensor,
): LayerResult & { readonly backwardStates: readonly Tensor[] } {
  const one = withScope("forward", () => recurrentLayer(forward, x, mask));
  const other = withScope("backward", () => recurrentLayer(backward, x, mask, { backward: true }));
  return {
    outputs: concatenate([one.outputs, other.outputs], -1),
    states: one.states.map((state, index) =>
      concatenate([state, other.states[index] as Tensor], -1),
    ),
    backwardStates: other.states,
  };
}
