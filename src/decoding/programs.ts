import type { Outputs } from "../models/graphs.ts";
import { Int8Products } from "../models/int8Products.ts";
import type { EmittedModel } from "../onnx/emit.ts";
import { emitModel } from "../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../runtime/runtime.ts";
import type { TensorValue } from "../tensor/value.ts";

/** How graphs get and use their weights. */
export interface ProgramOptions {
  /** Whether weights are passed at each run instead of being part of the graphs. */
  readonly isFed?: boolean;
  /** Whether products with weights are computed in int8; only with weights that are part of the graphs. */
  readonly isInt8?: boolean;
}

/** Graphs by name, compiled on first use, with the weights that they need. */
export class Programs {
  readonly runtime: Runtime;
  readonly isFed: boolean;
  readonly isInt8: boolean;
  private weights: ReadonlyMap<string, TensorValue>;
  private readonly int8: Int8Products | null;
  private readonly programs: Map<string, Promise<Program>> = new Map();

  constructor(
    runtime: Runtime,
    weights: ReadonlyMap<string, TensorValue>,
    { isFed = false, isInt8 = false }: ProgramOptions = {},
  ) {
    this.runtime = runtime;
    this.weights = weights;
    this.isFed = isFed;
    this.isInt8 = isInt8 && !isFed;
    this.int8 = this.isInt8 ? new Int8Products(weights) : null;
  }

  /** The program with a name; `graph` is traced the first time. */
  get(name: string, graph: () => Outputs): Promise<Program> {
    const known = this.programs.get(name);
    if (known) return known;
    const made = this.runtime.compile(this.emitted(name.replaceAll(" ", "_"), graph()));
    this.programs.set(name, made);
    return made;
  }

  private emitted(name: string, outputs: Outputs): EmittedModel {
    const { int8, weights } = this;
    if (this.isFed) return emitModel(name, outputs);
    if (!int8) return emitModel(name, outputs, { initializers: weights });
    const quantized = int8.graph(outputs);
    return emitModel(name, quantized, { initializers: new Map([...weights, ...int8.weights]) });
  }

  /** Runs the program with a name, with the weights if they are fed. */
  async run(
    name: string,
    graph: () => Outputs,
    values: NamedValues,
    fetches?: readonly string[],
  ): Promise<NamedValues> {
    const program = await this.get(name, graph);
    const feeds = this.isFed ? { ...Object.fromEntries(this.weights), ...values } : values;
    return program.run(feeds, fetches);
  }

  /**
   * Replaces fed weights by others of the same shapes.
   *
   * @throws Error if the weights are part of the graphs.
   */
  replaceWeights(weights: ReadonlyMap<string, TensorValue>): void {
    if (!this.isFed) throw new Error("Weights that are embedded in the graphs stay as they are.");
    this.weights = weights;
  }

  /** Frees all graphs. */
  async release(): Promise<void> {
    const programs = [...this.programs.values()];
    this.programs.clear();
    await Promise.all(programs.map(async (program) => (await program).release()));
  }
}
