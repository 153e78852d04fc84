import { InferenceModel } from "../decoding/inferenceModel.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import { sourceReader } from "../decoding/sourceInput.ts";
import { TextModel } from "../decoding/textModel.ts";
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
export class LoadedModel extends TextModel<SourceSequence, InferenceModel> {
  readonly sizes: ModelSizes;
  readonly summary: TrainingSummary | null;
  /** The weights by name, to be looked at; the graphs have copies, which a change does not reach. */
  readonly weights: ReadonlyMap<string, TensorValue>;
  readonly sourceTokenizer: TextTokenizer;

  protected constructor(stored: StoredModel, model: InferenceModel) {
    const { sizes, summary, weights, source, target } = stored;
    super(model, sourceReader(source, sizes), target);
    this.sizes = sizes;
    this.summary = summary;
    this.weights = weights;
    this.sourceTokenizer = source;
  }

  /** Compiles a model's graphs with its weights in them. */
  protected static compile(
    { sizes, weights }: StoredModel,
    runtime: Runtime,
  ): Promise<InferenceModel> {
    return InferenceModel.create(runtime, sizes, weights);
  }

  /**
   * Translates a text and records how: tokens, the search, every named tensor of encoder and decoder. Or
   * records what follows from tokens or attention weights that are given; see {@link TraceOptions}.
   */
  trace(source: SourceInput, options: TraceOptions = {}): Promise<Trace> {
    const { model, sourceTokenizer, targetTokenizer } = this;
    return traceTranslation({ model, sourceTokenizer, targetTokenizer }, source, options);
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
}
