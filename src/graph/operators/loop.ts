/** @file A traced loop: its attributes, what its body captures, and the stacks that grow when a gradient needs more. */

import type { Dimension } from "../shape.ts";
import type { Node, Tensors } from "../tensor.ts";
import { Tensor } from "../tensor.ts";
import { dependents } from "../traverse.ts";

/** The attributes of a loop; its inputs are the initial states, the sequences and the captures. */
export interface ScanAttributes {
  /** Placeholders for the states before a step. */
  readonly states: Tensors;
  /** Placeholders for a step's slices of the sequences. */
  readonly slices: Tensors;
  readonly nextStates: Tensors;
  /** The tensors stacked over time; more are added when a gradient needs them. */
  readonly stacked: Tensor[];
  /** The tensors that the body uses from outside, in the order of the last inputs. */
  readonly captures: Tensors;
  /** The nodes that belong to the body. */
  readonly inner: ReadonlySet<Node>;
  readonly time: Dimension;
  readonly reverse: boolean;
}

/** The node of a loop. */
export type ScanNode = Node<ScanAttributes, Tensors, Tensor[]>;

/** A loop whose body is already traced. */
export interface TracedLoop {
  readonly states: Tensors;
  readonly slices: Tensors;
  readonly nextStates: Tensors;
  readonly stacked: Tensors;
  readonly initial: Tensors;
  readonly sequences: Tensors;
  readonly time: Dimension;
  readonly reverse: boolean;
}

/** Adds a tensor of the body to the stacked tensors of a loop and returns the stack. */
export function stackOf(node: ScanNode, tensor: Tensor): Tensor {
  const { states, stacked, time } = node.attributes;
  const known = stacked.includes(tensor) && node.outputs[states.length + stacked.indexOf(tensor)];
  if (known) return known;
  const type = { dtype: tensor.dtype, shape: [time, ...tensor.shape] };
  const stack = new Tensor(node, node.outputs.length, type);
  stacked.push(tensor);
  node.outputs.push(stack);
  return stack;
}

/** The nodes that belong to a loop's body, and the tensors that it uses from outside. */
export function capturesOf(
  results: Tensors,
  placeholders: Tensors,
): { readonly inner: ReadonlySet<Node>; readonly captures: Tensors } {
  const given = new Set(placeholders);
  const inner = dependents(results, given);
  const captures = new Set<Tensor>();
  const note = (tensor: Tensor): void => {
    if (!inner.has(tensor.node) && !given.has(tensor)) captures.add(tensor);
  };
  results.forEach(note);
  for (const node of inner) node.inputs.forEach(note);
  return { inner, captures: [...captures] };
}
