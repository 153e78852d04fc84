import { InferenceModel } from "../decoding/inferenceModel.ts";
import type { SourceInput, SourceReader } from "../decoding/sourceInput.ts";
import { sourceReader } from "../decoding/sourceInput.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/translator.ts";
import { Translator } from "../decoding/translator.ts";
import type { StoredModel, TrainingSummary } from "../modelFolder/modelFolder.ts";
import type { ModelSizes } from "../models/configuration.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import type { Trace } from "../trace/trace.ts";
import type { TraceOptions } from "../trace/traceOptions.ts";
import { traceTranslation } from "../trace/traceTranslation.ts";
import type { EmbeddingNeighbour, Side } from "./embeddings.ts";
import { nearestEmbeddings } from "./embeddings.ts";
import type { EncodedTexts } from "./textVectors.ts";
import { encodeTexts } from "./textVectors.ts";

/** A trained model, ready to use; how it gets here differs between Node and a page. */
export class LoadedModel {
  readonly sizes: ModelSizes;
  readonly summary: TrainingSummary | null;
  /** The weights by name, to be looked at; the graphs have copies, which a change does not reach. */
  readonly weights: ReadonlyMap<string, TensorValue>;
  readonly sourceTokenizer: TextTokenizer;
  readonly targetTokenizer: TextTokenizer;
  private readonly model: InferenceModel;
  private readonly reader: SourceReader<SourceSequence>;
  private readonly translator: Translator;

  protected constructor(stored: StoredModel, model: InferenceModel) {
    const { sizes, summary, weights, source, target } = stored;
    this.sizes = sizes;
    this.summary = summary;
    this.weights = weights;
    this.sourceTokenizer = source;
    this.targetTokenizer = target;
    this.model = model;
    this.reader = sourceReader(source, sizes);
    this.translator = new Translator(model, this.reader, target);
  }

  /** Compiles a model's graphs with its weights in them. */
  protected static compile(
    { sizes, weights }: StoredModel,
    runtime: Runtime,
  ): Promise<InferenceModel> {
    return InferenceModel.create(runtime, sizes, weights);
  }

  /**
   * The best translations of one text, from the best on; one unless `nBest` asks for more. A model of
   * features takes a `FeatureInput` instead of a text, here and below.
   */
  async translate(source: SourceInput, options: TranslateOptions = {}): Promise<Translation[]> {
    return (await this.translator.translate([source], options))[0] as Translation[];
  }

  /** As {@link translate} for many texts, which is many times faster than one by one. */
  translateAll(
    sources: readonly SourceInput[],
    options: TranslateOptions = {},
  ): Promise<Translation[][]> {
    return this.translator.translate(sources, options);
  }

  /** How probable the model finds given translations. */
  score(
    pairs: readonly { readonly source: SourceInput; readonly target: string }[],
  ): Promise<Scoring[]> {
    return this.translator.score(pairs);
  }

  /**
   * Translates a text and records how: tokens, the search, every named tensor of encoder and decoder. Or
   * records what follows from tokens or attention weights that are given; see {@link TraceOptions}.
   */
  trace(source: SourceInput, options: TraceOptions = {}): Promise<Trace> {
    const { model, sourceTokenizer, targetTokenizer } = this;
    return traceTranslation(model, sourceTokenizer, targetTokenizer, source, options);
  }

  /**
   * What the encoder makes of texts, as vectors of the same size for each: a row for each text. They are
   * run together, and each has the numbers that it has alone.
   *
   * @throws UserError if a text has no tokens.
   */
  encode(sources: readonly SourceInput[]): Promise<EncodedTexts> {
    return encodeTexts(this.model, this.reader, sources);
  }

  /** The tokens whose embeddings lie nearest to that of `id`, by cosine, nearest first. */
  embeddingNeighbours(side: Side, id: number, count: number): Promise<EmbeddingNeighbour[]> {
    return this.embeddingAnalogy(side, [id], [], count);
  }

  /** The tokens whose embeddings lie nearest to Σ plus − Σ minus, those of the sum left out. */
  embeddingAnalogy(
    side: Side,
    plusIds: readonly number[],
    minusIds: readonly number[],
    count: number,
  ): Promise<EmbeddingNeighbour[]> {
    const tokenizer = side === "source" ? this.sourceTokenizer : this.targetTokenizer;
    return nearestEmbeddings(
      this.model,
      { side, tokenizer },
      { plus: plusIds, minus: minusIds },
      count,
    );
  }

  /** Frees the memory. */
  release(): Promise<void> {
    return this.model.release();
  }
}
