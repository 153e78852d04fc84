/** @file The decoder's recurrent layers in one step. */

import { add } from "../graph/operators/elementwise.ts";
import { withScope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Memory } from "../nn/attention.ts";
import { required } from "../tensor/required.ts";
import type { ModelParts } from "./parts.ts";
import type { DecoderLayer, Signal } from "./wiring.ts";

/** The decoder's information about the source, the same at every step. */
export interface SourceSide {
  /** Null in a model without attention. */
  readonly memory: Memory | null;
  /** The fixed context of a model without attention, `[batch, 1, size]`; null for the others. */
  readonly summary: Tensor | null;
}

/**
 * Dropout masks of a step: `layer.N` for the input of a layer from the one below, `weight_feed.N` and
 * `weight_context.N` for its other inputs, `readout`.
 */
export type StepMasks = Readonly<Record<string, Tensor>>;

/** A step during its computation. */
export interface StepRun {
  /** The embedded previous token times the bottom layer's weights; only that layer needs it. */
  readonly projected?: Tensor;
  readonly source: SourceSide;
  /** Receives the computed values by their names in traces, in the order of computation. */
  readonly record: Record<string, Tensor>;
  /** A vector that a part reads: `[batch, queries, size]`. */
  readonly read: (signal: Signal) => Tensor;
  readonly masks: StepMasks;
}

/** Runs a recurrent layer and records its states and its output. */
export function runLayer(parts: ModelParts, layer: DecoderLayer, run: StepRun): void {
  const { index, name, below, states, further, isResidual, output } = layer;
  const { projected, record, read, masks } = run;
  const dropped = (x: Tensor, key: string): Tensor => {
    const mask = masks[`${key}.${index}`];
    return mask ? parts.dropout.with(x, mask) : x;
  };
  withScope(name, () => {
    const cell = parts.cell(name, below.size, output.size);
    let total =
      index === 0 ? required(projected, "The token") : cell.project(dropped(read(below), "layer"));
    if (further) {
      const { weight, signal } = further;
      total = add(total, cell.projectFurther(weight, dropped(read(signal), weight)));
    }
    const made = cell.step(total, states.map(read)).record;
    for (const [each, tensor] of Object.entries(made)) record[`${name}.${each}`] = tensor;
    if (isResidual) {
      record[`${name}.output`] = add(
        read(below),
        required(made["hidden_state"], "The hidden state"),
      );
    }
  });
}
