import { zip } from "../tensor/zip.ts";
import { rebuildNode } from "./node.ts";
import type { Node, Tensor } from "./tensor.ts";

/**
 * The nodes on which `tensors` depend, each after its inputs. Iterative, because graphs can be
 * deeper than the call stack. `isLeaf` stops the traversal at a tensor.
 */
export function nodesOf(
  tensors: readonly Tensor[],
  isLeaf: (tensor: Tensor) => boolean = () => false,
): Node[] {
  const order: Node[] = [];
  const state = new Map<Node, "open" | "done">();
  const stack: Node[] = tensors
    .filter((tensor) => !isLeaf(tensor))
    .map(({ node }) => node)
    .reverse();
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as Node;
    if (state.has(node)) {
      stack.pop();
      if (state.get(node) === "open") {
        state.set(node, "done");
        order.push(node);
      }
      continue;
    }
    state.set(node, "open");
    for (const input of node.inputs.toReversed()) {
      if (!isLeaf(input) && !state.has(input.node)) stack.push(input.node);
    }
  }
  return order;
}

/** The nodes behind `tensors` that depend on one of `sources`. */
export function dependents(
  tensors: readonly Tensor[],
  sources: ReadonlySet<Tensor>,
  isLeaf: (tensor: Tensor) => boolean = (tensor) => sources.has(tensor),
): Set<Node> {
  const found = new Set<Node>();
  for (const node of nodesOf(tensors, isLeaf)) {
    if (node.inputs.some((input) => sources.has(input) || found.has(input.node))) found.add(node);
  }
  return found;
}

/** The same computations with some tensors replaced by others; unchanged parts are shared. */
export function substitute(
  tensors: readonly Tensor[],
  replacements: ReadonlyMap<Tensor, Tensor>,
): Tensor[] {
  const map = new Map(replacements);
  const replaced = (tensor: Tensor): Tensor => map.get(tensor) ?? tensor;
  for (const node of nodesOf(tensors, (tensor) => map.has(tensor))) {
    if (!node.inputs.some((input) => map.has(input))) continue;
    const outputs = rebuildNode(node, node.inputs.map(replaced));
    for (const [output, made] of zip(node.outputs, outputs)) map.set(output, made);
  }
  return tensors.map(replaced);
}
