import { expect, test } from "vitest";
import type { ConfigurationChanges } from "../../../models/configuration.ts";
import { configure } from "../../../models/configuration.ts";
import type { Trace } from "../../../trace/trace.ts";
import { handovers } from "./bridge.ts";

function told(preset: string, changes: ConfigurationChanges, order: readonly number[]): string[] {
  const model = configure(preset, { hidden: 8, embedding: 6, ...changes });
  const trace = { model, encoder: { order, tensors: {} } } as unknown as Trace;
  return handovers(trace).map(({ tensor, state, layer, sources, isCopy, isForAll }) => {
    const from = sources.map(({ cell, position }) => `${cell}@${position}`).join("+");
    return `${tensor} ${state} ${layer} ${isCopy ? "=" : "tanh"} ${from}${isForAll ? " all" : ""}`;
  });
}

test("both directions' last states go through a layer, each of the states through its own", () => {
  expect(told("luong2015", { layers: 2 }, [0, 1, 2])).toEqual([
    "state.0 hidden_state 0 tanh encoder.0.forward@2+encoder.0.backward@0",
    "state.1 cell_state 0 tanh encoder.0.forward@2+encoder.0.backward@0",
    "state.2 hidden_state 1 tanh encoder.1@2",
    "state.3 cell_state 1 tanh encoder.1@2",
  ]);
});

test("a reversed encoder ends at the first word, and copies what it has", () => {
  expect(told("sutskever2014", { layers: 1 }, [2, 1, 0])).toEqual([
    "state.0 hidden_state 0 = encoder.0@0",
    "state.1 cell_state 0 = encoder.0@0",
  ]);
});

test("Bahdanau's decoder begins with the backward state at the first word", () => {
  const only = "state.0 hidden_state 0 tanh encoder.0.backward@0";
  expect(told("bahdanau2014", {}, [0, 1])).toEqual([only]);
  const changes = { cell: "gru", bridge: "firstBackward", layers: 2 } as const;
  expect(told("luong2015", changes, [0, 1])).toEqual([`${only} all`]);
});
