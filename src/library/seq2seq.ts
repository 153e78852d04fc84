import { readSource } from "../features/nodeSourceFiles.ts";
import type { ReadOptions } from "../modelFolder/modelFolder.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import { checkKnownKeys } from "../options/knownKeys.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { ModelRuntimeOptions } from "../runtime/options.ts";
import type { FeatureInput } from "../tensor/sequence.ts";
import { LoadedModel } from "./loadedModel.ts";
import { loadOptionNames } from "./loadOptions.ts";

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
   * Loads a trained model.
   *
   * @param folder the folder that `train` wrote, or the name of a model that comes with the package, such as `fr-en`.
   * @throws UserError naming the missing or damaged file, or the missing device.
   */
  static async load(
    folder: string,
    options: ModelRuntimeOptions & ReadOptions = {},
  ): Promise<Seq2Seq> {
    checkKnownKeys(loadOptionNames, options, "loading");
    const stored = await readModel(folder, options);
    return new Seq2Seq(stored, await LoadedModel.compile(stored, nodeRuntime(options), options));
  }

  /**
   * Reads a picture, or a file of features, in the form that a model of features reads.
   *
   * ```ts
   * const [caption] = await model.translate(await model.readSource("dog.png"), { beam: 5 });
   * ```
   *
   * @throws UserError if the model reads text, or the file is missing, damaged or of another kind.
   */
  readSource(path: string): Promise<FeatureInput> {
    return readSource(path, this.sizes);
  }
}
