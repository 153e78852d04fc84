import { describe, expect, test } from "vitest";
import { evaluate } from "../../test/support/evaluate.ts";
import { expectGradient, weighted } from "../../test/support/finiteDifferences.ts";
import { add } from "../graph/operators/elementwise.ts";
import { input } from "../graph/operators/source.ts";
import type { Tensor } from "../graph/tensor.ts";
import { Random } from "../tensor/random.ts";
import { required } from "../tensor/required.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import type { CellKind, CellSpecification } from "./cells.ts";
import { cell, cellKinds, cellStateNames } from "./cells.ts";
import { initialValues } from "./initialize.ts";
import { Parameters } from "./parameters.ts";

const uniform = { kind: "uniform", range: 1 } as const;
const hidden = 3;

/** One step with another input beside x, all of it random and wide enough to reach the limits. */
function step(kind: CellKind, options: Partial<CellSpecification> = {}) {
  const parameters = new Parameters("float64");
  const made = cell(kind, parameters, {
    name: "cell",
    inputSize: 2,
    hidden,
    input: uniform,
    recurrent: uniform,
    ...options,
  });
  const x = input("x", "float64", [2, 2]);
  const context = input("context", "float64", [2, 4]);
  const inputs: Record<string, Tensor> = { x, context };
  const states = cellStateNames(kind).map((_, index) => {
    const state = input(`state.${index}`, "float64", [2, hidden]);
    inputs[`state.${index}`] = state;
    return state;
  });
  const further = made.projectFurther("weight_context", context);
  const result = made.step(add(made.project(x), further), states);
  for (const { name } of parameters.list()) inputs[name] = parameters.tensor(name);
  const random = new Random(11);
  const feeds: Record<string, TensorValue> = {};
  for (const [name, tensor] of Object.entries(inputs)) {
    const shape = tensor.shape as number[];
    const count = shape.reduce((product, each) => product * each, 1);
    feeds[name] = tensorValue(
      "float64",
      shape,
      Array.from({ length: count }, () => random.normal()),
    );
  }
  return { inputs, feeds, result, parameters };
}

describe.each(cellKinds)("%s:", (kind) => {
  test("the gradient equals finite differences", async () => {
    const { result, feeds, inputs } = step(kind);
    const states = result.states.slice(0, cellStateNames(kind).length);
    await expectGradient(weighted(states, feeds, {}), feeds, inputs);
  });

  test("without a bias there is no parameter of the name", () => {
    const names = (bias: boolean) =>
      step(kind, { bias })
        .parameters.list()
        .map(({ name }) => name);
    expect(names(true)).toContain("cell.bias");
    expect(names(false)).not.toContain("cell.bias");
    expect(names(false)).toHaveLength(names(true).length - 1);
  });
});

test("a GRU with the reset gate after the product: the gradient equals finite differences", async () => {
  const { result, feeds, inputs } = step("gru", { resetAfter: true });
  expect(Object.keys(inputs)).toContain("cell.bias_hh");
  await expectGradient(weighted(result.states, feeds, {}), feeds, inputs);
});

test("a plain cell is tanh(x W + h U + b)", async () => {
  const { result, feeds } = step("rnn");
  const { next } = await evaluate({ next: required(result.states[0], "h") }, feeds);
  const matrix = (name: string) => numbersOf(feeds[name] as TensorValue);
  const product = (name: string, weights: string, row: number, unit: number) => {
    const rows = (feeds[weights] as TensorValue).shape[0] as number;
    const all = matrix(name);
    return Array.from({ length: rows }, (_, at) => at).reduce(
      (sum, at) =>
        sum + (all[row * rows + at] as number) * (matrix(weights)[at * hidden + unit] as number),
      0,
    );
  };
  numbersOf(next as TensorValue).forEach((value, at) => {
    const [row, unit] = [Math.floor(at / hidden), at % hidden];
    const total =
      product("x", "cell.weight_ih", row, unit) +
      product("context", "cell.weight_context", row, unit) +
      product("state.0", "cell.weight_hh", row, unit) +
      (matrix("cell.bias")[unit] as number);
    expect(value).toBeCloseTo(Math.tanh(total), 12);
  });
});

test("a clipped cell state stays within its limit, and its gradient is that of what was kept", async () => {
  const { result, feeds, inputs } = step("lstm", { clip: 0.4 });
  const { next } = await evaluate({ next: required(result.states[1], "c") }, feeds);
  const values = numbersOf(next as TensorValue).map(Math.abs);
  expect(Math.max(...values)).toBe(0.4);
  expect(Math.min(...values)).toBeLessThan(0.4);
  await expectGradient(weighted(result.states, feeds, {}), feeds, inputs);
});

test("the forget gate's bias begins where it is asked to, the others at zero", () => {
  const { parameters } = step("lstm", { forgetBias: 1 });
  const bias = parameters.list().find(({ name }) => name === "cell.bias");
  expect(Array.from(initialValues(bias as NonNullable<typeof bias>, 5))).toEqual([
    0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0,
  ]);
});
