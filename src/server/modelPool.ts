import { stat } from "node:fs/promises";
import { join } from "node:path";
import { modelFiles } from "../checkpoint/modelFolder.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";

interface Loaded {
  readonly model: Seq2Seq;
  /** What the folder looked like. */
  readonly stamp: string;
}

/**
 * Models that are loaded when they are first asked for, and kept. One that has been trained on since is
 * loaded anew. Calls must not overlap.
 */
export class ModelPool {
  private readonly options: RuntimeOptions;
  private readonly loaded: Map<string, Loaded> = new Map();

  constructor(options: RuntimeOptions = {}) {
    this.options = options;
  }

  /**
   * Yields the model of a folder, which may be used until the next call.
   *
   * @throws UserError naming the file that is missing or damaged.
   */
  async get(folder: string): Promise<Seq2Seq> {
    const stamp = await stampOf(folder);
    const known = this.loaded.get(folder);
    if (known?.stamp === stamp) return known.model;
    const model = await Seq2Seq.load(folder, this.options);
    this.loaded.set(folder, { model, stamp });
    await known?.model.release();
    return model;
  }

  /** Frees all models. */
  async release(): Promise<void> {
    const all = [...this.loaded.values()];
    this.loaded.clear();
    await Promise.all(all.map(({ model }) => model.release()));
  }
}

async function stampOf(folder: string): Promise<string> {
  const files = Object.values(modelFiles).map((file) =>
    stat(join(folder, file)).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => "missing",
    ),
  );
  return (await Promise.all(files)).join();
}
