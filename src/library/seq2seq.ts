import { readModel } from "../checkpoint/nodeModelFolder.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";
import { LoadedModel } from "./loadedModel.ts";

/**
 * A trained model, ready to use.
 *
 * ```ts
 * const model = await Seq2Seq.load("my-model");
 * const [translation] = await model.translate("je suis étudiant .", { beam: 5 });
 * await model.release();
 * ```
 */
export class Seq2Seq extends LoadedModel {
  /**
   * Reads a model that was trained before.
   *
   * @param folder where `train` put it.
   * @throws UserError naming the file that is missing or damaged, or the device that is not there.
   */
  static async load(folder: string, options: RuntimeOptions = {}): Promise<Seq2Seq> {
    const stored = await readModel(folder);
    return new Seq2Seq(stored, await LoadedModel.compile(stored, nodeRuntime(options)));
  }
}
