/** @file The arithmetic of what the encoder hands over: the decoder's first states, and a source's summary. */

import { bridgeEquation, summaryEquations } from "../../models/bridgeKinds.ts";
import type { Bridge } from "../../models/modelConfiguration.ts";
import { wiringOf } from "../../models/wiring.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Explanation } from "./explanation.ts";
import { copied, factor } from "./explanation.ts";
import { lastStates, stateLabel } from "./layerRows.ts";
import type { Weights } from "./rows.ts";
import { rowOf } from "./rows.ts";
import { words } from "./words.ts";
import type { NamedRow, Site } from "./written.ts";
import { written } from "./written.ts";

/** The one context of a decoder without attention (Cho): the last hidden state, or tanh of a layer of it. */
export function explainSummary(trace: Trace, weights: Weights, index: number): Explanation {
  const cells = wiringOf(trace.model).encoder.at(-1)?.cells ?? [];
  const row = lastStates(
    trace,
    cells.map(({ name }) => name),
    "hidden_state",
    "h",
  );
  const last: NamedRow = { row, name: lastNameOf(trace.model) };
  return written(summaryEquations[trace.model.summary], { vector: () => last }, weights, index);
}

/** The decoder's first states, as the bridge makes them of the encoder's last. */
export function explainHandedOver(
  trace: Trace,
  weights: Weights,
  which: number,
  index: number,
): Explanation {
  const { model } = trace;
  const { decoder, carried, inputFeed, bridge } = wiringOf(model);
  const tensor = carried[which]?.tensor ?? "";
  const layer = decoder.find(({ states }) => states.some((state) => state.tensor === tensor));
  if (!layer) {
    if (tensor !== inputFeed?.tensor)
      return copied("t = 0", { label: "0", only: factor(0), note: words.zeroStep });
    const letter = tensor === "context" ? "C" : "h̃";
    return copied(`${letter} = 0`, { label: "0", only: factor(0), note: words.zero });
  }
  const state = tensor.replace(`${layer.name}.`, "");
  const letter = state === "cell_state" ? "c" : "h";
  const row = lastStates(trace, layer.handedFrom, state, letter);
  const cells: NamedRow = { row, name: cellNames[model.bridge] ?? lastNameOf(model) };
  const summary = (): NamedRow => ({
    row: rowOf(trace, { side: "encoder", tensor: "summary", step: 0 }, "c"),
    name: words.fromSummary,
  });
  const made = bridgeEquation(bridge, which);
  const arrowed = stateLabel(row, index).replace(/\[.*/, "");
  const joined = layer.handedFrom.length > 1 ? `[→${letter} ; ←${letter}]` : arrowed;
  const site: Site = {
    vector: (name) => (name === "summary" ? summary() : cells),
    written: { first: letter, cells: "same" in made ? arrowed : joined },
    note: words.zeroBridge,
  };
  return written(made, site, weights, index);
}

/** What states are called that are not simply an encoder's last ones. */
const cellNames: Partial<Record<Bridge, NamedRow["name"]>> = { firstBackward: words.firstBackward };

const lastNameOf = (model: Trace["model"]): NamedRow["name"] =>
  wiringOf(model).encoder.length === 0 ? words.meanOfPlaces : words.lastState;
