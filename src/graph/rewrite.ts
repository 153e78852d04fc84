/** @file Rewrites graphs: replaces nodes by others, also inside loops. */

import { zip } from "../tensor/zip.ts";
import { rebuildNode } from "./node.ts";
import { bodyOf } from "./operators/loopBody.ts";
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
    const form = bodyOf(node);
    if (!form) return null;
    const placeholders = new Set(form.placeholders);
    const body = visit(form.results, (tensor) => placeholders.has(tensor));
    if (!isChanged && body.every((tensor, index) => tensor === form.results[index])) return null;
    return form.remake(body, inputs);
  };
  return visit(tensors, () => false);
}
