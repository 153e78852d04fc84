import { describe, expect, test } from "vitest";
import { isOperation } from "../src/graph/node.ts";
import { recurrenceOperator } from "../src/graph/operators/recurrence.ts";
import { unsqueeze } from "../src/graph/operators/reshape.ts";
import { greater } from "../src/graph/operators/select.ts";
import { input } from "../src/graph/operators/source.ts";
import { nodesOf } from "../src/graph/traverse.ts";
import type { CellKind, CellSpecification } from "../src/nn/cells.ts";
import { cell } from "../src/nn/cells.ts";
import { Parameters } from "../src/nn/parameters.ts";
import type { LayerOptions } from "../src/nn/recurrent.ts";
import { recurrentLayer } from "../src/nn/recurrent.ts";
import { emitModel } from "../src/onnx/emit.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import type { NamedValues } from "../src/runtime/runtime.ts";
import type { FloatDtype } from "../src/tensor/dtype.ts";
import { Random } from "../src/tensor/random.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { numbersOf, tensorValue } from "../src/tensor/value.ts";

type Form = readonly [CellKind, Partial<CellSpecification>];

const sizes = { inputSize: 40, hidden: 24 };
const uniform = { kind: "uniform", range: 1 } as const;
/** The numbers of tokens of the sequences in a batch. */
const lengths = [7, 1, 4, 0, 7, 2, 6];
const random = new Random(5);
const rows = lengths.map((length) =>
  Array.from({ length }, () => Array.from({ length: sizes.inputSize }, () => random.normal())),
);

/** A layer's results, with the values of its parameters. */
function layer([kind, options]: Form, layerOptions: LayerOptions, dtype: FloatDtype = "float32") {
  const parameters = new Parameters(dtype);
  const made = cell(kind, parameters, {
    name: "cell",
    ...sizes,
    input: uniform,
    recurrent: uniform,
    ...options,
  });
  const x = input("x", dtype, ["time", "batch", sizes.inputSize]);
  const mask = unsqueeze(greater(input("tokens", "int32", ["time", "batch"]), 0), -1);
  const { outputs, states } = recurrentLayer(made, x, mask, layerOptions);
  const named = Object.fromEntries(states.map((state, index) => [`state.${index}`, state]));
  const numbers = new Random(3);
  const inOneOrder = parameters.list().sort((a, b) => a.name.localeCompare(b.name));
  const weights = new Map(
    inOneOrder.map(({ name, shape }): [string, TensorValue] => {
      const count = shape.reduce((product, each) => product * each, 1);
      const values = Array.from({ length: count }, () => numbers.normal() * 0.3);
      return [name, tensorValue(dtype, shape, values)];
    }),
  );
  return { outputs: { outputs, ...named }, weights };
}

/** The inputs of some of the sequences, padded to the longest one and by `more` steps. */
function feeds(wanted: readonly number[], more: number): NamedValues {
  const time = more + Math.max(1, ...wanted.map((at) => lengths[at] as number));
  const at = (row: number, step: number) => rows[wanted[row] as number]?.[step];
  const steps = Array.from({ length: time }, (_, step) => step);
  const places = steps.flatMap((step) => wanted.map((_, row) => at(row, step)));
  // What stands at padding must not matter.
  const padding = Array.from({ length: sizes.inputSize }, () => 9);
  return {
    x: tensorValue(
      "float32",
      [time, wanted.length, sizes.inputSize],
      places.flatMap((place) => place ?? padding),
    ),
    tokens: tensorValue(
      "int32",
      [time, wanted.length],
      places.map((place) => Number(place !== undefined)),
    ),
  };
}

async function results(form: Form, options: LayerOptions, given: NamedValues) {
  const { outputs, weights } = layer(form, options);
  const model = emitModel("layer", outputs, { initializers: weights });
  const program = await nodeRuntime({ threads: 2 }).compile(model);
  const found = await program.run(given);
  await program.release();
  return found;
}

/** The results of one sequence in a batch, outputs at its tokens first. */
function ofRow(found: NamedValues, row: number, length: number): number[] {
  const { outputs, ...states } = found as Record<string, TensorValue> & { outputs: TensorValue };
  const [, batch] = outputs.shape as [number, number];
  const part = (value: TensorValue, at: number): number[] =>
    numbersOf(value).slice(at * sizes.hidden, (at + 1) * sizes.hidden);
  return [
    ...Array.from({ length }, (_, step) => part(outputs, step * batch + row)).flat(),
    ...Object.values(states).flatMap((state) => part(state, row)),
  ];
}

const usesOperator = ({ outputs }: ReturnType<typeof layer>): boolean =>
  nodesOf(Object.values(outputs)).some((node) => isOperation(node, recurrenceOperator));

const forms: readonly Form[] = [
  ["lstm", {}],
  ["lstm", { bias: false }],
  ["gru", {}],
  ["gru", { bias: false }],
  ["gru", { resetAfter: true }],
  ["gru", { resetAfter: true, bias: false }],
];

describe.each(forms)("%s %o as one operator:", (...form) => {
  const all = lengths.map((_, at) => at);

  test.each([false, true])("it computes what the loop does (backward: %s)", async (backward) => {
    expect(usesOperator(layer(form, { backward, whole: true }))).toBe(true);
    const given = feeds(all, 2);
    const loop = await results(form, { backward }, given);
    const whole = await results(form, { backward, whole: true }, given);
    expect(Object.keys(whole)).toEqual(Object.keys(loop));
    for (const [name, { shape, ...value }] of Object.entries(loop)) {
      expect(whole[name]?.shape).toEqual(shape);
      const found = numbersOf(whole[name] as TensorValue);
      numbersOf({ shape, ...value }).forEach((number, at) => {
        expect(found[at]).toBeCloseTo(number, 5);
      });
    }
  });

  test.each([false, true])(
    "a sequence has the same bits alone and in a batch (backward: %s)",
    async (backward) => {
      const options = { backward, whole: true };
      const together = await results(form, options, feeds(all, 2));
      for (const at of all) {
        const length = lengths[at] as number;
        const alone = await results(form, options, feeds([at], 0));
        expect(ofRow(alone, 0, length)).toEqual(ofRow(together, at, length));
      }
    },
  );
});

test.each([
  ["a cell that ONNX has no operator for", ["rnn", {}], {}, "float32"],
  ["an LSTM whose cell state is limited", ["lstm", { clip: 1 }], {}, "float32"],
  ["a layer whose inner values are wanted", ["lstm", {}], { record: true }, "float32"],
  ["float64", ["lstm", {}], {}, "float64"],
] as const)("%s stays a loop", (_, form, options, dtype) => {
  expect(usesOperator(layer(form, { whole: true, ...options }, dtype))).toBe(false);
});
