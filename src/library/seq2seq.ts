import type { TrainingSummary } from "../checkpoint/nodeModelFolder.ts";
import { readModel } from "../checkpoint/nodeModelFolder.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/translator.ts";
import { Translator } from "../decoding/translator.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";

/**
 * A trained model, ready to use.
 *
 * ```ts
 * const model = await Seq2Seq.load("my-model");
 * const [translation] = await model.translate("je suis étudiant .", { beam: 5 });
 * await model.release();
 * ```
 */
export class Seq2Seq {
  readonly sizes: ModelSizes;
  readonly summary: TrainingSummary | null;
  private readonly model: InferenceModel;
  private readonly translator: Translator;

  private constructor(
    sizes: ModelSizes,
    summary: TrainingSummary | null,
    model: InferenceModel,
    translator: Translator,
  ) {
    this.sizes = sizes;
    this.summary = summary;
    this.model = model;
    this.translator = translator;
  }

  /**
   * Reads a model that was trained before.
   *
   * @param folder where {@link train} put it.
   * @throws UserError naming the file that is missing or damaged, or the device that is not there.
   */
  static async load(folder: string, options: RuntimeOptions = {}): Promise<Seq2Seq> {
    const { sizes, weights, source, target, summary } = await readModel(folder);
    const model = await InferenceModel.create(nodeRuntime(options), sizes, weights);
    return new Seq2Seq(sizes, summary, model, new Translator(model, source, target));
  }

  /** The best translations of one text, from the best on; one unless `nBest` asks for more. */
  async translate(text: string, options: TranslateOptions = {}): Promise<Translation[]> {
    return (await this.translator.translate([text], options))[0] as Translation[];
  }

  /** As {@link translate} for many texts, which is many times faster than one by one. */
  translateAll(texts: readonly string[], options: TranslateOptions = {}): Promise<Translation[][]> {
    return this.translator.translate(texts, options);
  }

  /** How probable the model finds given translations. */
  score(
    pairs: readonly { readonly source: string; readonly target: string }[],
  ): Promise<Scoring[]> {
    return this.translator.score(pairs);
  }

  /** Frees the memory. */
  release(): Promise<void> {
    return this.model.release();
  }
}
