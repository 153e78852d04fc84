import { InferenceModel } from "../decoding/inferenceModel.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import { sourceReader } from "../decoding/sourceInput.ts";
import { TextModel } from "../decoding/textModel.ts";
import type { StoredModel, TrainingSummary } from "../modelFolder/modelFolder.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { checkValues } from "../options/option.ts";
import type { ModelRuntimeOptions } from "../runtime/options.ts";
import { computeOptions } from "../runtime/options.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
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

/** A trained model, ready to use; subclasses load it in Node or in a page. */
export class LoadedModel extends TextModel<SourceSequence, InferenceModel> {
  readonly sizes: ModelSizes;
  readonly summary: TrainingSummary | null;
  /** The weights by name, for inspection; the graphs hold copies, so changes here have no effect. */
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

  /** Compiles a model's graphs with its weights embedded. */
  protected static compile(
    { sizes, weights }: StoredModel,
    runtime: Runtime,
    { compute = computeOptions.compute.default }: Pick<ModelRuntimeOptions, "compute"> = {},
  ): Promise<InferenceModel> {
    checkValues(computeOptions, { compute });
    return InferenceModel.create(runtime, sizes, weights, { compute });
  }

  /**
   * Translates a text and records tokens, the search and every named tensor of encoder and decoder. Tokens
   * or attention weights can also be forced; see {@link TraceOptions}.
   */
  trace(source: SourceInput, options: TraceOptions = {}): Promise<Trace> {
    const { model, sourceTokenizer, targetTokenizer } = this;
    return traceTranslation({ model, sourceTokenizer, targetTokenizer }, source, options);
  }

  /**
   * Encodes texts as vectors of equal size: a row for each text. The texts run in batches; each gets the same
   * numbers as alone.
   *
   * @throws UserError if a text has no tokens.
   */
  encode(sources: readonly SourceInput[]): Promise<EncodedTexts> {
    return encodeTexts(this.model, this.reader, sources);
  }

  /** The nearest tokens to the token `id` by cosine similarity of embeddings, nearest first. */
  embeddingNeighbours(side: Side, id: number, count: number): Promise<EmbeddingNeighbour[]> {
    return this.embeddingAnalogy(side, [id], [], count);
  }

  /** The nearest tokens to Σ plus − Σ minus by cosine similarity of embeddings, without the tokens of the sum. */
  async embeddingAnalogy(
    side: Side,
    plusIds: readonly number[],
    minusIds: readonly number[],
    count: number,
  ): Promise<EmbeddingNeighbour[]> {
    if (side !== "source" && side !== "target") {
      throw new UserError(
        `${JSON.stringify(side)} is no side of a model; give "source" or "target".`,
      );
    }
    const tokenizer = side === "source" ? this.sourceTokenizer : this.targetTokenizer;
    return nearestEmbeddings(
      this.model,
      { side, tokenizer },
      { plus: plusIds, minus: minusIds },
      count,
    );
  }
}
