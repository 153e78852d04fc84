import { rebuildNode } from "../node.ts";
import type { DeferredTensor, LoopBody, Node, Tensor } from "../tensor.ts";

/** `sumOverTime` of an operator that is linear in its only input: applies the operator to the input's sum. */
export function sumOfLinear<Attributes>(
  node: Node<Attributes, readonly [Tensor], readonly [Tensor]>,
  loop: LoopBody,
): DeferredTensor {
  const sum = loop.sum(node.inputs[0]);
  return () => rebuildNode(node, [sum()])[0];
}
