/** @file A loop that ends by itself: ONNX's Loop. It has no gradient; training loops over known lengths (`scan.ts`). */

import { ShapeError } from "../../tensor/errors.ts";
import { zip } from "../../tensor/zip.ts";
import { makeNode } from "../node.ts";
import type { Dimension } from "../shape.ts";
import { sameShape } from "../shape.ts";
import type { ForEach, NamedTensors, Node, Operator, Tensor, Tensors } from "../tensor.ts";
import { substitute } from "../traverse.ts";
import { capturesOf } from "./loop.ts";
import { placeholder } from "./source.ts";

/** The attributes of such a loop; its inputs are the most steps, the initial states and the captures. */
export interface WhileAttributes {
  /** Placeholder for the number of the step, from 0: int64 `[]`. */
  readonly count: Tensor;
  /** Placeholder for the condition as the last step computed it: a boolean `[]`, always true. */
  readonly isOn: Tensor;
  /** Placeholders for the states before a step. */
  readonly states: Tensors;
  readonly nextStates: Tensors;
  /** Whether another step follows: a boolean `[]`. */
  readonly goesOn: Tensor;
  /** The tensors stacked over the steps. */
  readonly stacked: Tensors;
  /** The name of the axis of steps. */
  readonly steps: Dimension;
  /** The tensors that the body uses from outside. */
  readonly captures: Tensors;
}

/** A traced loop with its initial states. */
export interface TracedWhileLoop extends Omit<WhileAttributes, "captures"> {
  /** int64 `[]`. */
  readonly most: Tensor;
  readonly initial: Tensors;
}

/** The loop as an operator: outputs are the last states, then the stacked tensors. */
export const whileLoopOperator: Operator<WhileAttributes, Tensors, Tensor[]> = {
  name: "whileLoop",
  infer: (inputs, { states, nextStates, goesOn, stacked, steps }) => {
    const initial = inputs.slice(1, 1 + states.length);
    for (const others of [nextStates, initial]) {
      zip(states, others).forEach(([state, other], index) => {
        if (!sameShape(state.shape, other.shape) || state.dtype !== other.dtype) {
          throw new ShapeError(
            `whileLoop: state ${index} is ${state} at one step and ${other} at another.`,
          );
        }
      });
    }
    if (goesOn.dtype !== "bool" || goesOn.rank !== 0) {
      throw new ShapeError(`whileLoop: the condition is a single boolean, not ${goesOn}.`);
    }
    return [
      ...states.map(({ dtype, shape }) => ({ dtype, shape })),
      ...stacked.map(({ dtype, shape }) => ({ dtype, shape: [steps, ...shape] })),
    ];
  },
  lower: (emitter, [most, ...others], node) => {
    const { count, isOn, states, nextStates, goesOn, stacked } = node.attributes;
    const body = emitter.subgraph([count, isOn, ...states], [goesOn, ...nextStates, ...stacked]);
    const on = emitter.constant("bool", [], Uint8Array.of(1));
    return [
      ...emitter.ops(
        "Loop",
        [most as string, on, ...others.slice(0, states.length)],
        { body: { graph: body } },
        [...states, ...stacked].map(() => true),
      ),
    ];
  },
  rebuild: ({ attributes, inputs: before }, inputs) => {
    const { count, isOn, states, nextStates, goesOn, stacked, steps, captures } = attributes;
    const fresh = (tensor: Tensor) => placeholder("again", tensor.dtype, tensor.shape);
    const old = [count, isOn, ...states];
    const [newCount, newIsOn, ...newStates] = old.map(fresh) as [Tensor, Tensor, ...Tensor[]];
    const first = before.length - captures.length;
    const replacements = new Map([
      ...zip(old, [newCount, newIsOn, ...newStates]),
      ...zip(captures, inputs.slice(first)).filter(([capture, input]) => input !== capture),
    ]);
    const [newGoesOn, ...results] = substitute([goesOn, ...nextStates, ...stacked], replacements);
    return makeWhileLoop({
      most: inputs[0] as Tensor,
      initial: inputs.slice(1, first),
      count: newCount,
      isOn: newIsOn,
      states: newStates,
      nextStates: results.slice(0, states.length),
      goesOn: newGoesOn as Tensor,
      stacked: results.slice(states.length),
      steps,
    }).outputs;
  },
  describe: ({ steps }) => `over ${steps}`,
};

/** Creates the node of a traced loop, and finds what its body captures. */
export function makeWhileLoop(loop: TracedWhileLoop): Node<WhileAttributes, Tensors, Tensor[]> {
  const { most, initial, ...traced } = loop;
  const { count, isOn, states, nextStates, goesOn, stacked } = traced;
  const { captures } = capturesOf([goesOn, ...nextStates, ...stacked], [count, isOn, ...states]);
  const attributes: WhileAttributes = { ...traced, captures };
  return makeNode(whileLoopOperator, [most, ...initial, ...captures], attributes);
}

/**
 * A loop that runs at least once, until its body says that it ends: ONNX's Loop.
 *
 * @param loop.most  the most steps, int64 `[]`.
 * @param loop.steps a name for the axis of steps.
 * @param loop.body  one step: takes the states and the number of the step, int64 `[]`, from 0; returns the next states,
 *   whether another step follows (a boolean `[]`) and the values to stack.
 * @returns the final states, and the body's outputs stacked along a first axis.
 * @throws ShapeError if a state changes its shape.
 */
export function whileLoop<const Initial extends Tensors, Outputs extends NamedTensors>(loop: {
  readonly most: Tensor;
  readonly initial: Initial;
  readonly steps: string;
  body(
    states: ForEach<Initial, Tensor>,
    count: Tensor,
  ): { states: ForEach<Initial, Tensor>; goesOn: Tensor; outputs: Outputs };
}): { states: ForEach<Initial, Tensor>; outputs: ForEach<Outputs, Tensor> } {
  const { most, initial, steps } = loop;
  const count = placeholder("count", "int64", []);
  const states = initial.map(({ dtype, shape }, index) =>
    placeholder(`state${index}`, dtype, shape),
  );
  const traced = loop.body(states as unknown as ForEach<Initial, Tensor>, count);
  const { outputs } = makeWhileLoop({
    most,
    initial,
    count,
    isOn: placeholder("isOn", "bool", []),
    states,
    nextStates: traced.states,
    goesOn: traced.goesOn,
    stacked: Object.values(traced.outputs),
    steps,
  });
  const stacks = outputs.slice(states.length);
  return {
    states: outputs.slice(0, states.length) as unknown as ForEach<Initial, Tensor>,
    outputs: Object.fromEntries(zip(Object.keys(traced.outputs), stacks)) as unknown as ForEach<
      Outputs,
      Tensor
    >,
  };
}
