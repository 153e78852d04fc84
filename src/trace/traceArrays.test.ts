import { describe, expect, test } from "vitest";
import { withModel } from "../../test/support/randomModel.ts";
import { decodeSafetensors, type StoredTensor } from "../files/safetensors.ts";
import { openZip } from "../files/zip.ts";
import type { Trace, TracedTensor } from "./trace.ts";
import { traceNpz, traceSafetensors } from "./traceArrays.ts";
import type { TraceOptions } from "./traceOptions.ts";

const sentence = "a b d f g e";

async function traceOf(options: TraceOptions, text = sentence): Promise<Trace> {
  let trace: Trace | undefined;
  await withModel("luong2015", { reverseSource: true, layers: 2 }, async (model) => {
    trace = await model.trace(text, { beam: 2, maxLength: 5, ...options });
  });
  return trace as Trace;
}

/** The arrays of a safetensors file. */
const arraysOf = (trace: Trace): Map<string, StoredTensor> =>
  decodeSafetensors(traceSafetensors(trace), "trace").tensors;

function expectTensor(array: StoredTensor | undefined, each: readonly TracedTensor[]): void {
  const numbers = each.flatMap(({ data }) => Array.from(data));
  expect(array?.dtype).toBe("float32");
  expect([...(array?.data ?? [])]).toEqual(numbers);
}

test("every tensor is there, bit for bit, those of steps one behind the other", async () => {
  const trace = await traceOf({});
  const arrays = arraysOf(trace);
  for (const [name, tensor] of Object.entries(trace.encoder.tensors)) {
    expectTensor(arrays.get(name), [tensor]);
    expect(arrays.get(name)?.shape).toEqual(tensor.shape);
  }
  const [first] = trace.steps as [Trace["steps"][number]];
  for (const [name, { shape }] of Object.entries(first.tensors)) {
    expectTensor(
      arrays.get(name),
      trace.steps.map(({ tensors }) => tensors[name] as TracedTensor),
    );
    expect(arrays.get(name)?.shape).toEqual([trace.steps.length, ...shape]);
  }
  expect(arrays.size).toBe(
    Object.keys(trace.encoder.tensors).length + Object.keys(first.tensors).length + 4,
  );
  expect([...(arrays.get("encoder_order")?.data ?? [])]).toEqual([5n, 4n, 3n, 2n, 1n, 0n]);
  expect([...(arrays.get("output_ids")?.data ?? [])].map(Number)).toEqual(
    trace.steps.map(({ outputId }) => outputId),
  );
});

test("what is no tensor is there as JSON", async () => {
  const trace = await traceOf({ tensors: [] });
  const { metadata, tensors } = decodeSafetensors(traceSafetensors(trace), "trace");
  const whole = JSON.parse(metadata.get("trace") ?? "");
  expect([...tensors.keys()].sort()).toEqual([
    "encoder_order",
    "input_ids",
    "output_ids",
    "source_ids",
  ]);
  const steps = trace.steps.map(({ tensors: _, ...step }) => step);
  expect(whole).toEqual(
    JSON.parse(JSON.stringify({ ...trace, encoder: { order: trace.encoder.order }, steps })),
  );
});

test("own weights beside given ones are missing in the steps that have no given ones", async () => {
  const trace = await traceOf({ attention: new Map([[1, [1, 0, 0, 0, 0, 0]]]) });
  const own = arraysOf(trace).get("attention.own_weights");
  expect(own?.shape).toEqual([trace.steps.length, 6]);
  const rows = Array.from(own?.data as Float32Array, Number.isNaN);
  expect(rows.slice(0, 6)).toEqual(Array(6).fill(true));
  expect(rows.slice(6, 12)).toEqual(Array(6).fill(false));
});

describe("as .npz", () => {
  const namesOf = (trace: Trace): string[] =>
    openZip(traceNpz(trace), "trace").map(({ path }) => path.replace(/\.npy$/, ""));
  test("it has the same arrays, and texts", async () => {
    const trace = await traceOf({});
    const texts = ["source_tokens", "input_tokens", "output_tokens", "trace"];
    expect(namesOf(trace).sort()).toEqual([...arraysOf(trace).keys(), ...texts].sort());
  });
  test("a text without tokens has no tensors", async () => {
    const trace = await traceOf({}, "");
    expect(namesOf(trace).length).toBe(8);
    expect(arraysOf(trace).get("source_ids")?.shape).toEqual([0]);
  });
});
