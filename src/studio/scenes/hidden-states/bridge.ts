/** @file What the encoder hands over, and what the bridge makes of it: from the model's own configuration. */

import type { Trace } from "../../../trace/trace.ts";
import { encoderCells, lastPosition, stateNames } from "../../explain/encoder.ts";

/** A state of a cell at the position that it reads last. */
export interface HandedState {
  /** The cell, such as `encoder.0.backward`. */
  readonly cell: string;
  readonly tensor: string;
  readonly position: number;
}

/** One of the decoder's first states, and what it is made of. */
export interface Handover {
  /** Its tensor in the trace. */
  readonly tensor: string;
  readonly state: "hidden_state" | "cell_state";
  readonly layer: number;
  readonly sources: readonly HandedState[];
  /** Whether the sources are the state as they are; otherwise tanh of a linear layer of them is. */
  readonly isCopy: boolean;
  /** Whether every layer of the decoder begins with it. */
  readonly isForAll: boolean;
}

/** The decoder's first states; without the zero that stands for the first attentional vector. */
export function handovers(trace: Trace): Handover[] {
  const { model } = trace;
  const last = (cell: string, state: string): HandedState => {
    return { cell, tensor: `${cell}.${state}`, position: lastPosition(trace, cell) };
  };
  if (model.bridge === "firstBackward") {
    const sources = [last("encoder.0.backward", "hidden_state")];
    const isForAll = model.layers > 1;
    return [
      {
        ...{ tensor: "state.0", state: "hidden_state", layer: 0 },
        ...{ sources, isCopy: false, isForAll },
      },
    ];
  }
  const names = stateNames(model).filter((name) => name !== undefined);
  return Array.from({ length: model.layers }, (_, layer) =>
    names.map((state, which): Handover => {
      const sources = encoderCells(model, layer).map((cell) => last(cell, state));
      const tensor = `state.${layer * names.length + which}`;
      return { tensor, state, layer, sources, isCopy: model.bridge === "copy", isForAll: false };
    }),
  ).flat();
}
