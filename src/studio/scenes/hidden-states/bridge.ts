/** @file What the encoder hands over, and what the bridge makes of it: from the model's own configuration. */

import type { BridgeLayer } from "../../../models/bridgeKinds.ts";
import { summaryLayers } from "../../../models/bridgeKinds.ts";
import { wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
import { lastPosition } from "../../explain/layerRows.ts";

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
  /** What makes it of the sources, a line each: `tanh`, `(·W + b)`; null where the sources are the state as they are. */
  readonly by: readonly string[] | null;
  /** Whether every layer of the decoder begins with it. */
  readonly isForAll: boolean;
}

/** What the encoder hands over: the summary if there is one, and the decoder's first states. */
export function handovers(trace: Trace): Handover[] {
  const { model } = trace;
  return [...(wiringOf(model).summary ? [summaryOf(trace)] : []), ...firstStates(trace)];
}

/** The decoder's first states; without the zeros that stand for what has not been yet. */
function firstStates(trace: Trace): Handover[] {
  const { model } = trace;
  const { decoder, cellStates, bridge } = wiringOf(model);
  const { layer: through, source } = bridge;
  const by = through ? linesOf(through) : null;
  const isOne = through?.isShared ?? false;
  return decoder.slice(0, isOne ? 1 : undefined).flatMap(({ index: layer, handedFrom, states }) =>
    cellStates.map((state, which): Handover => {
      const cells = handedFrom.map((cell) => lastOf(trace, cell, state));
      const summary = { cell: null, tensor: "summary", position: 0 };
      const sources = source === "summary" ? [summary] : cells;
      const isForAll = isOne && model.layers > 1;
      const tensor = states[which]?.first ?? "";
      return { tensor, state, layer, sources, by, isForAll };
    }),
  );
}

/** The one context of a decoder without attention, which enters each of its steps. */
function summaryOf(trace: Trace): Handover {
  const { model } = trace;
  const { encoder } = wiringOf(model);
  const through = summaryLayers[model.summary];
  return {
    tensor: "summary",
    state: "summary",
    layer: encoder.length - 1,
    isForAll: false,
    sources: (encoder.at(-1)?.cells ?? []).map(({ name }) => lastOf(trace, name, "hidden_state")),
    by: through ? linesOf({ ...through, activation: "tanh" }) : null,
  };
}

function linesOf({ written, activation }: Pick<BridgeLayer, "written" | "activation">): string[] {
  return activation === "none" ? [written] : [activation, `(${written})`];
}

function lastOf(trace: Trace, cell: string, state: string): HandedState {
  return { cell, tensor: `${cell}.${state}`, position: lastPosition(trace, cell) };
}
