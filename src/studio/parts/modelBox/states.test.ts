import { describe, expect, test } from "vitest";
import { configure } from "../../../models/configuration.ts";
import type { Trace } from "../../../trace/trace.ts";
import { script } from "../../timeline/script.ts";
import {
  carriedStates,
  encoderStates,
  handedNumbers,
  lastStates,
  remainders,
  stateNow,
} from "./states.ts";

const size = 2;

/** A trace whose encoder states are the tokens' places, so that one sees which is which. */
function traceOf(count: number, model: object = {}): Trace {
  const tensor = (shift: number) => ({
    shape: [count, size],
    data: Float32Array.from({ length: count * size }, (_, at) => Math.floor(at / size) + shift),
  });
  const tensors = {
    "encoder.0.forward.hidden_state": tensor(0),
    "encoder.0.backward.hidden_state": tensor(10),
    "encoder.0.hidden_state": tensor(20),
    "encoder.1.hidden_state": tensor(30),
    "state.0": { shape: [3], data: new Float32Array(3) },
    "state.1": { shape: [3], data: new Float32Array(3) },
  };
  return {
    model: { ...configure("luong2015"), ...model },
    source: { tokens: Array.from({ length: count }, (_, place) => `word${place}`) },
    encoder: { order: Array.from({ length: count }, (_, place) => place), tensors },
    steps: [],
  } as unknown as Trace;
}
const encode = (trace: Trace, step: number, layer = 0) => {
  const found = script(trace).find((moment) => moment.step === step && moment.layer === layer);
  if (!found) throw new Error("no moment");
  return found;
};

describe("the encoder's states", () => {
  test("have two halves, which come from both ends", () => {
    const trace = traceOf(3);
    const states = encoderStates(trace, encode(trace, 0), 0.5);
    expect(states.map((parts) => parts.map(({ progress }) => progress))).toEqual([
      [0.5, 0],
      [0, 0],
      [0, 0.5],
    ]);
    expect(states[2]?.map(({ values }) => Array.from(values))).toEqual([
      [2, 2],
      [12, 12],
    ]);
  });

  test("are those of the layer below where a layer has not come", () => {
    const trace = traceOf(2, { layers: 2, encoderLayers: 2, bidirectional: false });
    const states = encoderStates(trace, encode(trace, 0, 1), 0.5);
    expect(states.map((parts) => parts.map(({ tensor }) => tensor))).toEqual([
      ["encoder.1.hidden_state"],
      ["encoder.0.hidden_state"],
    ]);
  });

  test("replace each other where only one is kept", () => {
    const trace = traceOf(3, { bidirectional: false });
    const { order } = trace.encoder;
    const at = (step: number, progress: number) =>
      remainders(encoderStates(trace, encode(trace, step), progress), order).flat();
    expect(at(1, 0.25)).toEqual([0.75, 0.25, 0]);
    expect(at(2, 1)).toEqual([0, 0, 1]);
    const both = traceOf(3);
    const last = remainders(encoderStates(both, encode(both, 2), 1), order);
    expect(last).toEqual([
      [0, 1],
      [0, 0],
      [1, 0],
    ]);
  });

  test("go over from one layer to the next without a jump", () => {
    const trace = traceOf(3, { layers: 2, encoderLayers: 2, bidirectional: false });
    const at = (step: number, layer: number, progress: number) =>
      remainders(encoderStates(trace, encode(trace, step, layer), progress), trace.encoder.order);
    expect(at(2, 0, 1)).toEqual([[0], [0], [1]]);
    expect(at(0, 1, 0)).toEqual([[0], [0], [1]]);
    expect(at(0, 1, 0.5)).toEqual([[0.5], [0], [1]]);
  });

  test("end where the last word was read, and at the other end", () => {
    expect(lastStates(traceOf(3))).toEqual([
      { row: 2, half: "forward" },
      { row: 0, half: "backward" },
    ]);
    expect(lastStates(traceOf(3, { bridge: "firstBackward" }))).toEqual([
      { row: 0, half: "backward" },
    ]);
    expect(lastStates(traceOf(3, { bidirectional: false }))).toEqual([{ row: 2, half: null }]);
    expect(lastStates(traceOf(3, { bridge: "zero" }))).toEqual([]);
  });

  test("change from the last word's to the next one's", () => {
    const trace = traceOf(3);
    expect(stateNow(trace, 0, encode(trace, 1), 0.5)).toMatchObject([
      { half: "forward", before: 0, now: 1, progress: 0.5 },
      { half: "backward", before: 2, now: 1, progress: 0.5 },
    ]);
  });
});

test("an LSTM hands on two states a layer, a GRU one", () => {
  const lstm = traceOf(1, { layers: 2 }).model;
  expect(carriedStates(lstm).map(({ first, tensor }) => [first, tensor])).toEqual([
    ["state.0", "decoder.0.hidden_state"],
    ["state.1", "decoder.0.cell_state"],
    ["state.2", "decoder.1.hidden_state"],
    ["state.3", "decoder.1.cell_state"],
  ]);
  const gru = traceOf(1, { cell: "gru" }).model;
  expect(carriedStates(gru).map(({ first }) => first)).toEqual(["state.0"]);
  expect(handedNumbers(traceOf(4, { bridge: "zero" }))).toEqual({ one: 0, start: 0, all: 16 });
  expect(handedNumbers(traceOf(4))).toEqual({ one: 6, start: 6, all: 16 });
});
