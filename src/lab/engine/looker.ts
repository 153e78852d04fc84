import { InferenceModel } from "../../decoding/inferenceModel.ts";
import type { SourceReader } from "../../decoding/sourceInput.ts";
import { sourceReader } from "../../decoding/sourceInput.ts";
import type { Translation } from "../../decoding/textModel.ts";
import { TextModel } from "../../decoding/textModel.ts";
import type { WatchedLine } from "../../modelFolder/trainingRecords.ts";
import type { IdPair } from "../../models/batchFeeds.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import type { Program, Runtime } from "../../runtime/runtime.ts";
import { UserError } from "../../tensor/errors.ts";
import type { SourceSequence } from "../../tensor/sequence.ts";
import type { TensorValue } from "../../tensor/value.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import { watchedLines } from "../../training/run/watch.ts";
import type { Tokenizers } from "../../training/storage/model.ts";
import type { Look, WatchedSource } from "../messages.ts";
import type { PairScores } from "./scoredPairs.ts";
import { compileScoring, ScoredPairs } from "./scoredPairs.ts";

type Values = ReadonlyMap<string, TensorValue>;

/** What a look measures of weights, whenever they were. */
export type Seen = Omit<Look, "step" | "seconds" | "moved">;

/** What is recorded of a pair, whenever that was. */
export type Recorded = Omit<WatchedLine, "step" | "seconds">;

/** A model to look at, and the pairs by which it is judged. */
export interface LookedAt {
  readonly sizes: ModelSizes;
  readonly tokenizers: Tokenizers;
  readonly trained: readonly IdPair[];
  readonly heldOut: readonly IdPair[];
  /** The sources whose outputs each look has. */
  readonly shown: readonly string[];
}

/** Looks at weights, with graphs of its own: what it does changes nothing of the training. */
export class Looker {
  private readonly inference: InferenceModel;
  private readonly model: TextModel;
  private readonly reader: SourceReader<SourceSequence>;
  private readonly scoring: Program;
  private readonly shown: readonly string[];
  private readonly trained: ScoredPairs;
  private readonly heldOut: ScoredPairs;

  private constructor(inference: InferenceModel, scoring: Program, of: LookedAt) {
    const { source, target } = of.tokenizers;
    this.inference = inference;
    this.reader = sourceReader(source, of.sizes);
    this.model = new TextModel(inference, this.reader, target);
    this.scoring = scoring;
    this.shown = of.shown;
    this.trained = new ScoredPairs(of.trained, of.sizes);
    this.heldOut = new ScoredPairs(of.heldOut, of.sizes);
  }

  /** Compiles the graphs. The weights given here are those of the first look. */
  static async create(runtime: Runtime, weights: Values, of: LookedAt): Promise<Looker> {
    const inference = await InferenceModel.create(runtime, of.sizes, weights, { weights: "fed" });
    return new Looker(inference, await compileScoring(runtime, of.sizes), of);
  }

  /** Measures weights, and decodes the shown and the watched sources greedily. */
  async look(weights: Values, watched: readonly string[]): Promise<Seen> {
    const trained: PairScores = await this.trained.score(this.scoring, weights);
    const heldOut: PairScores = await this.heldOut.score(this.scoring, weights);
    const translations = await this.translate(weights, [...this.shown, ...watched]);
    return {
      trainPerplexity: trained.perplexity,
      heldOutPerplexity: heldOut.perplexity,
      right: heldOut.right,
      outputs: translations.slice(0, this.shown.length).map(({ text }) => text),
      watched: watchedOf(watched, translations.slice(this.shown.length)),
    };
  }

  /** Decodes sources greedily. */
  async watch(weights: Values, sources: readonly string[]): Promise<WatchedSource[]> {
    return watchedOf(sources, await this.translate(weights, sources));
  }

  /** How weights see given pairs: their targets by forced decoding, and what they decode greedily. */
  async record(weights: Values, pairs: readonly TextPair[]): Promise<Recorded[]> {
    const own = await this.translate(
      weights,
      pairs.map(({ source }) => source),
    );
    const scores = await this.model.score(pairs);
    return watchedLines(
      pairs,
      scores,
      own.map(({ text }) => text),
    );
  }

  /** Frees the graphs. */
  async release(): Promise<void> {
    await this.model.release();
    await this.scoring.release();
  }

  private async translate(weights: Values, sources: readonly string[]): Promise<Translation[]> {
    this.inference.replaceWeights(weights);
    try {
      const found = await this.model.translateAll(sources, { beam: 1 });
      return found.map(([best]) => best as Translation);
    } catch (error) {
      // Weights that have grown beyond all bounds say nothing; the run itself ends at its next step.
      if (error instanceof UserError) return sources.map((source) => this.silence(source));
      throw error;
    }
  }

  private silence(source: string): Translation {
    return {
      text: "",
      tokens: [],
      sourceTokens: this.reader.read(source).tokens,
      logProbability: 0,
      logProbabilities: [],
      score: 0,
      attention: this.model.hasAttention ? [] : null,
      alignment: null,
      finished: false,
    };
  }
}

function watchedOf(
  sources: readonly string[],
  translations: readonly Translation[],
): WatchedSource[] {
  return translations.map(({ sourceTokens, tokens, text, attention, logProbabilities }, index) => ({
    source: sources[index] as string,
    sourceTokens,
    tokens,
    text,
    attention: attention?.map((row) => Array.from(row)) ?? null,
    logProbabilities,
  }));
}
