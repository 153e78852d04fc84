import { Seq2Seq } from "../library/seq2seq.ts";
import type { ModelStamp } from "../modelFolder/nodeModelFolder.ts";
import { modelStamp } from "../modelFolder/nodeModelFolder.ts";
import type { ModelRuntimeOptions } from "../runtime/options.ts";
import { UserError } from "../tensor/errors.ts";

interface Loaded {
  readonly model: Seq2Seq;
  /** The state of the folder when the model was loaded. */
  readonly stamp: string;
  /** A later state from which no model could be loaded. */
  readonly refused?: string;
}

/**
 * Models that are loaded on first use and kept. If a model's files have changed, it is loaded again as a whole:
 * the old one stays until the new one is complete, or for good if it never is. Calls
 * must not overlap.
 */
export class ModelPool {
  private readonly options: ModelRuntimeOptions;
  private readonly log: (text: string) => void;
  private readonly loaded: Map<string, Loaded> = new Map();

  /** @param log receives notices about models, and the reason why a changed model is not used. */
  constructor(options: ModelRuntimeOptions = {}, log: (text: string) => void = () => undefined) {
    this.options = options;
    this.log = log;
  }

  /**
   * Returns the model of a folder, which may be used until the next call.
   *
   * @throws UserError naming the missing or damaged file, if no model was loaded before; also if
   *   the folder or all of its files are gone.
   */
  async get(folder: string): Promise<Seq2Seq> {
    const stamp = await modelStamp(folder);
    const known = this.loaded.get(folder);
    if (!known) return this.load(folder, stamp);
    if (known.stamp === stamp.text || known.refused === stamp.text) return known.model;
    try {
      return await this.load(folder, stamp);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (stamp.changed === -Infinity) {
        this.loaded.delete(folder);
        await known.model.release();
        throw error;
      }
      this.log(`${error.message} Until then the model that was there before answers.`);
      this.loaded.set(folder, { ...known, refused: stamp.text });
      return known.model;
    }
  }

  /** Frees all models. */
  async release(): Promise<void> {
    const all = [...this.loaded.values()];
    this.loaded.clear();
    await Promise.all(all.map(({ model }) => model.release()));
  }

  private async load(folder: string, { text: stamp }: ModelStamp): Promise<Seq2Seq> {
    const known = this.loaded.get(folder);
    const model = await Seq2Seq.load(folder, {
      ...this.options,
      onNotice: this.log,
      // Requests need not wait if the old model can answer.
      isAwaited: known === undefined,
    });
    this.loaded.set(folder, { model, stamp });
    await known?.model.release();
    return model;
  }
}
