/** @file One step of a recurrent layer. Callers project the inputs of all steps at once, outside the recurrence. */

import { concatenate, slice, split } from "../graph/operators/arrange.ts";
import { add, multiply, sigmoid, subtract, tanh } from "../graph/operators/elementwise.ts";
import { affine, matMul } from "../graph/operators/matMul.ts";
import { recurrence } from "../graph/operators/recurrence.ts";
import { maximum, minimum } from "../graph/operators/select.ts";
import { constant } from "../graph/operators/source.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { CellForm } from "./cellEquations.ts";
import { gruEquations, lstmEquations, rnnEquations } from "./cellEquations.ts";
import type { Equation } from "./equation.ts";
import type { Initializer, Parameters } from "./parameters.ts";
import { zeros } from "./parameters.ts";

export type { CellForm } from "./cellEquations.ts";

/** The results of a step: the next states and named intermediate values. */
export interface CellStep {
  readonly states: readonly Tensor[];
  readonly record: Readonly<Record<string, Tensor>>;
}

/** The sizes and initial weights of a cell. */
export interface CellSpecification {
  /** The prefix of its parameters' names. */
  readonly name: string;
  readonly inputSize: number;
  /** The size of the hidden state. */
  readonly hidden: number;
  /** The initial weights of inputs and of the hidden state. */
  readonly input: Initializer;
  readonly recurrent: Initializer;
  /** Whether it has a bias; Luong's LSTMs have none. */
  readonly bias?: boolean;
  /** The initial bias of an LSTM's forget gate; the other biases start at 0. */
  readonly forgetBias?: number;
  /** Whether a GRU's reset gate acts after the product with the state's weights, as in cuDNN. */
  readonly resetAfter?: boolean;
  /** The limit on the absolute value of an LSTM's cell state; 0 for no limit. */
  readonly clip?: number;
}

/** The parameters of one cell and its step. */
export interface Cell {
  /** The size of the hidden state. */
  readonly hidden: number;
  /** The number of states it carries: hidden and cell state, or the hidden state alone. The hidden state is first. */
  readonly stateCount: number;
  /** Multiplies inputs `[…, input]` by the input weights and adds the bias, for {@link Cell.step}. */
  project(x: Tensor): Tensor;
  /** Projects another input of every step, such as a context; without a bias. */
  projectFurther(name: string, x: Tensor): Tensor;
  /** Takes one step from projected inputs `[…, gates*hidden]` and states `[…, hidden]`. */
  step(projected: Tensor, states: readonly Tensor[]): CellStep;
  /**
   * All steps as one operator of ONNX, for inference in float32: without gradient. Absent if ONNX has none that computes
   * what {@link Cell.step} does.
   */
  readonly whole?: (sequence: WholeSequence) => WholeLayer;
}

/** A sequence to read from a zero state. */
export interface WholeSequence {
  /** `[time, batch, input]`. */
  readonly x: Tensor;
  /** The number of tokens of each sequence, int32 `[batch]`; padding comes last. */
  readonly lengths: Tensor;
  /** Whether to run from the last token to the first; outputs stay in time order. */
  readonly backward: boolean;
}

/** The results of all steps. */
export interface WholeLayer {
  /** `[time, batch, hidden]`; zero at padding. */
  readonly outputs: Tensor;
  /** Each `[batch, hidden]`. */
  readonly states: readonly Tensor[];
}

/** The kinds of cells, as named by the option `cell`. */
export type CellKind = "lstm" | "gru" | "rnn";

/** A state that a cell carries from step to step. */
export type CellStateName = "hidden_state" | "cell_state";

/** A kind of cell. */
interface CellDefinition {
  readonly make: (parameters: Parameters, specification: CellSpecification) => Cell;
  /** The states that it carries, named as in the record of a step. */
  readonly states: readonly CellStateName[];
  /**
   * The letters that equations use for the recorded vectors of a step. Equations also read the vectors `input`,
   * `state`, `cell` and `further`.
   */
  readonly letters: Readonly<Record<string, string>>;
  readonly equations: (form: CellForm) => Readonly<Record<string, Equation>>;
}

const cells: Readonly<Record<CellKind, CellDefinition>> = {
  lstm: {
    make: lstmCell,
    states: ["hidden_state", "cell_state"],
    letters: {
      input_gate: "i",
      forget_gate: "f",
      candidate: "g",
      output_gate: "o",
      cell_state: "c",
      hidden_state: "h",
    },
    equations: lstmEquations,
  },
  gru: {
    make: gruCell,
    states: ["hidden_state"],
    letters: { reset_gate: "r", update_gate: "z", candidate: "n", hidden_state: "h" },
    equations: gruEquations,
  },
  rnn: {
    make: rnnCell,
    states: ["hidden_state"],
    letters: { hidden_state: "h" },
    equations: rnnEquations,
  },
};

/** All kinds of cells. */
export const cellKinds: readonly CellKind[] = Object.keys(cells) as CellKind[];

/** Makes the cell of a kind. */
export function cell(
  kind: CellKind,
  parameters: Parameters,
  specification: CellSpecification,
): Cell {
  return cells[kind].make(parameters, specification);
}

/** The states that a cell of a kind carries from step to step, in their order. */
export function cellStateNames(kind: CellKind): readonly CellStateName[] {
  return cells[kind].states;
}

/** The letters that equations use for the recorded vectors of a step, by name. */
export function cellLetters(kind: CellKind): Readonly<Record<string, string>> {
  return cells[kind].letters;
}

/** The letter that equations use for a recorded vector of a step. */
export function cellLetter(kind: CellKind, name: string): string {
  return cells[kind].letters[name] ?? name;
}

/** The equations of the recorded vectors of a step, by name. */
export function cellEquations(kind: CellKind, form: CellForm): Readonly<Record<string, Equation>> {
  return cells[kind].equations(form);
}

/** The input projections that all cells share: `width` sums, with or without a bias. */
function inputsOf(
  parameters: Parameters,
  { name, inputSize, input, bias }: CellSpecification,
  width: number,
  biasInitializer: Initializer = zeros,
): Pick<Cell, "project" | "projectFurther"> & InputWeights {
  const weight = (key: string, size: number): Tensor =>
    parameters.get(`${name}.${key}`, [size, width], input);
  const inputWeight = (): Tensor => weight("weight_ih", inputSize);
  const inputBias = (): Tensor | null =>
    bias === false ? null : parameters.get(`${name}.bias`, [width], biasInitializer);
  return {
    inputWeight,
    inputBias,
    project: (x) => {
      const [matrix, added] = [inputWeight(), inputBias()];
      return added ? affine(x, matrix, added) : matMul(x, matrix);
    },
    projectFurther: (key, x) => matMul(x, weight(key, x.shape.at(-1) as number)),
  };
}

/** The parameters of the input projection. */
interface InputWeights {
  /** `[input, gates*hidden]`. */
  readonly inputWeight: () => Tensor;
  /** `[gates*hidden]`. */
  readonly inputBias: () => Tensor | null;
}

/** The gates along the last axis, put in ONNX's order: the result's gate i is gate `order[i]`. */
function inOrder(gates: Tensor, order: readonly number[]): Tensor {
  const parts = split(gates, -1, order.length);
  return concatenate(
    order.map((at) => parts[at] as Tensor),
    -1,
  );
}

/** The biases of inputs and of states in ONNX's order, one after the other; zeros for those that a cell lacks. */
function biasesInOrder(
  given: readonly (Tensor | null)[],
  hidden: number,
  order: readonly number[],
): Tensor {
  const none = constant("float32", new Float32Array(order.length * hidden));
  return concatenate(
    given.map((bias) => (bias ? inOrder(bias, order) : none)),
    0,
  );
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Graves 2013), gates in the order i, f, g, o:
 * c' = f·c + i·g, h' = o·tanh(c'). Weights are `[input, 4*hidden]` and multiply from the right.
 */
export function lstmCell(parameters: Parameters, specification: CellSpecification): Cell {
  const { name, hidden, recurrent, forgetBias = 0, clip = 0 } = specification;
  const biases: Initializer =
    forgetBias === 0 ? zeros : { kind: "blocks", values: [0, forgetBias, 0, 0] };
  const weightHh = () => parameters.get(`${name}.weight_hh`, [hidden, 4 * hidden], recurrent);
  const inputs = inputsOf(parameters, specification, 4 * hidden, biases);
  const order = [0, 3, 1, 2];
  const whole = ({ backward, ...sequence }: WholeSequence): WholeLayer =>
    recurrence(
      {
        ...sequence,
        weight: inOrder(inputs.inputWeight(), order),
        recurrent: inOrder(weightHh(), order),
        biases: biasesInOrder([inputs.inputBias(), null], hidden, order),
      },
      { kind: "LSTM", reverse: backward, resetAfter: false },
    );
  return {
    hidden,
    stateCount: 2,
    ...inputs,
    // ONNX limits the gates' sums instead of the cell state.
    ...(clip === 0 && { whole }),
    step: (projected, [h, c]: readonly [Tensor, Tensor]) =>
      lstmStep(add(projected, matMul(h, weightHh())), c, clip),
  };
}

/** The elementwise half of an LSTM's step, from the gates' sums `[…, 4*hidden]` and the cell state. */
export function lstmStep(sums: Tensor, cellState: Tensor, clip = 0): CellStep {
  const [i, f, g, o] = split(sums, -1, 4);
  const inputGate = sigmoid(i);
  const forgetGate = sigmoid(f);
  const candidate = tanh(g);
  const outputGate = sigmoid(o);
  const free = add(multiply(forgetGate, cellState), multiply(inputGate, candidate));
  const nextCell = clip > 0 ? maximum(minimum(free, clip), -clip) : free;
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
 * that is the same cell with the sign of the update gate's weights flipped. Further inputs, such as
 * a context, are added to W x: the reset gate acts on the state alone, as in the authors' code. With
 * `resetAfter` it is the GRU of cuDNN and PyTorch: n = tanh(W x + b + r·(U h + b')).
 */
export function gruCell(parameters: Parameters, specification: CellSpecification): Cell {
  const { name, hidden, recurrent, resetAfter = false } = specification;
  const inputs = inputsOf(parameters, specification, 3 * hidden);
  const stateGates = () =>
    parameters.get(`${name}.weight_hh_gates`, [hidden, 2 * hidden], recurrent);
  const stateCandidate = () =>
    parameters.get(`${name}.weight_hh_candidate`, [hidden, hidden], recurrent);
  const order = [1, 0, 2];
  return {
    hidden,
    stateCount: 1,
    ...inputs,
    whole: ({ backward, ...sequence }) => {
      const after = resetAfter ? resetAfterWeights(parameters, specification) : null;
      const weightHh = after?.weight ?? concatenate([stateGates(), stateCandidate()], -1);
      return recurrence(
        {
          ...sequence,
          weight: inOrder(inputs.inputWeight(), order),
          recurrent: inOrder(weightHh, order),
          biases: biasesInOrder([inputs.inputBias(), after?.bias ?? null], hidden, order),
        },
        { kind: "GRU", reverse: backward, resetAfter },
      );
    },
    step: (projected, [h]: readonly [Tensor]) => {
      if (resetAfter) return resetAfterStep(parameters, specification, projected, h);
      const gates = stateGates();
      const inner = stateCandidate();
      const sums = add(slice(projected, -1, 0, 2 * hidden), matMul(h, gates));
      const [resetGate, updateGate] = split(sigmoid(sums), -1, 2);
      const candidate = tanh(
        add(slice(projected, -1, 2 * hidden, 3 * hidden), matMul(multiply(resetGate, h), inner)),
      );
      return gruResult(h, resetGate, updateGate, candidate);
    },
  };
}

/** n = tanh(W x + b + r·(U h + b')): one product a step, with a separate bias b' for the state. */
function resetAfterStep(
  parameters: Parameters,
  specification: CellSpecification,
  projected: Tensor,
  h: Tensor,
): CellStep {
  const { hidden } = specification;
  const width = 3 * hidden;
  const { weight, bias } = resetAfterWeights(parameters, specification);
  const product = matMul(h, weight);
  const sums = bias ? add(product, bias) : product;
  const gates = add(slice(projected, -1, 0, 2 * hidden), slice(sums, -1, 0, 2 * hidden));
  const [resetGate, updateGate] = split(sigmoid(gates), -1, 2);
  const inner = multiply(resetGate, slice(sums, -1, 2 * hidden, width));
  const candidate = tanh(add(slice(projected, -1, 2 * hidden, width), inner));
  return gruResult(h, resetGate, updateGate, candidate);
}

/** U of all gates, and b' if there is one. */
function resetAfterWeights(
  parameters: Parameters,
  { name, hidden, recurrent, bias }: CellSpecification,
): { readonly weight: Tensor; readonly bias: Tensor | null } {
  const width = 3 * hidden;
  return {
    weight: parameters.get(`${name}.weight_hh`, [hidden, width], recurrent),
    bias: bias === false ? null : parameters.get(`${name}.bias_hh`, [width], zeros),
  };
}

/** h' = z·h + (1 − z)·n. */
function gruResult(h: Tensor, resetGate: Tensor, updateGate: Tensor, candidate: Tensor): CellStep {
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
}

/** The simple recurrent network (Elman 1990), whose gradients vanish: h' = tanh(W x + U h + b). */
export function rnnCell(parameters: Parameters, specification: CellSpecification): Cell {
  const { name, hidden, recurrent } = specification;
  return {
    hidden,
    stateCount: 1,
    ...inputsOf(parameters, specification, hidden),
    step: (projected, [h]: readonly [Tensor]) => {
      const weight = parameters.get(`${name}.weight_hh`, [hidden, hidden], recurrent);
      const next = tanh(add(projected, matMul(h, weight)));
      return { states: [next], record: { hidden_state: next } };
    },
  };
}
