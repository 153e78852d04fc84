import type { WebRuntimeOptions } from "../runtime/web.ts";
import { webRuntime } from "../runtime/web.ts";
import type { MemoryTrainOptions } from "../training/memory/memoryRun.ts";
import { MemoryTraining } from "../training/memory/memoryRun.ts";
import type { RunResult, TrainHooks } from "../training/run/events.ts";
import type { Limits } from "../training/step/schedules.ts";

/** Hooks of a run in a page, and the location of ONNX Runtime's WebAssembly files. */
export interface MemoryTrainHooks extends TrainHooks, Omit<WebRuntimeOptions, "device"> {}

/**
 * Trains a model in a page, or in a worker, which keeps the page responsive during a long run. Pairs, checkpoint,
 * metrics and model stay in memory.
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
   * @param files the files of a run to resume: its {@link files}, or those of a folder that `train` wrote in Node. Omit
   *   them for a new run.
   */
  constructor(files: Iterable<readonly [path: string, bytes: Uint8Array<ArrayBuffer>]> = []) {
    this.run = new MemoryTraining(files);
  }

  /**
   * All files of the run so far, by path, such as `model.safetensors` and `training/metrics.jsonl`. A page that
   * stores them, for example in IndexedDB, can resume the run later; in a folder, `train` in Node can resume it.
   */
  get files(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
    return this.run.files;
  }

  /**
   * Starts the run, and trains until a limit is reached or `signal` stops it; both leave a checkpoint and a model.
   *
   * @throws UserError if an option or the data is invalid, the loss is no longer finite, or WebAssembly does not load.
   */
  async train(options: MemoryTrainOptions, hooks: MemoryTrainHooks = {}): Promise<RunResult> {
    return this.run.train(options, await webRuntime(settingsOf(hooks)), hooks);
  }

  /**
   * Resumes the run, with the same numbers as if it had not been stopped.
   *
   * @param limits new limits; if any is given, those with which the run was started no longer apply.
   * @throws UserError if there is no run, one of its files is damaged, or as {@link train} does.
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
