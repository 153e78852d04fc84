import { expect, test } from "vitest";
import type { ConfigurationChanges } from "../../../models/configuration.ts";
import { configure } from "../../../models/configuration.ts";
import type { Trace } from "../../../trace/trace.ts";
import { handovers } from "./bridge.ts";

function told(preset: string, changes: ConfigurationChanges, order: readonly number[]): string[] {
  const model = configure(preset, { hidden: 8, embedding: 6, ...changes });
  const trace = { model, encoder: { order, tensors: {} } } as unknown as Trace;
  return handovers(trace).map(({ tensor, state, layer, sources, by, isForAll }) => {
    const from = sources.map(({ cell, position }) => `${cell ?? "summary"}@${position}`).join("+");
    return `${tensor} ${state} ${layer} ${by?.join("") ?? "="} ${from || "0"}${isForAll ? " all" : ""}`;
  });
}

test("both directions' last states go through a layer, each of the states through its own", () => {
  expect(told("luong2015", { layers: 2, encoderLayers: 2 }, [0, 1, 2])).toEqual([
    "state.0 hidden_state 0 tanh(·W + b) encoder.0.forward@2+encoder.0.backward@0",
    "state.1 cell_state 0 tanh(·W + b) encoder.0.forward@2+encoder.0.backward@0",
    "state.2 hidden_state 1 tanh(·W + b) encoder.1@2",
    "state.3 cell_state 1 tanh(·W + b) encoder.1@2",
  ]);
});

test("a reversed encoder ends at the first word, and copies what it has", () => {
  expect(told("sutskever2014", { layers: 1, encoderLayers: 1 }, [2, 1, 0])).toEqual([
    "state.0 hidden_state 0 = encoder.0@0",
    "state.1 cell_state 0 = encoder.0@0",
  ]);
});

test("Bahdanau's decoder begins with the backward state at the first word", () => {
  const only = "state.0 hidden_state 0 tanh(·Wₛ) encoder.0.backward@0";
  expect(told("bahdanau2014", {}, [0, 1])).toEqual([only]);
  const changes = { cell: "gru", bridge: "firstBackward", layers: 2 } as const;
  expect(told("luong2015", changes, [0, 1])).toEqual([`${only} all`]);
});

test("Cho's encoder hands over a summary, of which the first state is made", () => {
  expect(told("cho2014", {}, [0, 1, 2])).toEqual([
    "summary summary 0 tanh(·V) encoder.0@2",
    "state.0 hidden_state 0 tanh(·V′) summary@0",
  ]);
  expect(told("rnnencdec2014", {}, [0, 1])[0]).toBe("summary summary 0 = encoder.0@1");
});

test("GNMT's hands over the backward half, tensorflow/nmt's both halves by turns", () => {
  const gnmt = told("gnmt2016", { layers: 2, encoderLayers: 2, encoderHidden: 8 }, [0, 1, 2]);
  expect(gnmt).toEqual([
    "state.0 hidden_state 0 = encoder.0.backward@0",
    "state.1 cell_state 0 = encoder.0.backward@0",
    "state.2 hidden_state 1 = encoder.1@2",
    "state.3 cell_state 1 = encoder.1@2",
  ]);
  const nmt = told("nmt-iwslt15", { cell: "gru", layers: 4, encoderLayers: 4 }, [0, 1, 2]);
  expect(nmt).toEqual([
    "state.0 hidden_state 0 = encoder.0.forward@2",
    "state.1 hidden_state 1 = encoder.0.backward@0",
    "state.2 hidden_state 2 = encoder.1.forward@2",
    "state.3 hidden_state 3 = encoder.1.backward@0",
  ]);
});

test("a decoder that is given nothing begins with zeros", () => {
  expect(told("luong2015", { cell: "gru", bridge: "zero" }, [0])).toEqual([
    "state.0 hidden_state 0 = 0",
  ]);
});

test("a layer without tanh or bias says so", () => {
  const changes = { cell: "gru", bridgeActivation: "none" } as const;
  const from = "encoder.0.forward@1+encoder.0.backward@0";
  expect(told("luong2015", changes, [0, 1])).toEqual([`state.0 hidden_state 0 ·W + b ${from}`]);
  expect(told("luong2015", { ...changes, bridgeBias: false }, [0, 1])).toEqual([
    `state.0 hidden_state 0 ·W ${from}`,
  ]);
});
