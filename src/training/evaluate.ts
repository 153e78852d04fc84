import { inOrder } from "../data/batches.ts";
import type { EncodedCorpus } from "../data/encodedCorpus.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { readPairs, sourceFolder } from "../data/pairs.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import { sourceReader } from "../decoding/sourceInput.ts";
import { Translator } from "../decoding/translator.ts";
import { corpusBleu } from "../evaluation/bleu.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import { batchFeeds } from "../models/batchFeeds.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { scoringGraph } from "../models/graphs.ts";
import { emitModel } from "../onnx/emit.ts";
import type { Program, Runtime } from "../runtime/runtime.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";

/** Translates a dev set greedily under weights that are still being trained. */
export class DevTranslator {
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

  /** @param weights are read anew at each translation. */
  static async create(
    runtime: Runtime,
    sizes: ModelSizes,
    weights: ReadonlyMap<string, TensorValue>,
    tokenizers: { readonly source: TextTokenizer; readonly target: TextTokenizer },
    dev: PairSource,
  ): Promise<DevTranslator> {
    const pairs: SentencePair[] = [];
    for await (const pair of readPairs(dev)) pairs.push(pair);
    const model = await InferenceModel.create(runtime, sizes, weights, { weights: "fed" });
    const translator = new Translator(
      model,
      sourceReader(tokenizers.source, sizes),
      tokenizers.target,
    );
    return new DevTranslator(model, translator, pairs, new SourceFiles(sourceFolder(dev), sizes));
  }

  /** BLEU of greedy translations; small letters count as capital ones if the model makes none. */
  async bleu(isLowercase: boolean): Promise<number> {
    const results = await this.sources.use(this.pairs, (some) =>
      this.translator.translate(
        some.map(({ source }) => source),
        { beam: 1 },
      ),
    );
    const references = [this.pairs.map(({ target }) => target)];
    const hypotheses = results.map(([best]) => best?.text ?? "");
    return corpusBleu(hypotheses, references, { lowercase: isLowercase }).score;
  }

  release(): Promise<void> {
    return this.model.release();
  }
}

/** Measures log-probabilities of a corpus under weights that are still being trained. */
export class DevScorer {
  private readonly program: Program;
  private readonly sizes: ModelSizes;

  private constructor(program: Program, sizes: ModelSizes) {
    this.program = program;
    this.sizes = sizes;
  }

  static async create(runtime: Runtime, sizes: ModelSizes): Promise<DevScorer> {
    const { log_probability } = scoringGraph(sizes);
    return new DevScorer(
      await runtime.compile(emitModel("score", { log_probability } as never)),
      sizes,
    );
  }

  /** Σ log p of the target tokens, ends of sentences included, in nats; and their number. */
  async score(
    corpus: EncodedCorpus,
    weights: ReadonlyMap<string, TensorValue>,
  ): Promise<{ logProbability: number; tokens: number }> {
    let logProbability = 0;
    let tokens = 0;
    const parameters = Object.fromEntries(weights);
    for (const { pairs } of inOrder(corpus, 64)) {
      const { values, sizes } = batchFeeds(pairs, this.sizes.reverseSource);
      const results = await this.program.run({ ...values, ...parameters });
      const { data } = results["log_probability"] as TensorValue;
      for (const value of data as Float32Array) logProbability += value;
      tokens += sizes["tokens"] as number;
    }
    return { logProbability, tokens };
  }

  release(): Promise<void> {
    return this.program.release();
  }
}
