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
import { Team } from "./team.ts";

/** The number of feature sources in memory at a time, and of sources that a rank gets at once. */
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
  private readonly team: Team;

  private constructor(model: TextModel, asked: AskedPairs, team: Team) {
    this.model = model;
    this.asked = asked;
    this.team = team;
  }

  /**
   * @param asked the pairs; `release` closes their features.
   * @param team  the ranks that share the translations.
   */
  static async create(
    runtime: Runtime,
    { sizes, weights, tokenizers }: TrainedModel,
    asked: AskedPairs,
    team: Team = new Team(),
  ): Promise<PairModel> {
    const model = await InferenceModel.create(runtime, sizes, weights, { weights: "fed" });
    const reader = sourceReader(tokenizers.source, sizes);
    return new PairModel(new TextModel(model, reader, tokenizers.target), asked, team);
  }

  /** The pairs. */
  get pairs(): readonly SentencePair[] {
    return this.asked.pairs;
  }

  /** The greedy translation of each source. */
  async translations(): Promise<string[]> {
    return this.use((some) =>
      this.team.map({
        name: "the translations of the dev set",
        tasks: some.map(({ source }) => source),
        order: (sources) => ({ kind: "translate", sources }),
        own: (sources) => greedyTexts(this.model, sources),
      }),
    );
  }

  /** The scores of the given translations. */
  scores(): Promise<Scoring[]> {
    return this.use((some) => this.model.score(some));
  }

  /** Processes all pairs, in chunks because all features may not fit into memory at once. */
  private async use<Result>(
    work: (some: { source: SourceInput; target: string }[]) => Promise<readonly Result[]>,
  ): Promise<Result[]> {
    const { pairs, features } = this.asked;
    const { count } = this.team;
    const size = features || count > 1 ? chunkSize * count : pairs.length;
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

/** The greedy translations of sources. */
export async function greedyTexts(
  model: TextModel,
  sources: readonly SourceInput[],
): Promise<string[]> {
  const results = await model.translateAll(sources, { beam: 1 });
  return results.map(([best]) => best?.text ?? "");
}
