import type { EmittedModel } from "../onnx/emit.ts";
import { OptionError } from "../options/optionError.ts";
import { counted } from "../tensor/counted.ts";
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
   * @param fetches the outputs to compute: their names, or values whose memory receives the results. Default:
   *   all outputs.
   */
  run(feeds: NamedValues, fetches?: NamedValues | readonly string[]): Promise<NamedValues>;
  /** Frees the memory; the program cannot run afterwards. */
  release(): Promise<void>;
}

/** How to prepare a graph. */
export interface CompileOptions {
  /** Writes a profile of every operation to a file with this prefix (Node only). */
  readonly profile?: string;
}

/** An environment that runs graphs: ONNX Runtime in Node or in a browser, on a device. */
export interface Runtime {
  /** For example `cpu`, `cuda`, `webgpu` or `wasm`. */
  readonly device: string;
  compile(model: EmittedModel, options?: CompileOptions): Promise<Program>;
}

/** The maximum number of threads, somewhat above the useful number; more would only wait for each other. */
export function mostThreads(processors: number): number {
  return Math.max(32, 4 * processors);
}

/**
 * Checks that a machine with `processors` processors can run `threads` threads.
 *
 * @throws OptionError if it cannot, or if the number is invalid.
 */
export function checkThreads(threads: number, processors: number): void {
  const most = mostThreads(processors);
  if (Number.isInteger(threads) && threads >= 1 && threads <= most) return;
  throw new OptionError({
    key: "threads",
    value: threads,
    problem: `this machine has ${counted(processors, "processor")}`,
    remedy: `give a whole number from 1 to ${most.toLocaleString("en-US")}`,
  });
}
