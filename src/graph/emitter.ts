import type { Dtype, TensorData } from "../tensor/dtype.ts";
import type { Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** An ONNX attribute: a whole number, a real one, a text, a list of whole numbers or a graph. */
export type AttributeValue =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly graph: EmittedGraph };

/** A graph inside a node, opaque to the operators. */
export interface EmittedGraph {
  readonly emitted: unknown;
}

/** What operators write themselves to: ONNX nodes, named values, constants. */
export interface Emitter {
  /** Adds a node of ONNX's default domain and returns its output's name. */
  op(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, AttributeValue>>,
  ): string;
  /** As `op`, for nodes with several outputs; an output not wanted has the name "". */
  ops(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>>,
    wanted: readonly boolean[],
  ): string[];
  /** The name of a constant; equal constants are stored once. */
  constant(dtype: Dtype, shape: readonly number[], data: TensorData): string;
  /** An int64 vector constant. */
  ints(values: readonly number[]): string;
  /** An int64 vector with the sizes of `shape`, computed when the graph runs where they have names. */
  sizes(shape: Shape): string;
  /** An input of the whole graph. */
  input(name: string, tensor: Tensor): string;
  /**
   * In a loop's body, the name of the transpose of a matrix that is computed outside of the loop, made there once;
   * null where the matrix is not such a one, or part of the model and so laid out by the runtime as it likes.
   */
  turned(matrix: Tensor): string | null;
  /**
   * Emits a graph inside a node. `inputs` become its inputs; other tensors that it needs come from
   * the enclosing graph. `outputs` are emitted in order, each under a name of its own.
   */
  subgraph(inputs: readonly Tensor[], outputs: readonly Tensor[]): EmittedGraph;
}
