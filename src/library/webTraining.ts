import type { WebRuntimeOptions } from "../runtime/web.ts";
import { webRuntime } from "../runtime/web.ts";
import type { MemoryTrainOptions } from "../training/memory/memoryRun.ts";
import { MemoryTraining } from "../training/memory/memoryRun.ts";
import type { RunResult, TrainHooks } from "../training/run/events.ts";
import type { Limits } from "../training/step/schedules.ts";

/** What a page is told of a run, and where it finds ONNX Runtime's WebAssembly files. */
export interface MemoryTrainHooks extends TrainHooks, Omit<WebRuntimeOptions, "device"> {}

/**
 * Trains a model in a page, or in a worker of one, where a long run leaves the page free. Pairs, checkpoint, metrics
 * and model stay in memory.
 *
 * ```ts
 * const run = new MemoryRun();
 * await run.train({ data: pairs, tokenizer: "char", steps: 200 }, { wasmFolder: "/onnxruntime/" });
 * const model = await Seq2Seq.open(run.files, { wasmFolder: "/onnxruntime/" });
 * ```
 */
export class MemoryRun {
  private readonly run: MemoryTraining;

  /**
   * @param files of a run that is to go on: its {@link files}, or those of a folder that `train` wrote in Node. A
   *   new run has none.
   */
  constructor(files: Iterable<readonly [path: string, bytes: Uint8Array<ArrayBuffer>]> = []) {
    this.run = new MemoryTraining(files);
  }

  /**
   * All files of the run so far, by their paths, such as `model.safetensors` and `training/metrics.jsonl`. A page that
   * keeps them, as in IndexedDB, can go on with the run later; in a folder they are a run of `train` in Node.
   */
  get files(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
    return this.run.files;
  }

  /**
   * Begins the run, and trains until one of its limits is reached or `signal` stops it, then with a checkpoint.
   *
   * @throws UserError if an option or the data is wrong, the loss is not finite any more, or WebAssembly does not load.
   */
  async train(options: MemoryTrainOptions, hooks: MemoryTrainHooks = {}): Promise<RunResult> {
    return this.run.train(options, await webRuntime(settingsOf(hooks)), hooks);
  }

  /**
   * Goes on with the run to the same numbers as if it had not been stopped.
   *
   * @param limits where any is given, those that the run was begun with count no more.
   * @throws UserError if there is no run, a file of it is damaged, or as {@link train} does.
   */
  async resume(limits: Limits = {}, hooks: MemoryTrainHooks = {}): Promise<RunResult> {
    return this.run.resume(limits, await webRuntime(settingsOf(hooks)), hooks);
  }
}

function settingsOf({ threads, wasmFolder }: MemoryTrainHooks): WebRuntimeOptions {
  return {
    ...(threads !== undefined && { threads }),
    ...(wasmFolder !== undefined && { wasmFolder }),
  };
}
