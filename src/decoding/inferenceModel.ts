import type { SourceFeeds } from "../models/batchFeeds.ts";
import { sourceFeeds, sourceGranularity } from "../models/batchFeeds.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { encoderGraph, parametersOf, scoringGraph } from "../models/graphs.ts";
import { nearestGraph } from "../models/nearestGraph.ts";
import type { ModelUse } from "../models/parts.ts";
import { translatingUse } from "../models/parts.ts";
import type { StepGraphOptions } from "../models/stepGraph.ts";
import { stepGraph } from "../models/stepGraph.ts";
import type { Compute } from "../runtime/options.ts";
import type { NamedValues, Runtime } from "../runtime/runtime.ts";
import { ShapeError } from "../tensor/errors.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import { mostForbidden, sourceMask } from "./batchState.ts";
import { checkIds } from "./checkIds.ts";
import { attentionByPair, byPair, forcedBatch, forcedScore } from "./forcedBatch.ts";
import { graphCandidates } from "./graphCandidates.ts";
import { Programs } from "./programs.ts";
import { samplingGraph } from "./samplingGraph.ts";
import type {
  Draw,
  EncodedBatch,
  ForcedPair,
  ForcedScore,
  SearchModel,
  StepFeeds,
  StepValues,
} from "./searchModel.ts";

/** How to pass the weights to the graphs. */
export interface InferenceOptions {
  /**
   * `embedded` makes them part of the graphs, which lets ONNX Runtime rearrange them for speed; `fed` passes
   * them at each run, so that weights in training can be used without compiling again.
   */
  readonly weights?: "embedded" | "fed";
  /** The numbers of products with weights; `int8` only with embedded weights. */
  readonly compute?: Compute;
}

/** An encoded batch with the encoder's intermediate values. */
export interface RecordedEncoding extends EncodedBatch {
  /** By their names in `encoderGraph`, without the prefix `record.`. */
  readonly record: NamedValues;
}

/** The results of a recorded decoder step. */
export interface RecordedStep extends StepValues {
  /** By their names in `stepGraph`, without the prefix `record.`. */
  readonly record: NamedValues;
}

/**
 * A model with its weights, ready to translate. Graphs are compiled on first use and kept until
 * {@link release}.
 */
export class InferenceModel implements SearchModel<SourceSequence> {
  readonly sizes: ModelSizes;
  private readonly programs: Programs;
  private readonly use: ModelUse;

  private constructor(sizes: ModelSizes, programs: Programs) {
    this.sizes = sizes;
    this.programs = programs;
    this.use = useOf(programs);
  }

  /**
   * Returns a model with its encoder compiled.
   *
   * @param weights a value for each of `parametersOf(sizes)`, by name. If they are fed, each run reads them again,
   *   so that changes of the numbers take effect.
   * @throws ShapeError if a weight is missing or has another shape.
   */
  static async create(
    runtime: Runtime,
    sizes: ModelSizes,
    weights: ReadonlyMap<string, TensorValue>,
    options: InferenceOptions = {},
  ): Promise<InferenceModel> {
    for (const { name, shape } of parametersOf(sizes)) {
      const found = weights.get(name);
      if (!found) throw new ShapeError(`The weight ${name} [${shape.join(", ")}] is missing.`);
      if (found.shape.join() !== shape.join()) {
        throw new ShapeError(
          `The weight ${name} is [${found.shape.join(", ")}] instead of [${shape.join(", ")}].`,
        );
      }
    }
    const programs = new Programs(runtime, weights, {
      isFed: options.weights === "fed",
      isInt8: options.compute === "int8",
    });
    const model = new InferenceModel(sizes, programs);
    await programs.prepare("encode", () => encoderGraph(sizes, model.use));
    return model;
  }

  /** Whether the model has attention. */
  get hasAttention(): boolean {
    return this.sizes.attention !== "none";
  }

  get isReversed(): boolean {
    return this.sizes.reverseSource;
  }

  get targetVocabulary(): number {
    return this.sizes.targetVocabulary;
  }

  lengthOf(source: SourceSequence): number {
    return source.length;
  }

  checkSource(source: SourceSequence, what: string): void {
    checkIds(source, this.sizes.sourceVocabulary, what);
  }

  /** Runs the encoder on sentences given as ids in sentence order, with features if the model reads them. */
  async encodeSources(sources: readonly SourceSequence[]): Promise<EncodedBatch> {
    const feeds = sourceFeeds(sources, this.isReversed, sourceGranularity);
    const graph = () => encoderGraph(this.sizes, this.use);
    return this.encoded(feeds, await this.programs.run("encode", graph, { ...feeds }));
  }

  /** Runs the encoder and returns its intermediate values at every step. */
  async recordEncoder(feeds: SourceFeeds): Promise<RecordedEncoding> {
    const graph = () => encoderGraph(this.sizes, { record: true });
    const results = await this.programs.run("record encoder", graph, { ...feeds });
    return { ...this.encoded(feeds, results), record: recordsOf(results) };
  }

  /**
   * Runs one decoder step.
   *
   * @param wantedTokens the number of best tokens per hypothesis; 0 for all log-probabilities. Some more come with them, so
   *   that enough are left without those that can be forbidden for all.
   * @param withAttention whether to return `attention` `[batch, beam, source]`, if there is any.
   */
  async step(feeds: StepFeeds, wantedTokens: number, withAttention = true): Promise<StepValues> {
    const candidates = graphCandidates(wantedTokens, this.targetVocabulary);
    const constrained = Boolean(feeds.constraints);
    const wanted = candidates > 0 ? ["values", "tokens"] : ["log_probabilities"];
    if (constrained) wanted.push("forced_value");
    if (withAttention) wanted.push("attention");
    // One best token alone is found faster than several, more than the pass costs.
    if (candidates > 1 && !constrained) {
      const all = Math.min(candidates + mostForbidden, this.targetVocabulary);
      return this.runStep(`step ${all}`, { candidates: all, unfiltered: true }, feeds, wanted);
    }
    const name = `step ${candidates}${constrained ? " constrained" : ""} filtered`;
    return this.runStep(name, { candidates, constrained }, feeds, wanted);
  }

  /** Like {@link step}, but returns `logits` `[batch, beam, vocabulary]`; no token is forbidden. */
  stepLogits(feeds: StepFeeds, withAttention: boolean): Promise<StepValues> {
    const wanted = withAttention ? ["logits", "attention"] : ["logits"];
    return this.runStep("step logits", { candidates: null }, feeds, wanted);
  }

  /**
   * Runs one decoder step and returns its intermediate values.
   *
   * @param given float32 `[batch, beam, source]`: attention weights that replace the model's own.
   */
  async record(feeds: StepFeeds, given: TensorValue | null = null): Promise<RecordedStep> {
    const { shape } = feeds.token;
    const { source_mask: mask } = feeds.memory;
    const width = mask?.shape.at(-1) ?? 0;
    const graph = () => stepGraph(this.sizes, { candidates: 1, record: true, given: true }).outputs;
    const results = await this.programs.run("record step", graph, {
      ...stepValues(feeds),
      given_weights: given ?? tensorValue("float32", [...shape, width], 0),
      is_given: tensorValue("int32", [...shape, 1], given ? 1 : 0),
    });
    return {
      states: feeds.states.map((_, index) => results[`next.${index}`] as TensorValue),
      outputs: results,
      record: recordsOf(results),
    };
  }

  /**
   * The embeddings nearest to a sum of embeddings: see `nearestGraph`.
   *
   * @param ids   the embeddings to add.
   * @param signs the factor of each, such as 1 and −1.
   * @param count the number of results; fewer if there are not so many.
   */
  async nearest(
    side: "source" | "target",
    ids: readonly number[],
    signs: readonly number[],
    count: number,
  ): Promise<{ readonly ids: readonly number[]; readonly similarities: readonly number[] }> {
    // Each number of rows needs its own graph, so only a few numbers are used.
    const rows = Math.max(32, 2 ** Math.ceil(Math.log2(count)));
    const graph = () => nearestGraph(this.sizes, side, rows);
    const results = await this.programs.run(`nearest ${side} ${rows}`, graph, {
      ids: tensorValue("int32", [ids.length], ids),
      signs: tensorValue("float32", [ids.length, 1], signs),
    });
    return {
      ids: numbersOf(results["nearest"] as TensorValue).slice(0, count),
      similarities: numbersOf(results["similarities"] as TensorValue).slice(0, count),
    };
  }

  /** Draws tokens: see `samplingGraph`. */
  async draw({ logProbabilities, uniform, temperature, topK, topP }: Draw): Promise<NamedValues> {
    const graph = () => samplingGraph(this.targetVocabulary, { topK, withTopP: topP < 1 });
    return this.programs.run(`sample ${topK ?? "all"} ${topP < 1 ? "top p" : ""}`, graph, {
      log_probabilities: logProbabilities,
      uniform,
      temperature: tensorValue("float32", [], temperature),
      top_p: tensorValue("float32", [], topP),
    });
  }

  /** Runs forced decoding: `log_probability` `[tokens]` and, if there is any, `attention`. */
  score(feeds: NamedValues): Promise<NamedValues> {
    return this.programs.run("score", () => scoringGraph(this.sizes, this.use), feeds);
  }

  /** Like {@link score}, but returns the logits at each given token: `token_logits` `[tokens, vocabulary]`. */
  scoreLogits(feeds: NamedValues): Promise<NamedValues> {
    const graph = () => scoringGraph(this.sizes, { ...this.use, tokenLogits: true });
    return this.programs.run("score logits", graph, feeds);
  }

  /** Forced decoding of pairs that fit into one batch. */
  async scoreBatch(pairs: readonly ForcedPair<SourceSequence>[]): Promise<ForcedScore[]> {
    const batch = forcedBatch(pairs, this.isReversed);
    const { log_probability, attention } = await this.score(batch.feeds);
    const rows = attention && attentionByPair(batch, attention);
    return byPair(batch, log_probability?.data as Float32Array).map((each, index) =>
      forcedScore(each, rows?.[index] ?? null),
    );
  }

  /**
   * Replaces fed weights by others of the same shapes.
   *
   * @throws Error if the weights are part of the graphs.
   */
  replaceWeights(weights: ReadonlyMap<string, TensorValue>): void {
    this.programs.replaceWeights(weights);
  }

  /** Frees all graphs; the model cannot run afterwards. */
  release(): Promise<void> {
    return this.programs.release();
  }

  private async runStep(
    name: string,
    options: StepGraphOptions,
    feeds: StepFeeds,
    wanted: readonly string[],
  ): Promise<StepValues> {
    const isThere = (name: string): boolean => name !== "attention" || this.hasAttention;
    const fetches = [...feeds.states.map((_, index) => `next.${index}`), ...wanted.filter(isThere)];
    const graph = () => stepGraph(this.sizes, options).outputs;
    const outputs = await this.programs.run(name, graph, stepValues(feeds), fetches);
    return {
      states: feeds.states.map((_, index) => outputs[`next.${index}`] as TensorValue),
      outputs,
    };
  }

  private encoded({ source }: SourceFeeds, results: NamedValues): EncodedBatch {
    const states: TensorValue[] = [];
    for (let state = results["state.0"]; state; state = results[`state.${states.length}`]) {
      states.push(state);
    }
    const { summary } = results;
    if (!this.hasAttention) return { states, memory: summary ? { summary } : {} };
    const { memory, keys } = results as { memory: TensorValue; keys: TensorValue };
    return { states, memory: { memory, keys, source_mask: sourceMask(source) } };
  }
}

/** Fed weights would be rearranged at each run, and other devices than the processor lack some operators. */
function useOf({ isFed, isInt8, runtime: { device } }: Programs): ModelUse {
  const isFast = !isFed && (device === "cpu" || device === "wasm");
  return isFast ? translatingUse(isInt8) : {};
}

function recordsOf(results: NamedValues): NamedValues {
  const prefix = "record.";
  const records = Object.entries(results).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(records.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** The feeds under the input names of the step graph. */
function stepValues(feeds: StepFeeds): NamedValues {
  const { token, parent, states, memory, forbidden, constraints } = feeds;
  const named = states.map((state, index) => [`state.${index}`, state] as const);
  return { ...memory, token, parent, forbidden, ...constraints, ...Object.fromEntries(named) };
}
