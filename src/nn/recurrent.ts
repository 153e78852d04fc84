/** @file Recurrent layers over a whole sequence, time-major, with padding that carries the state. */

import { concatenate } from "../graph/operators/arrange.ts";
import { scan } from "../graph/operators/scan.ts";
import { cast, masked, select } from "../graph/operators/select.ts";
import { fill } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import { withScope } from "../graph/scope.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { required } from "../tensor/required.ts";
import { zip } from "../tensor/zip.ts";
import type { Cell } from "./cells.ts";
import { prefixed } from "./prefixed.ts";

/** A layer's outputs at all steps, and its final states. */
export interface LayerResult {
  /** `[time, batch, hidden]`; zero at padding. */
  readonly outputs: Tensor;
  /** Each `[batch, hidden]`. */
  readonly states: readonly Tensor[];
  /**
   * The cell's recorded values, stacked over time: `[time, batch, hidden]` by the cell's names; empty
   * unless requested. At padding, they are computed from the padding; the states do not change there.
   */
  readonly record: Readonly<Record<string, Tensor>>;
}

/** How to run a layer. */
export interface LayerOptions {
  /** Whether to run from the last step to the first; stacks stay in time order. */
  readonly backward?: boolean;
  /** Whether to stack the cell's recorded values; a loop is faster without them. */
  readonly record?: boolean;
  /** Whether to use ONNX's operator for all steps, if it computes what the cell does: without gradient and record. */
  readonly whole?: boolean;
}

/**
 * Runs a cell over a sequence from a zero state.
 *
 * @param x    `[time, batch, input]`.
 * @param mask booleans `[time, batch, 1]`, false at padding, where the state does not change.
 */
export function recurrentLayer(
  cell: Cell,
  x: Tensor,
  mask: Tensor,
  { backward = false, record = false, whole = false }: LayerOptions = {},
): LayerResult {
  if (whole && !record && x.dtype === "float32" && cell.whole) {
    const lengths = reduceSum(cast(mask, "int32"), [0, 2]);
    return { ...cell.whole({ x, lengths, backward }), record: {} };
  }
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
 * A bidirectional layer: outputs `[time, batch, 2*hidden]`, forward half first. The backward cell's final
 * states are those at the first word. Recorded names begin with `forward.` or `backward.`.
 */
export function bidirectionalLayer(
  { forward, backward }: { readonly forward: Cell; readonly backward: Cell },
  x: Tensor,
  mask: Tensor,
  options: Omit<LayerOptions, "backward"> = {},
): Omit<LayerResult, "states"> & {
  readonly forwardStates: readonly Tensor[];
  readonly backwardStates: readonly Tensor[];
} {
  const one = withScope("forward", () => recurrentLayer(forward, x, mask, options));
  const other = withScope("backward", () =>
    recurrentLayer(backward, x, mask, { ...options, backward: true }),
  );
  return {
    outputs: concatenate([one.outputs, other.outputs], -1),
    forwardStates: one.states,
    backwardStates: other.states,
    record: { ...prefixed("forward.", one.record), ...prefixed("backward.", other.record) },
  };
}
