/** @file Creates nodes. */

import { DtypeError, ShapeError } from "../tensor/errors.ts";
import { currentScope } from "./scope.ts";
import type { Operator, Tensor, Tensors } from "./tensor.ts";
import { Node } from "./tensor.ts";

/**
 * Creates a node after checking its inputs; every operator's public function ends here.
 *
 * @throws ShapeError, DtypeError naming the operator, the shapes and the scope in the model.
 */
export function makeNode<Attributes, Inputs extends Tensors, Outputs extends Tensors>(
  operator: Operator<Attributes, Inputs, Outputs>,
  inputs: NoInfer<Inputs>,
  attributes: NoInfer<Attributes>,
): Node<Attributes, Inputs, Outputs> {
  try {
    return new Node(operator, inputs, attributes, operator.infer(inputs, attributes));
  } catch (error) {
    const place = currentScope();
    if (place && (error instanceof ShapeError || error instanceof DtypeError)) {
      error.message = `${error.message.replace(/ \(in [^)]*\)$/, "")} (in ${place})`;
    }
    throw error;
  }
}

/** Like {@link makeNode}, for operators with one output. */
export function makeTensor<Attributes, Inputs extends Tensors>(
  operator: Operator<Attributes, Inputs, readonly [Tensor]>,
  inputs: NoInfer<Inputs>,
  attributes: NoInfer<Attributes>,
): Tensor {
  return makeNode(operator, inputs, attributes).outputs[0];
}

/** Creates a copy of the node on other inputs; graphs inside it are rewritten too. */
export function rebuildNode<Attributes, Inputs extends Tensors, Outputs extends Tensors>(
  node: Node<Attributes, Inputs, Outputs>,
  inputs: NoInfer<Inputs>,
): Outputs {
  return node.operator.rebuild
    ? node.operator.rebuild(node, inputs)
    : makeNode(node.operator, inputs, node.attributes).outputs;
}

/** Returns whether a node belongs to this operator. */
export function isOperation<Attributes, Inputs extends Tensors, Outputs extends Tensors>(
  node: Node,
  operator: Operator<Attributes, Inputs, Outputs>,
): node is Node<Attributes, Inputs, Outputs> {
  return (node.operator as unknown) === operator;
}
