import type { StoredModel, TrainingSummary } from "../checkpoint/modelFolder.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/translator.ts";
import { Translator } from "../decoding/translator.ts";
import type { ModelSizes } from "../models/configuration.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** A trained model, ready to use; how it gets here differs between Node and a page. */
export class LoadedModel {
  readonly sizes: ModelSizes;
  readonly summary: TrainingSummary | null;
  private readonly model: InferenceModel;
  private readonly translator: Translator;

  protected constructor({ sizes, summary, source, target }: StoredModel, model: InferenceModel) {
    this.sizes = sizes;
    this.summary = summary;
    this.model = model;
    this.translator = new Translator(model, source, target);
  }

  /** Compiles a model's graphs with its weights in them. */
  protected static compile(
    { sizes, weights }: StoredModel,
    runtime: Runtime,
  ): Promise<InferenceModel> {
    return InferenceModel.create(runtime, sizes, weights);
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
