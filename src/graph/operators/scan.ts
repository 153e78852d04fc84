/**
 * @file The loop over time. Computations of the body that use no states and slices do not belong to
 * the loop: they stay outside and are captured, so that no constant is computed twice.
 */

import { ShapeError } from "../../tensor/errors.ts";
import { zip } from "../../tensor/zip.ts";
import { makeNode } from "../node.ts";
import { formatShape, sameShape } from "../shape.ts";
import type { ForEach, NamedTensors, Operator, Tensor, Tensors } from "../tensor.ts";
import { substitute } from "../traverse.ts";
import type { ScanAttributes, ScanNode, TracedLoop } from "./loop.ts";
import { capturesOf } from "./loop.ts";
import { scanGradient } from "./scanGradient.ts";
import { placeholder } from "./source.ts";

/** The loop as an operator: outputs are the last states, then the stacked tensors. */
export const scanOperator: Operator<ScanAttributes, Tensors, Tensor[]> = {
  name: "scan",
  infer: (inputs, { states, slices, nextStates, stacked, time }) => {
    const initial = inputs.slice(0, states.length);
    const sequences = inputs.slice(states.length, states.length + slices.length);
    for (const others of [nextStates, initial]) {
      zip(states, others).forEach(([state, other], index) => {
        if (!sameShape(state.shape, other.shape) || state.dtype !== other.dtype) {
          throw new ShapeError(
            `scan: state ${index} is ${state} at one step and ${other} at another.`,
          );
        }
      });
    }
    zip(slices, sequences).forEach(([slice, sequence], index) => {
      if (!sameShape(sequence.shape, [time, ...slice.shape])) {
        throw new ShapeError(
          `scan: sequence ${index} is ${sequence}, but a step of ${time} takes ${formatShape(slice.shape)}.`,
        );
      }
    });
    return [
      ...states.map(({ dtype, shape }) => ({ dtype, shape })),
      ...stacked.map(({ dtype, shape }) => ({ dtype, shape: [time, ...shape] })),
    ];
  },
  lower: (emitter, inputs, node, used) => {
    const { states, slices, nextStates, stacked, reverse } = node.attributes;
    const isKept = stacked.map((_, index) => used[states.length + index] === true);
    const kept = stacked.filter((_, index) => isKept[index]);
    const body = emitter.subgraph([...states, ...slices], [...nextStates, ...kept]);
    const direction = Number(reverse);
    const names = emitter.ops(
      "Scan",
      inputs.slice(0, states.length + slices.length),
      {
        body: { graph: body },
        num_scan_inputs: { int: slices.length },
        scan_input_directions: { ints: slices.map(() => direction) },
        ...(kept.length > 0 && { scan_output_directions: { ints: kept.map(() => direction) } }),
      },
      [...states, ...kept].map(() => true),
    );
    let next = states.length;
    return [
      ...names.slice(0, states.length),
      ...isKept.map((keep) => (keep ? (names[next++] as string) : "")),
    ];
  },
  gradient: (node, cotangents, needed) => scanGradient(node, cotangents, needed, makeScan),
  rebuild: ({ attributes, inputs: before }, inputs) => {
    const { states, slices, nextStates, stacked, captures, time, reverse } = attributes;
    const fresh = (tensor: Tensor) => placeholder("again", tensor.dtype, tensor.shape);
    const [newStates, newSlices] = [states.map(fresh), slices.map(fresh)];
    const first = before.length - captures.length;
    const moved = zip(captures, inputs.slice(first)).filter(
      ([capture, input]) => input !== capture,
    );
    const replacements = new Map([...zip(states, newStates), ...zip(slices, newSlices), ...moved]);
    const body = substitute([...nextStates, ...stacked], replacements);
    return makeScan({
      states: newStates,
      slices: newSlices,
      nextStates: body.slice(0, states.length),
      stacked: body.slice(states.length),
      initial: inputs.slice(0, states.length),
      sequences: inputs.slice(states.length, first),
      time,
      reverse,
    }).outputs;
  },
  describe: ({ time, reverse }) => `over ${time}${reverse ? " from the end" : ""}`,
};

/** Creates the node of a traced loop, and finds what its body captures. */
export function makeScan(loop: TracedLoop): ScanNode {
  const { states, slices, nextStates, stacked, time, reverse } = loop;
  const results = [...nextStates, ...stacked];
  const { inner, captures } = capturesOf(results, [...states, ...slices]);
  const attributes: ScanAttributes = {
    states,
    slices,
    nextStates,
    time,
    reverse,
    inner,
    stacked: [...stacked],
    captures,
  };
  const inputs = [...loop.initial, ...loop.sequences, ...captures];
  if (results.length === 0) throw new ShapeError("scan: the loop has no state and stacks nothing.");
  return makeNode(scanOperator, inputs, attributes);
}

/** What a loop iterates over. */
export interface ScanOptions<
  Initial extends Tensors,
  Sequences extends NamedTensors,
  Outputs extends NamedTensors,
> {
  /** The states before the first step. */
  readonly initial: Initial;
  /** Tensors whose first axis is time; each step gets a slice of each. At least one. */
  readonly sequences: Sequences;
  /** Whether to run from the last step to the first; stacks stay in time order. */
  readonly reverse?: boolean;
  /** One step: takes the states and slices, and returns the next states and the values to stack. */
  body(
    states: ForEach<Initial, Tensor>,
    slices: ForEach<Sequences, Tensor>,
  ): { states: ForEach<Initial, Tensor>; outputs: Outputs };
}

/**
 * A loop over time: ONNX's Scan.
 *
 * @returns the final states, and the body's outputs stacked along a first axis.
 * @throws ShapeError if there is no sequence, or a state changes its shape.
 */
export function scan<
  const Initial extends Tensors,
  Sequences extends NamedTensors,
  Outputs extends NamedTensors,
>({
  initial,
  sequences,
  reverse = false,
  body,
}: ScanOptions<Initial, Sequences, Outputs>): {
  states: ForEach<Initial, Tensor>;
  outputs: ForEach<Outputs, Tensor>;
} {
  const time = Object.values(sequences)[0]?.shape[0];
  if (time === undefined) throw new ShapeError("scan: needs a sequence with a time axis.");
  const states = initial.map(({ dtype, shape }, index) =>
    placeholder(`state${index}`, dtype, shape),
  );
  const slices = Object.values(sequences).map(({ dtype, shape }, index) =>
    placeholder(`slice${index}`, dtype, shape.slice(1)),
  );
  const traced = body(like(initial, states), like(sequences, slices));
  const { outputs } = makeScan({
    states,
    slices,
    initial,
    sequences: Object.values(sequences),
    time,
    reverse,
    nextStates: traced.states,
    stacked: Object.values(traced.outputs),
  });
  return {
    states: like(initial, outputs.slice(0, states.length)),
    outputs: like(traced.outputs, outputs.slice(states.length)),
  };
}

/** Tensors as a list, or under the names of `form`. */
function like<Form extends Tensors | NamedTensors>(
  form: Form,
  tensors: Tensors,
): ForEach<Form, Tensor> {
  const all = Array.isArray(form) ? tensors : Object.fromEntries(zip(Object.keys(form), tensors));
  return all as ForEach<Form, Tensor>;
}
