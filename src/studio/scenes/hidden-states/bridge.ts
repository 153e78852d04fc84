/** @file What the encoder hands over, and what the bridge makes of it: from the model's own configuration. */

import { wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
import { lastPosition } from "../../explain/layerRows.ts";
import {
  decoderLayers,
  encoderCells,
  encoderDepth,
  firstState,
  hasSummary,
  stateNames,
} from "../../explain/structure.ts";

/** A vector that something is made of. */
export interface HandedState {
  /** The cell whose last state it is, such as `encoder.0.backward`; null for the summary. */
  readonly cell: string | null;
  readonly tensor: string;
  readonly position: number;
}

/** One of the decoder's first states, or the summary, and what it is made of. */
export interface Handover {
  /** Its tensor in the trace. */
  readonly tensor: string;
  readonly state: "hidden_state" | "cell_state" | "summary";
  readonly layer: number;
  /** None if it is zero. */
  readonly sources: readonly HandedState[];
  /** What is squashed by tanh, such as `(·W + b)`; null where the sources are the state as they are. */
  readonly by: string | null;
  /** Whether every layer of the decoder begins with it. */
  readonly isForAll: boolean;
}

/** How a state is made of the encoder's last ones. */
const formulas: Readonly<Record<Trace["model"]["bridge"], string | null>> = {
  copy: null,
  backward: null,
  interleave: null,
  zero: null,
  linear: "(·W + b)",
  firstBackward: "(·Wₛ)",
  summary: "(·V′)",
};

/** What the encoder hands over: the summary if there is one, and the decoder's first states. */
export function handovers(trace: Trace): Handover[] {
  const { model } = trace;
  return [...(hasSummary(model) ? [summaryOf(trace)] : []), ...firstStates(trace)];
}

/** The decoder's first states; without the zeros that stand for what has not been yet. */
function firstStates(trace: Trace): Handover[] {
  const { model } = trace;
  const by = formulas[model.bridge];
  const isOne = model.bridge === "firstBackward" || model.bridge === "summary";
  const layers = isOne ? [0] : decoderLayers(model);
  return layers.flatMap((layer) =>
    stateNames(model).map((state, which): Handover => {
      const cells = (wiringOf(model).decoder[layer]?.handedFrom ?? []).map((cell) =>
        lastOf(trace, cell, state),
      );
      const summary = { cell: null, tensor: "summary", position: 0 };
      const sources = model.bridge === "summary" ? [summary] : cells;
      const isForAll = isOne && model.layers > 1;
      return { tensor: firstState(model, layer, which), state, layer, sources, by, isForAll };
    }),
  );
}

/** The one context of a decoder without attention, which enters each of its steps. */
function summaryOf(trace: Trace): Handover {
  const { model } = trace;
  const layer = encoderDepth(model) - 1;
  return {
    tensor: "summary",
    state: "summary",
    layer,
    isForAll: false,
    sources: encoderCells(model, layer).map((cell) => lastOf(trace, cell, "hidden_state")),
    by: model.summary === "linear" ? "(·V)" : null,
  };
}

function lastOf(trace: Trace, cell: string, state: string): HandedState {
  return { cell, tensor: `${cell}.${state}`, position: lastPosition(trace, cell) };
}
