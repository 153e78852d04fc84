/** @file One step of a recurrent layer. The input's part is computed outside, for all steps at once. */

import { slice, split } from "../graph/operators/arrange.ts";
import { add, multiply, sigmoid, subtract, tanh } from "../graph/operators/elementwise.ts";
import { affine, matMul } from "../graph/operators/matMul.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Initializer, Parameters } from "./parameters.ts";
import { zeros } from "./parameters.ts";

/** The kinds of cells. */
export type CellKind = "lstm" | "gru";

/** What a step computes: the next states and named values on the way. */
export interface CellStep {
  readonly states: readonly Tensor[];
  readonly record: Readonly<Record<string, Tensor>>;
}

/** How a cell's parameters begin. */
export interface CellInitializers {
  readonly input: Initializer;
  readonly recurrent: Initializer;
}

/** The parameters of one cell and its step. */
export interface Cell {
  /** The size of the hidden state. */
  readonly hidden: number;
  /** How many states it carries: hidden and cell state, or hidden alone. The hidden one is first. */
  readonly stateCount: number;
  /** `[…, input]` by the input's weights, with the bias: what {@link Cell.step} takes as drive. */
  project(x: Tensor): Tensor;
  /** The part of another input that enters at every step, such as a context; no bias. */
  projectMore(name: string, x: Tensor): Tensor;
  /** `drive` `[…, gates*hidden]`, states `[…, hidden]`. */
  step(drive: Tensor, states: readonly Tensor[]): CellStep;
}

/** Makes the cell of a kind; its parameters' names begin with `name`. */
export function cell(
  kind: CellKind,
  parameters: Parameters,
  name: string,
  inputSize: number,
  hidden: number,
  initializers: CellInitializers,
): Cell {
  const build = kind === "lstm" ? lstmCell : gruCell;
  return build(parameters, name, inputSize, hidden, initializers);
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Graves 2013), gates in the order i, f, g, o:
 * c' = f·c + i·g, h' = o·tanh(c'). Weights are `[input, 4*hidden]` and multiply from the right.
 */
export function lstmCell(
  parameters: Parameters,
  name: string,
  inputSize: number,
  hidden: number,
  initializers: CellInitializers,
): Cell {
  const weightIh = () =>
    parameters.get(`${name}.weight_ih`, [inputSize, 4 * hidden], initializers.input);
  const weightHh = () =>
    parameters.get(`${name}.weight_hh`, [hidden, 4 * hidden], initializers.recurrent);
  const bias = () => parameters.get(`${name}.bias`, [4 * hidden], zeros);
  return {
    hidden,
    stateCount: 2,
    project: (x) => affine(x, weightIh(), bias()),
    projectMore: (more, x) =>
      matMul(
        x,
        parameters.get(
          `${name}.${more}`,
          [x.shape.at(-1) as number, 4 * hidden],
          initializers.input,
        ),
      ),
    step: (drive, [h, c]) => lstmStep(add(drive, matMul(h as Tensor, weightHh())), c as Tensor),
  };
}

/** The elementwise half of an LSTM's step, from the gates' sums `[…, 4*hidden]` and the cell state. */
export function lstmStep(sums: Tensor, cellState: Tensor): CellStep {
  const [i, f, g, o] = split(sums, -1, 4) as [Tensor, Tensor, Tensor, Tensor];
  const inputGate = sigmoid(i);
  const forgetGate = sigmoid(f);
  const candidate = tanh(g);
  const outputGate = sigmoid(o);
  const nextCell = add(multiply(forgetGate, cellState), multiply(inputGate, candidate));
  const hidden = multiply(outputGate, tanh(nextCell));
  return {
    states: [hidden, nextCell],
    record: {
      input_gate: inputGate,
      forget_gate: forgetGate,
      candidate,
      output_gate: outputGate,
      cell_state: nextCell,
      hidden_state: hidden,
    },
  };
}

/**
 * Gated recurrent unit (Cho et al. 2014; the reset gate before the product), gates in the order r, z, n:
 * n = tanh(W x + U (r·h) + b), h' = z·h + (1 − z)·n. Bahdanau's z weighs the new state instead;
 * that is the same cell with the sign of the update gate's weights turned.
 */
export function gruCell(
  parameters: Parameters,
  name: string,
  inputSize: number,
  hidden: number,
  initializers: CellInitializers,
): Cell {
  return {
    hidden,
    stateCount: 1,
    project: (x) =>
      add(
        matMul(x, parameters.get(`${name}.weight_ih`, [inputSize, 3 * hidden], initializers.input)),
        parameters.get(`${name}.bias`, [3 * hidden], zeros),
      ),
    projectMore: (more, x) =>
      matMul(
        x,
        parameters.get(
          `${name}.${more}`,
          [x.shape.at(-1) as number, 3 * hidden],
          initializers.input,
        ),
      ),
    step: (drive, [state]) => {
      const h = state as Tensor;
      const gates = parameters.get(
        `${name}.weight_hh_gates`,
        [hidden, 2 * hidden],
        initializers.recurrent,
      );
      const inner = parameters.get(
        `${name}.weight_hh_candidate`,
        [hidden, hidden],
        initializers.recurrent,
      );
      const sums = add(slice(drive, -1, 0, 2 * hidden), matMul(h, gates));
      const [resetGate, updateGate] = split(sigmoid(sums), -1, 2) as [Tensor, Tensor];
      const candidate = tanh(
        add(slice(drive, -1, 2 * hidden, 3 * hidden), matMul(multiply(resetGate, h), inner)),
      );
      const next = add(multiply(updateGate, h), multiply(subtract(1, updateGate), candidate));
      return {
        states: [next],
        record: {
          reset_gate: resetGate,
          update_gate: updateGate,
          candidate,
          hidden_state: next,
        },
      };
    },
  };
}
