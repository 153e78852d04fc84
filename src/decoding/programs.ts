import type { Outputs } from "../models/graphs.ts";
import { emitModel } from "../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../runtime/runtime.ts";
import type { TensorValue } from "../tensor/value.ts";

/** Graphs by name, compiled on first use, with the weights that they need. */
export class Programs {
  readonly runtime: Runtime;
  readonly isFed: boolean;
  private weights: ReadonlyMap<string, TensorValue>;
  private readonly programs: Map<string, Promise<Program>> = new Map();

  /** @param isFed whether weights are passed at each run instead of being part of the graphs. */
  constructor(runtime: Runtime, weights: ReadonlyMap<string, TensorValue>, isFed: boolean) {
    this.runtime = runtime;
    this.weights = weights;
    this.isFed = isFed;
  }

  /** The program with a name; `graph` is traced the first time. */
  get(name: string, graph: () => Outputs): Promise<Program> {
    const known = this.programs.get(name);
    if (known) return known;
    const options = this.isFed ? {} : { initializers: this.weights };
    const made = this.runtime.compile(emitModel(name.replaceAll(" ", "_"), graph(), options));
    this.programs.set(name, made);
    return made;
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
