import type { SentencePair } from "../../data/pairs.ts";
import { InferenceModel } from "../../decoding/inferenceModel.ts";
import type { SourceInput } from "../../decoding/sourceInput.ts";
import { sourceReader } from "../../decoding/sourceInput.ts";
import { type Scoring, TextModel } from "../../decoding/textModel.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { TensorValue } from "../../tensor/value.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import type { AskedPairs } from "../corpus/askedPairs.ts";
import { sourceOf } from "../corpus/askedPairs.ts";

/** The number of feature sources in memory at a time. */
const chunkSize = 256;

/** A model during its training. */
export interface TrainedModel {
  readonly sizes: ModelSizes;
  /** Read again for each translation or scoring. */
  readonly weights: ReadonlyMap<string, TensorValue>;
  readonly tokenizers: { readonly source: TextTokenizer; readonly target: TextTokenizer };
}

/** Translates and scores fixed pairs with a model during its training. */
export class PairModel {
  private readonly asked: AskedPairs;
  private readonly model: TextModel;

  private constructor(model: TextModel, asked: AskedPairs) {
    this.model = model;
    this.asked = asked;
  }

  /** @param asked the pairs; `release` closes their features. */
  static async create(
    runtime: Runtime,
    { sizes, weights, tokenizers }: TrainedModel,
    asked: AskedPairs,
  ): Promise<PairModel> {
    const model = await InferenceModel.create(runtime, sizes, weights, { weights: "fed" });
    const reader = sourceReader(tokenizers.source, sizes);
    return new PairModel(new TextModel(model, reader, tokenizers.target), asked);
  }

  /** The pairs. */
  get pairs(): readonly SentencePair[] {
    return this.asked.pairs;
  }

  /** The greedy translation of each source. */
  async translations(): Promise<string[]> {
    const results = await this.use((some) =>
      this.model.translateAll(
        some.map(({ source }) => source),
        { beam: 1 },
      ),
    );
    return results.map(([best]) => best?.text ?? "");
  }

  /** The scores of the given translations. */
  scores(): Promise<Scoring[]> {
    return this.use((some) => this.model.score(some));
  }

  /** Processes all pairs, in chunks because all features may not fit into memory at once. */
  private async use<Result>(
    work: (some: { source: SourceInput; target: string }[]) => Promise<Result[]>,
  ): Promise<Result[]> {
    const { pairs, features } = this.asked;
    const size = features ? chunkSize : pairs.length;
    const results: Result[] = [];
    for (let start = 0; start < pairs.length; start += size) {
      const some = pairs.slice(start, start + size).map(({ target }, index) => ({
        target,
        source: sourceOf(this.asked, start + index),
      }));
      for (const result of await work(some)) results.push(result);
    }
    return results;
  }

  async release(): Promise<void> {
    this.asked.features?.close();
    await this.model.release();
  }
}
