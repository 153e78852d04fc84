import type { EmittedModel } from "../onnx/emit.ts";
import type { TensorValue } from "../tensor/value.ts";

/** Values by the names of a graph's inputs or outputs. */
export type NamedValues = Readonly<Record<string, TensorValue>>;

/** A graph that is ready to run. */
export interface Program {
  readonly model: EmittedModel;
  /**
   * Runs the graph once.
   *
   * @param feeds a value for each input.
   * @param fetches which outputs to compute: their names, or values whose memory is written to. All
   *   outputs unless given.
   */
  run(feeds: NamedValues, fetches?: NamedValues | readonly string[]): Promise<NamedValues>;
  /** Frees the memory; the program cannot run any more. */
  release(): Promise<void>;
}

/** How a graph is prepared. */
export interface CompileOptions {
  /** Writes a profile of each operation to a file with this prefix (Node only). */
  readonly profile?: string;
}

/** A place where graphs run: ONNX Runtime in Node or in a browser, on a device. */
export interface Runtime {
  /** Such as `cpu`, `cuda`, `webgpu` or `wasm`. */
  readonly device: string;
  compile(model: EmittedModel, options?: CompileOptions): Promise<Program>;
}

/** Where and how graphs run. */
export interface RuntimeOptions {
  /** The execution provider: `cpu` (Node's default), `cuda`, `webgpu`, `wasm` (the browser's). */
  readonly device?: string;
  /** Threads that one operation may use; the number of processors unless given. */
  readonly threads?: number;
}
