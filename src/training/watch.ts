/** @file Fixed pairs that are looked at again at each evaluation, to see a model learn to attend. */

import type { PairSource, SentencePair } from "../data/pairs.ts";
import { readPairs, sourceFolder } from "../data/pairs.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import { sourceReader } from "../decoding/sourceInput.ts";
import { Translator } from "../decoding/translator.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import type { ModelSizes } from "../models/configuration.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";

/** How a model saw one pair after so many steps; a line of `training/watched.jsonl`. */
export interface WatchedPair {
  readonly step: number;
  readonly seconds: number;
  readonly source: string;
  readonly sourceTokens: readonly string[];
  /** The given translation's tokens; the end follows them in the rows below. */
  readonly targetTokens: readonly string[];
  /** log p of the given translation, in nats. */
  readonly logProbability: number;
  /** Forced decoding: a row for each target token and the end, a weight for each source token. */
  readonly attention: readonly (readonly number[])[] | null;
  /** What the model itself makes of the source, greedily. */
  readonly translation: string;
}

/** The most pairs that are watched. */
const mostPairs = 20;

/** Looks at fixed pairs under weights that are still being trained. */
export class Watcher {
  private readonly model: InferenceModel;
  private readonly translator: Translator;
  private readonly pairs: readonly SentencePair[];
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

  /** @param weights are read anew at each look. */
  static async create(
    runtime: Runtime,
    sizes: ModelSizes,
    weights: ReadonlyMap<string, TensorValue>,
    tokenizers: { readonly source: TextTokenizer; readonly target: TextTokenizer },
    watched: PairSource,
  ): Promise<Watcher> {
    const pairs: SentencePair[] = [];
    for await (const pair of readPairs(watched)) if (pairs.push(pair) === mostPairs) break;
    const model = await InferenceModel.create(runtime, sizes, weights, { weights: "fed" });
    const translator = new Translator(
      model,
      sourceReader(tokenizers.source, sizes),
      tokenizers.target,
    );
    return new Watcher(model, translator, pairs, new SourceFiles(sourceFolder(watched), sizes));
  }

  /** One look at each pair. */
  async look(step: number, seconds: number): Promise<WatchedPair[]> {
    const { sources, pairs, translator } = this;
    const scores = await sources.use(pairs, (some) => translator.score(some));
    const translations = await sources.use(pairs, (some) =>
      translator.translate(
        some.map(({ source }) => source),
        { beam: 1 },
      ),
    );
    return scores.map(({ sourceTokens, tokens, logProbability, attention }, index) => ({
      ...{ step, seconds: Math.round(seconds), source: this.pairs[index]?.source ?? "" },
      ...{ sourceTokens, targetTokens: tokens, logProbability },
      // Four digits are what a picture can show.
      attention: attention?.map((row) => Array.from(row, (x) => Number(x.toFixed(4)))) ?? null,
      translation: translations[index]?.[0]?.text ?? "",
    }));
  }

  release(): Promise<void> {
    return this.model.release();
  }
}
