import { blankSide } from "../data/droppedPairs.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource, readPairs, sourceFolder } from "../data/pairs.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import { sourceReader } from "../decoding/sourceInput.ts";
import { type Scoring, Translator } from "../decoding/translator.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import type { ModelSizes } from "../models/configuration.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";

/** Asks a model that is still being trained about given pairs, again and again. */
export class PairModel {
  /** What it is asked about. */
  readonly pairs: readonly SentencePair[];
  private readonly model: InferenceModel;
  private readonly translator: Translator;
  private readonly sources: SourceFiles;

  private constructor(
    model: InferenceModel,
    translator: Translator,
    pairs: readonly SentencePair[],
    sources: SourceFiles,
  ) {
    this.model = model;
    this.translator = translator;
    this.pairs = pairs;
    this.sources = sources;
  }

  /**
   * @param weights are read anew at each question.
   * @param most    how many pairs of the source are taken, its first ones; all unless given. Pairs with a
   *   blank side are not among them, as they are in no corpus.
   * @throws UserError if no pair is left.
   */
  static async create(
    runtime: Runtime,
    sizes: ModelSizes,
    weights: ReadonlyMap<string, TensorValue>,
    tokenizers: { readonly source: TextTokenizer; readonly target: TextTokenizer },
    source: PairSource,
    most?: number,
  ): Promise<PairModel> {
    const pairs: SentencePair[] = [];
    for await (const pair of readPairs(source)) {
      if (blankSide(pair) === undefined && pairs.push(pair) === most) break;
    }
    if (pairs.length === 0) {
      throw new UserError(
        `${describeSource(source)}: every source or target is empty; check the columns.`,
      );
    }
    const model = await InferenceModel.create(runtime, sizes, weights, { weights: "fed" });
    const translator = new Translator(
      model,
      sourceReader(tokenizers.source, sizes),
      tokenizers.target,
    );
    return new PairModel(model, translator, pairs, new SourceFiles(sourceFolder(source), sizes));
  }

  /** What the model makes of each source, greedily. */
  async translations(): Promise<string[]> {
    const results = await this.sources.use(this.pairs, (some) =>
      this.translator.translate(
        some.map(({ source }) => source),
        { beam: 1 },
      ),
    );
    return results.map(([best]) => best?.text ?? "");
  }

  /** How it judges the given translations. */
  scores(): Promise<Scoring[]> {
    return this.sources.use(this.pairs, (some) => this.translator.score(some));
  }

  release(): Promise<void> {
    return this.model.release();
  }
}
