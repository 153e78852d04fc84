/** @file Recurrent layers over a whole sequence, time-major, with padding that carries the state. */

import { concatenate } from "../graph/operators/arrange.ts";
import { scan } from "../graph/operators/scan.ts";
import { masked, select } from "../graph/operators/select.ts";
import { fill } from "../graph/operators/source.ts";
import { withScope } from "../graph/scope.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Cell } from "./cells.ts";
import { prefixed } from "./record.ts";

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
  const drive = cell.project(x);
  let names: readonly string[] = [];
  const { states, outputs } = scan({
    initial: Array.from({ length: cell.stateCount }, () => zero),
    sequences: [drive, mask],
    reverse: backward,
    body: (before, [driveNow, isReal]) => {
      const step = cell.step(driveNow as Tensor, before);
      const next = step.states.map((state, index) =>
        select(isReal as Tensor, state, before[index] as Tensor),
      );
      const recorded = record ? step.record : {};
      names = Object.keys(recorded);
      return { states: next, outputs: [next[0] as Tensor, ...Object.values(recorded)] };
    },
  });
  return {
    outputs: masked(outputs[0] as Tensor, mask),
    states,
    record: Object.fromEntries(names.map((name, index) => [name, outputs[index + 1] as Tensor])),
  };
}

/**
 * A bidirectional layer: outputs `[time, batch, 2*hidden]`, forward half first; states of both
 * directions joined the same way. The backward one's last state is the one at the first word. Names of
 * the record begin with `forward.` or `backward.`.
 */
export function bidirectionalLayer(
  forward: Cell,
  backward: Cell,
  x: Tensor,
  mask: Tensor,
  { record = false }: Pick<LayerOptions, "record"> = {},
): LayerResult & {
  readonly forwardStates: readonly Tensor[];
  readonly backwardStates: readonly Tensor[];
} {
  const one = withScope("forward", () => recurrentLayer(forward, x, mask, { record }));
  const other = withScope("backward", () =>
    recurrentLayer(backward, x, mask, { backward: true, record }),
  );
  return {
    outputs: concatenate([one.outputs, other.outputs], -1),
    states: one.states.map((state, index) =>
      concatenate([state, other.states[index] as Tensor], -1),
    ),
    forwardStates: one.states,
    backwardStates: other.states,
    record: { ...prefixed("forward.", one.record), ...prefixed("backward.", other.record) },
  };
}
