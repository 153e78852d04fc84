import type { Outputs } from "../models/graphs.ts";
import { Int8Products } from "../models/int8Products.ts";
import type { EmittedModel } from "../onnx/emit.ts";
import { emitModel } from "../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";

/** How graphs get and use their weights. */
export interface ProgramOptions {
  /** Whether weights are passed at each run instead of being part of the graphs. */
  readonly isFed?: boolean;
  /** Whether products with weights are computed in int8; only with weights that are part of the graphs. */
  readonly isInt8?: boolean;
}

/** A compiled graph, and its runs that are under way. */
interface Compiled {
  readonly program: Promise<Program>;
  readonly runs: Set<Promise<unknown>>;
}

/** The most graphs that are kept, as each may hold a copy of the weights; a search needs three or four. */
export const mostPrograms = 12;

/**
 * Graphs by name, compiled on first use, with the weights that they need. Those that were used last are kept, so that memory
 * does not grow with the number of different searches.
 */
export class Programs {
  readonly runtime: Runtime;
  readonly isFed: boolean;
  readonly isInt8: boolean;
  private weights: ReadonlyMap<string, TensorValue>;
  private readonly int8: Int8Products | null;
  /** In the order of their last use. */
  private readonly programs: Map<string, Compiled> = new Map();
  private isReleased = false;

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

  /** Compiles the program with a name, if it is not there; `graph` is traced then. */
  async prepare(name: string, graph: () => Outputs): Promise<void> {
    await this.compiled(name, graph).program;
  }

  private compiled(name: string, graph: () => Outputs): Compiled {
    if (this.isReleased) {
      throw new UserError("The model was released, so it can compute no more; load it again.");
    }
    let found = this.programs.get(name);
    if (!found) {
      const program = this.runtime.compile(this.emitted(name.replaceAll(" ", "_"), graph()));
      const made = { program, runs: new Set<Promise<unknown>>() };
      // Another try may succeed, such as when there is memory again.
      program.catch(() => {
        if (this.programs.get(name) === made) this.programs.delete(name);
      });
      found = made;
    }
    this.programs.delete(name);
    this.programs.set(name, found);
    return found;
  }

  /** Frees graphs that were not used for the longest time, if there are too many. */
  private async forgetOld(): Promise<void> {
    for (const [name, { program, runs }] of this.programs) {
      if (this.programs.size <= mostPrograms) return;
      if (runs.size > 0) continue;
      this.programs.delete(name);
      await releaseIfMade(program);
    }
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
    const { program, runs } = this.compiled(name, graph);
    const run = (async () => {
      const compiled = await program;
      await this.forgetOld();
      const feeds = this.isFed ? { ...Object.fromEntries(this.weights), ...values } : values;
      return await compiled.run(feeds, fetches);
    })();
    runs.add(run);
    try {
      return await run;
    } finally {
      runs.delete(run);
    }
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

  /** Frees all graphs, each as soon as its runs under way have ended; none can run afterwards. */
  async release(): Promise<void> {
    this.isReleased = true;
    const all = [...this.programs.values()];
    this.programs.clear();
    await Promise.all(
      all.map(async ({ program, runs }) => {
        await Promise.allSettled(runs);
        await releaseIfMade(program);
      }),
    );
  }
}

/** Frees a graph; one that could not be compiled holds nothing. */
async function releaseIfMade(program: Promise<Program>): Promise<void> {
  const made = await program.catch(() => null);
  await made?.release();
}
