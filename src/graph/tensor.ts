import type { Dtype } from "../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../tensor/errors.ts";
import type { Emitter } from "./emitter.ts";
import type { Shape } from "./shape.ts";
import { formatShape } from "./shape.ts";

/** What an operator yields: the dtype and shape of each of its outputs. */
export interface TensorType {
  readonly dtype: Dtype;
  readonly shape: Shape;
}

/** An attribute-carrying operation; `Attributes` is what it knows besides its inputs. */
export interface Operator<Attributes = unknown> {
  readonly name: string;
  /** The outputs' types. Throws ShapeError or DtypeError; the caller adds where it happened. */
  infer(inputs: readonly Tensor[], attributes: Attributes): TensorType[];
  /** Emits ONNX nodes and returns the names of the outputs. `used` tells which outputs are read. */
  lower(
    emitter: Emitter,
    inputs: readonly string[],
    node: Node<Attributes>,
    used: readonly boolean[],
  ): string[];
  /**
   * The cotangents of the inputs, given those of the outputs (null where nothing flows back);
   * `needed` tells which inputs' are asked for. Absent for operators without a derivative, such as
   * comparisons.
   */
  gradient?(
    node: Node<Attributes>,
    cotangents: readonly (Tensor | null)[],
    needed: readonly boolean[],
  ): readonly (Tensor | null)[];
  /** Makes the same operation on other inputs; only operators with graphs inside need their own. */
  rebuild?(node: Node<Attributes>, inputs: readonly Tensor[]): readonly Tensor[];
  /** The attributes as text, for printing. */
  describe?(attributes: Attributes): string;
}

let created = 0;

/** One operation of a graph. */
export class Node<Attributes = unknown> {
  readonly id: number = created++;
  readonly operator: Operator<Attributes>;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly outputs: Tensor[];
  /** Where in the model the node was made, such as `encoder.0.forward`. */
  readonly scope: string;

  constructor(
    operator: Operator<Attributes>,
    inputs: readonly Tensor[],
    attributes: Attributes,
    types: readonly TensorType[],
  ) {
    this.operator = operator;
    this.inputs = inputs;
    this.attributes = attributes;
    this.scope = currentScope();
    this.outputs = types.map((type, index) => new Tensor(this as Node, index, type));
  }
}

/** A symbolic tensor: an output of a node. It has a type, but no values before the graph runs. */
export class Tensor {
  readonly node: Node;
  readonly index: number;
  readonly dtype: Dtype;
  readonly shape: Shape;

  constructor(node: Node, index: number, { dtype, shape }: TensorType) {
    this.node = node;
    this.index = index;
    this.dtype = dtype;
    this.shape = shape;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** Writes the type: `float32[batch, 512]`. */
  toString(): string {
    return `${this.dtype}${formatShape(this.shape)}`;
  }
}

const scopes: string[] = [];

/** Runs `build` with `name` added to the place that error messages and prints show. */
export function withScope<T>(name: string, build: () => T): T {
  scopes.push(name);
  try {
    return build();
  } finally {
    scopes.pop();
  }
}

/** The names of the enclosing {@link withScope} calls, joined with dots. */
export function currentScope(): string {
  return scopes.join(".");
}

/**
 * Makes a node after checking its inputs; every operator's public function ends here.
 *
 * @throws ShapeError, DtypeError naming the operator, the shapes and the place in the model.
 */
export function makeNode<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): readonly Tensor[] {
  try {
    return new Node(operator, inputs, attributes, operator.infer(inputs, attributes)).outputs;
  } catch (error) {
    const place = currentScope();
    if (place && (error instanceof ShapeError || error instanceof DtypeError)) {
      error.message = `${error.message.replace(/ \(in [^)]*\)$/, "")} (in ${place})`;
    }
    throw error;
  }
}

/** As {@link makeNode}, for operators with one output. */
export function makeTensor<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  return makeNode(operator, inputs, attributes)[0] as Tensor;
}

/** Makes the node again on other inputs; graphs inside it are rewritten too. */
export function rebuildNode(node: Node, inputs: readonly Tensor[]): readonly Tensor[] {
  return node.operator.rebuild
    ? node.operator.rebuild(node, inputs)
    : makeNode(node.operator, inputs, node.attributes);
}
