/** @file The decoder's states as the explanations use them. */

import type { Trace } from "../../trace/trace.ts";
import type { Row } from "./rows.ts";
import { rowOf } from "./rows.ts";
import { firstState, topOutput } from "./structure.ts";

/** What the top layer newly hands on. */
export function newState(trace: Trace, step: number): Row {
  return rowOf(trace, "decoder", topOutput(trace.model), step, "h");
}

/** A state that a layer brings into a step: that of the step before, or the one handed over. */
export function stateBefore(
  trace: Trace,
  step: number,
  layer: number,
  state: "hidden_state" | "cell_state",
  symbol: string,
): Row {
  if (step > 0) return rowOf(trace, "decoder", `decoder.${layer}.${state}`, step - 1, symbol);
  const name = firstState(trace.model, layer, state === "cell_state" ? 1 : 0);
  return rowOf(trace, "encoder", name, 0, symbol);
}

/**
 * The state that looks at the source: what the top layer newly hands on (Luong), the first layer's
 * from before the step (Bahdanau, GNMT), or its new one (tensorflow/nmt's gnmt).
 */
export function queryRow(trace: Trace, step: number): Row {
  switch (trace.model.attentionPlace) {
    case "after":
      return newState(trace, step);
    case "between":
      return rowOf(trace, "decoder", "decoder.0.hidden_state", step, "h");
    case "before":
      return stateBefore(trace, step, 0, "hidden_state", step > 0 ? "s₋₁" : "s₀");
  }
}
