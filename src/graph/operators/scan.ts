/**
 * @file The loop over time. What the body computes without its states and slices does not belong to
 * the loop: it is left outside and captured, so that nothing constant is computed twice.
 */

import { ShapeError } from "../../tensor/errors.ts";
import type { Dimension } from "../shape.ts";
import { formatShape, sameShape } from "../shape.ts";
import type { Node, Operator } from "../tensor.ts";
import { makeNode, Tensor } from "../tensor.ts";
import { dependents, substitute } from "../traverse.ts";
import { scanGradient } from "./scanGradient.ts";
import { placeholder } from "./source.ts";

/** The attributes of a loop; its inputs are the initial states, the sequences and the captures. */
export interface ScanAttributes {
  /** Placeholders for the states before a step. */
  readonly states: readonly Tensor[];
  /** Placeholders for a step's slices of the sequences. */
  readonly slices: readonly Tensor[];
  readonly nextStates: readonly Tensor[];
  /** What is stacked over time; grows when a gradient asks for more. */
  readonly stacked: Tensor[];
  /** What the body uses from outside, in the order of the last inputs. */
  readonly captures: readonly Tensor[];
  /** The nodes that belong to the body. */
  readonly inner: ReadonlySet<Node>;
  readonly time: Dimension;
  readonly reverse: boolean;
}

/** The loop as an operator: outputs are the last states, then the stacked tensors. */
export const scanOperator: Operator<ScanAttributes> = {
  name: "scan",
  infer: (inputs, { states, slices, nextStates, stacked, time }) => {
    states.forEach((state, index) => {
      const next = nextStates[index] as Tensor;
      const first = inputs[index] as Tensor;
      for (const other of [next, first]) {
        if (!sameShape(state.shape, other.shape) || state.dtype !== other.dtype) {
          throw new ShapeError(
            `scan: state ${index} is ${state} at one step and ${other} at another.`,
          );
        }
      }
    });
    slices.forEach((slice, index) => {
      const sequence = inputs[states.length + index] as Tensor;
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
    const replacements = new Map<Tensor, Tensor>();
    states.forEach((state, index) => {
      replacements.set(state, newStates[index] as Tensor);
    });
    slices.forEach((slice, index) => {
      replacements.set(slice, newSlices[index] as Tensor);
    });
    const first = before.length - captures.length;
    captures.forEach((capture, index) => {
      if (inputs[first + index] !== capture) {
        replacements.set(capture, inputs[first + index] as Tensor);
      }
    });
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

/** A loop whose body is already traced. */
export interface TracedLoop {
  readonly states: readonly Tensor[];
  readonly slices: readonly Tensor[];
  readonly nextStates: readonly Tensor[];
  readonly stacked: readonly Tensor[];
  readonly initial: readonly Tensor[];
  readonly sequences: readonly Tensor[];
  readonly time: Dimension;
  readonly reverse: boolean;
}

/** Makes the node of a traced loop, finding what its body captures. */
export function makeScan(loop: TracedLoop): Node<ScanAttributes> {
  const { states, slices, nextStates, stacked, time, reverse } = loop;
  const placeholders = new Set([...states, ...slices]);
  const results = [...nextStates, ...stacked];
  const inner = dependents(results, placeholders);
  const captures = new Set<Tensor>();
  const note = (tensor: Tensor): void => {
    if (!inner.has(tensor.node) && !placeholders.has(tensor)) captures.add(tensor);
  };
  results.forEach(note);
  for (const node of inner) node.inputs.forEach(note);
  const attributes: ScanAttributes = {
    states,
    slices,
    nextStates,
    time,
    reverse,
    inner,
    stacked: [...stacked],
    captures: [...captures],
  };
  const inputs = [...loop.initial, ...loop.sequences, ...captures];
  const outputs = makeNode(scanOperator, inputs, attributes);
  const node = outputs[0]?.node;
  if (!node) throw new ShapeError("scan: the loop has no state and stacks nothing.");
  return node as Node<ScanAttributes>;
}

/** Adds a tensor of the body to what a loop stacks over time and yields the stack. */
export function stackOf(node: Node<ScanAttributes>, tensor: Tensor): Tensor {
  const { states, stacked, time } = node.attributes;
  let at = stacked.indexOf(tensor);
  if (at < 0) {
    at = stacked.push(tensor) - 1;
    const type = { dtype: tensor.dtype, shape: [time, ...tensor.shape] };
    node.outputs.push(new Tensor(node as Node, states.length + at, type));
  }
  return node.outputs[states.length + at] as Tensor;
}

/** What a loop runs over. */
export interface ScanOptions {
  /** The states before the first step. */
  readonly initial: readonly Tensor[];
  /** Tensors whose first axis is time; each step gets a slice of each. At least one. */
  readonly sequences: readonly Tensor[];
  /** Whether to run from the last step to the first; stacks keep the order of time. */
  readonly reverse?: boolean;
  /** One step: the states and slices in, the next states and what to stack out. */
  body(
    states: readonly Tensor[],
    slices: readonly Tensor[],
  ): { states: readonly Tensor[]; outputs: readonly Tensor[] };
}

/**
 * A loop over time, as ONNX's Scan.
 *
 * @returns the states after the last step, and the body's outputs stacked along a first axis.
 * @throws ShapeError if there is no sequence, or states change their shape.
 */
export function scan({ initial, sequences, reverse = false, body }: ScanOptions): {
  states: readonly Tensor[];
  outputs: readonly Tensor[];
} {
  const time = sequences[0]?.shape[0];
  if (time === undefined) throw new ShapeError("scan: needs a sequence with a time axis.");
  const states = initial.map(({ dtype, shape }, index) =>
    placeholder(`state${index}`, dtype, shape),
  );
  const slices = sequences.map(({ dtype, shape }, index) =>
    placeholder(`slice${index}`, dtype, shape.slice(1)),
  );
  const traced = body(states, slices);
  const { outputs } = makeScan({
    states,
    slices,
    initial,
    sequences,
    time,
    reverse,
    nextStates: traced.states,
    stacked: traced.outputs,
  });
  return { states: outputs.slice(0, states.length), outputs: outputs.slice(states.length) };
}
