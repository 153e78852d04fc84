/** @file The mutually dependent types of a graph: tensors, the nodes that compute them, and operators. */

import type { Dtype, TensorData } from "../tensor/dtype.ts";
import { currentScope } from "./scope.ts";
import type { Shape } from "./shape.ts";
import { formatShape } from "./shape.ts";

/** The dtype and shape of a tensor. */
export interface TensorType {
  readonly dtype: Dtype;
  readonly shape: Shape;
}

/** A list of tensors, or a tuple if their number is known. */
export type Tensors = readonly Tensor[];

/** Tensors by names. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** One value for each tensor of a list, a tuple or a record. */
export type ForEach<List extends Tensors | NamedTensors, Value> = {
  readonly [Key in keyof List]: Value;
};

/** An ONNX attribute: an integer, a real number, a text, a list of integers, a dtype or a graph. */
export type AttributeValue =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly dtype: Dtype }
  | { readonly graph: EmittedGraph };

/** The attributes of an ONNX node by their names. */
export type NodeAttributes = Readonly<Record<string, AttributeValue>>;

/** A graph inside a node, opaque to the operators. */
export interface EmittedGraph {
  readonly emitted: unknown;
}

/** The target that operators write to: ONNX nodes, named values, constants. */
export interface Emitter {
  /** Adds a node of ONNX's default domain and returns its output's name. */
  op(type: string, inputs: readonly string[], attributes?: NodeAttributes): string;

  /** Like `op`, for nodes with several outputs; an unwanted output has the name "". */
  ops<const Wanted extends readonly boolean[]>(
    type: string,
    inputs: readonly string[],
    attributes: NodeAttributes,
    wanted: Wanted,
  ): { readonly [Index in keyof Wanted]: string };

  /** The name of a constant; equal constants are stored once. */
  constant(dtype: Dtype, shape: readonly number[], data: TensorData): string;

  /**
   * A float32 scalar that the runtime does not know before it runs: it merges the operators of an int8 product into
   * one only if the scale is computed.
   */
  computed(value: number): string;

  /** An int64 vector constant. */
  ints(values: readonly number[]): string;

  /** An int64 vector with the sizes of `shape`; named sizes are computed at run time. */
  sizes(shape: Shape): string;

  /** An input of the whole graph. */
  input(name: string, tensor: Tensor): string;

  /**
   * In a loop's body, the name of the transpose of a matrix computed outside the loop, transposed once there;
   * null for any other matrix, and for one that is part of the model, whose layout the runtime chooses.
   */
  transposed(matrix: Tensor): string | null;

  /**
   * Emits a graph inside a node. `inputs` become its inputs; it takes other tensors from the enclosing
   * graph. `outputs` are emitted in order, each under a distinct name.
   */
  subgraph(inputs: Tensors, outputs: Tensors): EmittedGraph;
}

/** A tensor of the graph around a loop that is created once the loop's gradient is complete. */
export type DeferredTensor = () => Tensor;

/** The body of a loop's gradient, as seen by an operator that sums its output over all steps. */
export interface LoopBody {
  /** Whether a tensor differs from step to step. */
  isChanging(tensor: Tensor): boolean;
  /** The values of a tensor at all steps: `[time, …]`. */
  stack(tensor: Tensor): DeferredTensor;
  /** The sum of a tensor over all steps. */
  sum(tensor: Tensor): DeferredTensor;
}

/** An operation with attributes; `Attributes` holds everything besides its inputs. */
export interface Operator<
  Attributes = unknown,
  Inputs extends Tensors = Tensors,
  Outputs extends Tensors = Tensors,
> {
  readonly name: string;
  /** Whether the gradient of a loop recomputes a large output instead of keeping it for every step. */
  readonly isCheap?: boolean;
  /** The outputs' types. Throws ShapeError or DtypeError; the caller adds the scope. */
  infer(inputs: Inputs, attributes: Attributes): ForEach<Outputs, TensorType>;
  /** Emits ONNX nodes and returns the names of the outputs. `used` says which outputs are read. */
  lower(
    emitter: Emitter,
    inputs: ForEach<Inputs, string>,
    node: Node<Attributes, Inputs, Outputs>,
    used: ForEach<Outputs, boolean>,
  ): ForEach<Outputs, string>;
  /**
   * The cotangents of the inputs, given those of the outputs (null if nothing flows back);
   * `needed` says which inputs need one. Absent for operators without a derivative, such as
   * comparisons.
   */
  gradient?(
    node: Node<Attributes, Inputs, Outputs>,
    cotangents: ForEach<Outputs, Tensor | null>,
    needed: ForEach<Inputs, boolean>,
  ): ForEach<Inputs, Tensor | null>;
  /** Creates the same operation on other inputs; only operators with inner graphs need to define it. */
  rebuild?(node: Node<Attributes, Inputs, Outputs>, inputs: Inputs): Outputs;
  /**
   * The sum of the output over all steps of a loop, computed from sums or stacks of the inputs, for operators that
   * are linear in what changes from step to step. Null if the inputs do not have that form.
   */
  sumOverTime?(node: Node<Attributes, Inputs, Outputs>, loop: LoopBody): DeferredTensor | null;
  /** The outputs of all steps, `[time, …]`, from the stacked input, for operators that only rearrange. */
  stackOverTime?(node: Node<Attributes, Inputs, Outputs>, stack: Tensor): Tensor;
  /** The attributes as text, for printing. */
  describe?(attributes: Attributes): string;
}

/** An operator with one output and no inputs. */
export type SourceOperator<Attributes> = Operator<Attributes, readonly [], readonly [Tensor]>;
/** An operator with one output and one input. */
export type UnaryOperator<Attributes = null> = Operator<
  Attributes,
  readonly [Tensor],
  readonly [Tensor]
>;
/** An operator with one output and two inputs. */
export type BinaryOperator<Attributes = null> = Operator<
  Attributes,
  readonly [Tensor, Tensor],
  readonly [Tensor]
>;
/** An operator with one output and three inputs. */
export type TernaryOperator<Attributes = null> = Operator<
  Attributes,
  readonly [Tensor, Tensor, Tensor],
  readonly [Tensor]
>;

let created = 0;

/** One operation of a graph. */
export class Node<
  Attributes = unknown,
  Inputs extends Tensors = Tensors,
  Outputs extends Tensors = Tensors,
> {
  readonly id: number = created++;
  readonly operator: Operator<Attributes, Inputs, Outputs>;
  readonly inputs: Inputs;
  readonly attributes: Attributes;
  readonly outputs: Outputs;
  /** The scope in the model in which the node was created, such as `encoder.0.forward`. */
  readonly scope: string;

  constructor(
    operator: Operator<Attributes, Inputs, Outputs>,
    inputs: Inputs,
    attributes: Attributes,
    types: readonly TensorType[],
  ) {
    this.operator = operator;
    this.inputs = inputs;
    this.attributes = attributes;
    this.scope = currentScope();
    const outputs: Tensors = types.map((type, index) => new Tensor(this, index, type));
    this.outputs = outputs as Outputs;
  }
}

/** A symbolic tensor: an output of a node. It has a type, but no values before run time. */
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

  /** Formats the type: `float32[batch, 512]`. */
  toString(): string {
    return `${this.dtype}${formatShape(this.shape)}`;
  }
}
