import { isOperation } from "../graph/node.ts";
import { inputOperator } from "../graph/operators/source.ts";
import type { Dimension, Shape } from "../graph/shape.ts";
import { factors, summands } from "../graph/shape.ts";
import type { EmittedGraph, Emitter, NodeAttributes, Tensor } from "../graph/tensor.ts";
import { nodesOf } from "../graph/traverse.ts";
import type { Dtype, TensorData } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { GraphProto, NodeProto, OnnxVersions, TensorProto, ValueInfoProto } from "./model.ts";
import {
  currentVersions,
  graphProto,
  modelBytes,
  nodeProto,
  tensorProto,
  valueInfo,
} from "./model.ts";

/** An input or output of a graph. */
export interface Port {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: Shape;
}

/** A graph as a serialised ONNX model. */
export interface EmittedModel {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** The first operator set whose Shape can return a part. */
const shapeOfPart = 15;

/** How to write a graph as ONNX. */
export interface EmitOptions {
  /** Values of inputs that become part of the model, such as trained weights. */
  readonly initializers?: ReadonlyMap<string, TensorValue>;
  /** Inputs to declare even if nothing depends on them. */
  readonly inputs?: readonly Tensor[];
  /** The versions of ONNX that a reader must know. Default: {@link currentVersions}. */
  readonly versions?: OnnxVersions;
}

/**
 * Writes a graph as plain ONNX: operators of the default domain only, named sizes left symbolic.
 *
 * @param outputs the tensors to compute, by the names under which they are fetched.
 * @throws ShapeError if no input has a size that is needed at run time.
 */
export function emitModel(
  name: string,
  outputs: Readonly<Record<string, Tensor>>,
  options: EmitOptions = {},
): EmittedModel {
  return new ModelEmitter(options).emit(name, outputs);
}

/** A graph while it is written: the model's own, or the body of a loop. */
class Scope implements Emitter {
  readonly nodes: NodeProto[] = [];
  readonly names: Map<Tensor, string> = new Map();
  readonly produced: Set<string> = new Set();
  private readonly transposes: Map<Tensor, string> = new Map();
  private readonly model: ModelEmitter;
  private readonly parent: Scope | null;
  private place = "";

  constructor(model: ModelEmitter, parent: Scope | null) {
    this.model = model;
    this.parent = parent;
  }

  nameOf(tensor: Tensor): string | undefined {
    return this.names.get(tensor) ?? this.parent?.nameOf(tensor);
  }

  /** Emits the missing nodes that `tensors` need. */
  emitNodes(tensors: readonly Tensor[]): void {
    const nodes = nodesOf(tensors, (tensor) => this.nameOf(tensor) !== undefined);
    const used = new Set<Tensor>(tensors);
    for (const node of nodes) for (const input of node.inputs) used.add(input);
    for (const node of nodes) {
      this.place = `${node.scope}/${node.operator.name}`;
      const inputs = node.inputs.map((input) => this.nameOf(input) as string);
      const flags = node.outputs.map((output) => used.has(output));
      const names = node.operator.lower(this, inputs, node, flags);
      node.outputs.forEach((output, index) => {
        const name = names[index];
        if (!name) return;
        this.names.set(output, name);
        if (this.parent === null) this.model.witness(output, isNamed);
      });
    }
  }

  op(type: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.ops(type, inputs, attributes, [true])[0];
  }

  ops<const Wanted extends readonly boolean[]>(
    type: string,
    inputs: readonly string[],
    attributes: NodeAttributes,
    wanted: Wanted,
  ): { readonly [Index in keyof Wanted]: string } {
    const outputs = wanted.map((isWanted) => (isWanted ? this.model.freshName() : ""));
    for (const output of outputs) this.produced.add(output);
    const title = `${this.place}/${type}_${this.model.freshName()}`;
    this.nodes.push(nodeProto(title, type, { inputs, outputs, attributes }));
    return outputs as { readonly [Index in keyof Wanted]: string } & string[];
  }

  constant(dtype: Dtype, shape: readonly number[], data: TensorData): string {
    return this.model.constant(dtype, shape, data);
  }

  computed(value: number): string {
    return this.model.computed(value);
  }

  ints(values: readonly number[]): string {
    return this.constant("int64", [values.length], BigInt64Array.from(values, BigInt));
  }

  sizes(shape: Shape): string {
    return this.model.sizes(shape);
  }

  input(name: string, tensor: Tensor): string {
    return this.model.input(name, tensor);
  }

  transposed(matrix: Tensor): string | null {
    if (this.parent === null || this.names.has(matrix) || this.model.isInitial(matrix)) return null;
    let owner = this.parent;
    while (!owner.names.has(matrix) && owner.parent !== null) owner = owner.parent;
    return owner.transposeOf(matrix);
  }

  private transposeOf(matrix: Tensor): string {
    const name = this.names.get(matrix) as string;
    const made =
      this.transposes.get(matrix) ?? this.op("Transpose", [name], { perm: { ints: [1, 0] } });
    this.transposes.set(matrix, made);
    return made;
  }

  subgraph(inputs: readonly Tensor[], outputs: readonly Tensor[]): EmittedGraph {
    const scope = new Scope(this.model, this);
    const input = inputs.map((tensor) => {
      const name = this.model.freshName();
      scope.names.set(tensor, name);
      return valueInfo(name, tensor.dtype, tensor.shape);
    });
    scope.emitNodes(outputs);
    const taken = new Set<string>();
    const output = outputs.map((tensor) => {
      let name = scope.names.get(tensor) ?? (this.nameOf(tensor) as string);
      // A graph's outputs are separate values, each with one name.
      if (!scope.produced.has(name) || taken.has(name)) name = scope.op("Identity", [name]);
      taken.add(name);
      return valueInfo(name, tensor.dtype, tensor.shape);
    });
    return { emitted: graphProto("body", { node: scope.nodes, input, output }) };
  }
}

class ModelEmitter {
  private readonly options: EmitOptions;
  private readonly main: Scope = new Scope(this, null);
  private readonly initializers: TensorProto[] = [];
  private readonly constants: Map<string, string> = new Map();
  private readonly inputs: Map<string, Tensor> = new Map();
  private readonly initial: Set<Tensor> = new Set();
  private readonly dimensions: Map<string, string> = new Map();
  private readonly computedScalars: Map<number, string> = new Map();
  private readonly witnesses: Map<string, { tensor: Tensor; axis: number }> = new Map();
  private readonly versions: OnnxVersions;
  private count = 0;

  constructor(options: EmitOptions) {
    this.options = options;
    this.versions = options.versions ?? currentVersions;
  }

  emit(name: string, outputs: Readonly<Record<string, Tensor>>): EmittedModel {
    const tensors = Object.values(outputs);
    const sources = nodesOf([...tensors, ...(this.options.inputs ?? [])])
      .filter((node) => isOperation(node, inputOperator))
      .map((node) => node.outputs[0]);
    for (const tensor of sources) this.witness(tensor, () => true);
    this.main.emitNodes([...sources, ...tensors]);
    const renamed = new Map<string, string>();
    const ports: Port[] = [];
    for (const [wanted, tensor] of Object.entries(outputs)) {
      let current = this.main.names.get(tensor) as string;
      if (!this.main.produced.has(current) || renamed.has(current)) {
        current = this.main.op("Identity", [current]);
      }
      renamed.set(current, wanted);
      ports.push({ name: wanted, dtype: tensor.dtype, shape: tensor.shape });
    }
    rename(this.main.nodes, renamed);
    const inputs = [...this.inputs].map(([input, { dtype, shape }]) => ({
      name: input,
      dtype,
      shape,
    }));
    const infos = (list: readonly Port[]): ValueInfoProto[] =>
      list.map((port) => valueInfo(port.name, port.dtype, port.shape));
    const graph = graphProto(name, {
      node: this.main.nodes,
      input: infos(inputs),
      output: infos(ports),
      initializer: this.initializers,
    });
    return { name, bytes: modelBytes(graph, this.versions), inputs, outputs: ports };
  }

  /** Remembers which sizes can be read from a tensor: an input, or one with an axis that the graph itself makes. */
  witness(tensor: Tensor, isRead: (dimension: string) => boolean): void {
    tensor.shape.forEach((dimension, axis) => {
      if (typeof dimension === "number" || this.witnesses.has(dimension)) return;
      if (isRead(dimension)) this.witnesses.set(dimension, { tensor, axis });
    });
  }

  freshName(): string {
    return `v${this.count++}`;
  }

  constant(dtype: Dtype, shape: readonly number[], data: TensorData): string {
    const key = data.length <= 64 ? `${dtype}[${shape.join()}]${data.join()}` : null;
    const known = key === null ? undefined : this.constants.get(key);
    if (known !== undefined) return known;
    const name = this.freshName();
    this.initializers.push(tensorProto(name, dtype, shape, data));
    if (key !== null) this.constants.set(key, name);
    return name;
  }

  /** A size of an input, limited to `value` from both sides. */
  computed(value: number): string {
    const known = this.computedScalars.get(value);
    if (known !== undefined) return known;
    const [dimension] = this.witnesses.keys();
    const scalar = this.constant("float32", [], Float32Array.of(value));
    if (dimension === undefined) return scalar;
    const size = this.main.op("Squeeze", [this.dimension(dimension)]);
    const real = this.main.op("Cast", [size], { to: { dtype: "float32" } });
    const made = this.main.op("Clip", [real, scalar, scalar]);
    this.computedScalars.set(value, made);
    return made;
  }

  /** Whether a tensor is an input whose value becomes part of the model. */
  isInitial(tensor: Tensor): boolean {
    return this.initial.has(tensor);
  }

  input(name: string, tensor: Tensor): string {
    const value = this.options.initializers?.get(name);
    if (value) {
      this.initial.add(tensor);
      this.initializers.push(tensorProto(name, value.dtype, value.shape, value.data));
      return name;
    }
    if (this.inputs.has(name)) throw new ShapeError(`Two inputs have the name ${name}.`);
    this.inputs.set(name, tensor);
    return name;
  }

  sizes(shape: Shape): string {
    if (shape.length === 0) return this.main.ints([]);
    // Adjacent known sizes share one constant.
    const parts: string[] = [];
    let known: number[] = [];
    const close = (): void => {
      if (known.length > 0) parts.push(this.main.ints(known));
      known = [];
    };
    for (const dimension of shape) {
      if (typeof dimension === "number") {
        known.push(dimension);
      } else {
        close();
        parts.push(this.dimension(dimension));
      }
    }
    close();
    if (parts.length === 1) return parts[0] as string;
    const key = `[${shape.join()}]`;
    const made = this.dimensions.get(key) ?? this.main.op("Concat", parts, { axis: { int: 0 } });
    this.dimensions.set(key, made);
    return made;
  }

  /** An int64 vector of one element: the size of an axis. */
  private sizeOf(tensor: string, axis: number): string {
    if (this.versions.operatorSet >= shapeOfPart) {
      const range = { start: { int: axis }, end: { int: axis + 1 } };
      return this.main.op("Shape", [tensor], range);
    }
    const ends = [axis, axis + 1].map((value) => this.main.ints([value]));
    return this.main.op("Slice", [this.main.op("Shape", [tensor]), ...ends]);
  }

  /** An int64 vector of one element: a named size, read from an input that has it. */
  private dimension(name: string): string {
    const known = this.dimensions.get(name);
    if (known !== undefined) return known;
    const witness = this.witnesses.get(name);
    let made: string;
    if (witness) {
      const { tensor, axis } = witness;
      made = this.sizeOf(this.main.nameOf(tensor) as string, axis);
    } else {
      const sum = summands(name);
      const isSum = sum.length > 1;
      const { count, names } = factors(name);
      const sizes: Dimension[] = isSum ? sum : count === 1 ? names : [count, ...names];
      if (sizes.length < 2) {
        throw new ShapeError(`No input has an axis named ${name}, whose size a graph needs.`);
      }
      made = sizes
        .map((size) => (typeof size === "number" ? this.main.ints([size]) : this.dimension(size)))
        .reduce((left, right) => this.main.op(isSum ? "Add" : "Mul", [left, right]));
    }
    this.dimensions.set(name, made);
    return made;
  }
}

/** Whether a size has a name of its own, and is not computed from others, as a product is. */
function isNamed(dimension: string): boolean {
  return !/[*(+]/.test(dimension);
}

function rename(nodes: readonly NodeProto[], names: ReadonlyMap<string, string>): void {
  for (const node of nodes) {
    node.input = node.input.map((name) => names.get(name) ?? name);
    node.output = node.output.map((name) => names.get(name) ?? name);
    for (const { g } of node.attribute) if (g) renameGraph(g, names);
  }
}

function renameGraph(graph: GraphProto, names: ReadonlyMap<string, string>): void {
  rename(graph.node, names);
}
