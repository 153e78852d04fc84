/** @file Recurrent layers over a whole sequence, time-major, with padding that carries the state. */

import { concatenate } from "../graph/operators/arrange.ts";
import { scan } from "../graph/operators/scan.ts";
import { masked, select } from "../graph/operators/select.ts";
import { fill } from "../graph/operators/source.ts";
import { withScope } from "../graph/scope.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { required } from "../tensor/required.ts";
import { zip } from "../tensor/zip.ts";
import type { Cell } from "./cells.ts";
import { prefixed } from "./prefixed.ts";

/** A layer's outputs at all steps, and its states after the last. */
export interface LayerResult {
  /** `[time, batch, hidden]`; zero where there is padding. */
  readonly outputs: Tensor;
  /** Each `[batch, hidden]`. */
  readonly states: readonly Tensor[];
  /**
   * What the cell recorded, stacked over time: `[time, batch, hidden]` by the cell's names; empty
   * unless asked for. At padding it is what the cell would have made of it; the states stay there.
   */
  readonly record: Readonly<Record<string, Tensor>>;
}

/** How a layer is run. */
export interface LayerOptions {
  /** Whether it runs from the last step to the first; stacks keep the order of time. */
  readonly backward?: boolean;
  /** Whether what the cell records is stacked; a loop is faster without. */
  readonly record?: boolean;
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
  { backward = false, record = false }: LayerOptions = {},
): LayerResult {
  const batch = x.shape[1] as Dimension;
  const zero = fill(x.dtype, [batch, cell.hidden], 0);
  const { states, outputs } = scan({
    initial: Array.from({ length: cell.stateCount }, () => zero),
    sequences: { projected: cell.project(x), isReal: mask },
    reverse: backward,
    body: (before, { projected, isReal }) => {
      const step = cell.step(projected, before);
      const next = zip(step.states, before).map(([state, old]) => select(isReal, state, old));
      const hidden = required(next[0], "The hidden state");
      return { states: next, outputs: { hidden, ...(record && step.record) } };
    },
  });
  const { hidden, ...recorded } = outputs;
  return { outputs: masked(hidden, mask), states, record: recorded };
}

/**
 * A bidirectional layer: outputs `[time, batch, 2*hidden]`, forward half first. The backward cell's last
 * states are those at the first word. Names of the record begin with `forward.` or `backward.`.
 */
export function bidirectionalLayer(
  { forward, backward }: { readonly forward: Cell; readonly backward: Cell },
  x: Tensor,
  mask: Tensor,
  { record = false }: Pick<LayerOptions, "record"> = {},
): Omit<LayerResult, "states"> & {
  readonly forwardStates: readonly Tensor[];
  readonly backwardStates: readonly Tensor[];
} {
  const one = withScope("forward", () => recurrentLayer(forward, x, mask, { record }));
  const other = withScope("backward", () =>
    recurrentLayer(backward, x, mask, { backward: true, record }),
  );
  return {
    outputs: concatenate([one.outputs, other.outputs], -1),
    forwardStates: one.states,
    backwardStates: other.states,
    record: { ...prefixed("forward.", one.record), ...prefixed("backward.", other.record) },
  };
}
