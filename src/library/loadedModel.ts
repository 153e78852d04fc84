import type { StoredModel, TrainingSummary } from "../checkpoint/modelFolder.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import type { SearchOptions } from "../decoding/searchOptions.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/translator.ts";
import { Translator } from "../decoding/translator.ts";
import type { ModelSizes } from "../models/configuration.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import type { Trace } from "../trace/trace.ts";
import { traceTranslation } from "../trace/trace.ts";

/** A trained model, ready to use; how it gets here differs between Node and a page. */
export class LoadedModel {
  readonly sizes: ModelSizes;
  readonly summary: TrainingSummary | null;
  private readonly model: InferenceModel;
  private readonly translator: Translator;
  private readonly source: TextTokenizer;
  private readonly target: TextTokenizer;

  protected constructor({ sizes, summary, source, target }: StoredModel, model: InferenceModel) {
    this.sizes = sizes;
    this.summary = summary;
    this.model = model;
    this.translator = new Translator(model, source, target);
    this.source = source;
    this.target = target;
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

  /** Translates a text and records how: tokens, the search, every named tensor of the decoder. */
  trace(text: string, options: SearchOptions = {}): Promise<Trace> {
    return traceTranslation(this.model, this.source, this.target, text, options);
  }

  /** Frees the memory. */
  release(): Promise<void> {
    return this.model.release();
  }
}
