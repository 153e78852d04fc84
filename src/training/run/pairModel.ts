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

/** Translates and scores fixed pairs with a model during its training. */
export class PairModel {
  private readonly asked: AskedPairs;
  private readonly model: TextModel;

  private constructor(model: TextModel, asked: AskedPairs) {
    this.model = model;
    this.asked = asked;
  }

  /** @param weights read again for each translation or scoring. */
  static async create(
    runtime: Runtime,
    sizes: ModelSizes,
    weights: ReadonlyMap<string, TensorValue>,
    tokenizers: { readonly source: TextTokenizer; readonly target: TextTokenizer },
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
