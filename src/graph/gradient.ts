import { isFloat } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import { zip } from "../tensor/zip.ts";
import { add } from "./operators/elementwise.ts";
import { fill } from "./operators/source.ts";
import { withScope } from "./scope.ts";
import { formatShape, sameShape } from "./shape.ts";
import type { Node, Tensor } from "./tensor.ts";
import { dependents, nodesOf } from "./traverse.ts";

/** Adds tensors of the same shape; null for an empty list. */
export function sumTensors(tensors: readonly Tensor[]): Tensor | null {
  return tensors.length === 0 ? null : tensors.reduce((left, right) => add(left, right));
}

/**
 * The cotangents of `wrt`, given those of `outputs`, as lists of terms that are not yet added:
 * the gradient of a loop treats each term according to its form.
 *
 * @param through whether to continue past a tensor of `wrt` to the tensors it was computed from.
 */
export function cotangentTerms(
  outputs: readonly Tensor[],
  cotangents: readonly (Tensor | null)[],
  wrt: readonly Tensor[],
  through = false,
): Tensor[][] {
  const targets = new Set(wrt);
  const isLeaf = (tensor: Tensor): boolean => !through && targets.has(tensor);
  const terms = new Map<Tensor, Tensor[]>();
  const contribute = (tensor: Tensor, cotangent: Tensor): void => {
    const list = terms.get(tensor);
    if (list) list.push(cotangent);
    else terms.set(tensor, [cotangent]);
  };
  outputs.forEach((output, index) => {
    const cotangent = cotangents[index];
    if (cotangent) contribute(output, cotangent);
  });
  const relevant = dependents(outputs, targets, isLeaf);
  for (const node of nodesOf(outputs, isLeaf).reverse()) {
    if (!relevant.has(node)) continue;
    const received = node.outputs.map((output) => sumTensors(terms.get(output) ?? []));
    if (received.every((cotangent) => cotangent === null)) continue;
    const needed = node.inputs.map((input) => targets.has(input) || relevant.has(input.node));
    const back = withScope(`gradient of ${node.scope || "the graph"}`, () =>
      backward(node, received, needed),
    );
    node.inputs.forEach((input, index) => {
      const cotangent = back[index];
      if (cotangent && needed[index]) contribute(input, cotangent);
    });
  }
  return wrt.map((tensor) => terms.get(tensor) ?? []);
}

function backward(
  node: Node,
  received: readonly (Tensor | null)[],
  needed: readonly boolean[],
): readonly (Tensor | null)[] {
  const { operator } = node;
  if (!operator.gradient) return node.inputs.map(() => null);
  const back = operator.gradient(node, received, needed);
  for (const [cotangent, { shape }] of zip(back, node.inputs)) {
    if (cotangent && !sameShape(cotangent.shape, shape)) {
      throw new ShapeError(
        `${operator.name}: its gradient is ${cotangent} for an input ${formatShape(shape)}.`,
      );
    }
  }
  return back;
}

/**
 * The gradient of a scalar with respect to tensors, as additional graph (reverse mode). Gradients
 * have gradients in turn.
 *
 * @returns one tensor for each of `wrt`, with its shape; zeros if the loss does not depend on it.
 * @throws ShapeError if `loss` is not a real scalar.
 */
export function gradient(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (loss.rank !== 0 || !isFloat(loss.dtype)) {
    throw new ShapeError(`gradient: the loss is a real scalar, not ${loss}.`);
  }
  const found = cotangentTerms([loss], [fill(loss.dtype, [], 1)], wrt, true);
  return zip(found, wrt).map(
    ([terms, { dtype, shape }]) => sumTensors(terms) ?? fill(dtype, shape, 0),
  );
}
