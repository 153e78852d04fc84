import type { EmittedModel } from "../onnx/emit.ts";
import { UserError } from "../tensor/errors.ts";
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

/** The most threads that are of any use, and some more; beyond these a machine only waits for itself. */
export function mostThreads(processors: number): number {
  return Math.max(32, 4 * processors);
}

/**
 * Makes sure that a machine with so many processors can run so many threads.
 *
 * @throws UserError if it cannot, or it is no such number.
 */
export function checkThreads(threads: number, processors: number): void {
  const most = mostThreads(processors);
  if (Number.isInteger(threads) && threads >= 1 && threads <= most) return;
  throw new UserError(
    `--threads ${threads}: this machine has ${processors} ${processors === 1 ? "processor" : "processors"}; give a whole number from 1 to ${most.toLocaleString("en-US")}.`,
  );
}

/** Where and how graphs run. */
export interface RuntimeOptions {
  /** The execution provider: `cpu` (Node's default), `cuda`, `webgpu`, `wasm` (the browser's). */
  readonly device?: string;
  /** Threads that one operation may use; up to four for each processor, or 32; one for each unless given. */
  readonly threads?: number;
}
