/** @file Rewrites graphs: replaces nodes by others, also inside loops. */

import { zip } from "../tensor/zip.ts";
import { isOperation, rebuildNode } from "./node.ts";
import { makeScan, scanOperator } from "./operators/scan.ts";
import type { Node, Tensor, Tensors } from "./tensor.ts";
import { nodesOf } from "./traverse.ts";

/** The outputs that replace those of a node, given its inputs after rewriting; null to keep the node. */
export type Rule = (node: Node, inputs: Tensors) => Tensors | null;

/** The same computations with some nodes replaced by a rule; parts without such nodes are shared. */
export function rewrite(tensors: Tensors, rule: Rule): Tensor[] {
  const made = new Map<Tensor, Tensor>();
  const rewritten = (tensor: Tensor): Tensor => made.get(tensor) ?? tensor;
  const visit = (roots: Tensors, isLeaf: (tensor: Tensor) => boolean): Tensor[] => {
    for (const node of nodesOf(roots, (tensor) => made.has(tensor) || isLeaf(tensor))) {
      const inputs = node.inputs.map(rewritten);
      const isChanged = inputs.some((input, index) => input !== node.inputs[index]);
      const outputs =
        rule(node, inputs) ??
        loop(node, inputs, isChanged) ??
        (isChanged ? rebuildNode(node, inputs) : node.outputs);
      for (const [before, after] of zip(node.outputs, outputs)) made.set(before, after);
    }
    return roots.map(rewritten);
  };
  const loop = (node: Node, inputs: Tensors, isChanged: boolean): Tensors | null => {
    if (!isOperation(node, scanOperator)) return null;
    const { states, slices, nextStates, stacked, time, reverse } = node.attributes;
    const placeholders = new Set([...states, ...slices]);
    const results = [...nextStates, ...stacked];
    const body = visit(results, (tensor) => placeholders.has(tensor));
    if (!isChanged && body.every((tensor, index) => tensor === results[index])) return null;
    const first = states.length;
    return makeScan({
      states,
      slices,
      nextStates: body.slice(0, first),
      stacked: body.slice(first),
      initial: inputs.slice(0, first),
      sequences: inputs.slice(first, first + slices.length),
      time,
      reverse,
    }).outputs;
  };
  return visit(tensors, () => false);
}
