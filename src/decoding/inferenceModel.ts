import type { SourceFeeds } from "../models/batchFeeds.ts";
import { sourceFeeds, sourceGranularity } from "../models/batchFeeds.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { encoderGraph, parametersOf, scoringGraph } from "../models/graphs.ts";
import { nearestGraph } from "../models/nearestGraph.ts";
import type { StepGraphOptions } from "../models/stepGraph.ts";
import { stepGraph } from "../models/stepGraph.ts";
import type { NamedValues, Runtime } from "../runtime/runtime.ts";
import { ShapeError } from "../tensor/errors.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import { sourceMask } from "./batchState.ts";
import { checkIds } from "./checkIds.ts";
import { attentionByPair, byPair, forcedBatch, forcedScore } from "./forcedBatch.ts";
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

/** How the weights reach the graphs. */
export interface InferenceOptions {
  /**
   * `embedded` makes them part of the graphs, which ONNX Runtime then rearranges for speed; `fed` hands
   * them over with each run, so that weights in training can be looked at without compiling again.
   */
  readonly weights?: "embedded" | "fed";
}

/** An encoded batch with what the encoder computed on the way. */
export interface RecordedEncoding extends EncodedBatch {
  /** By the names that `encoderGraph` gives them, without their `record.`. */
  readonly record: NamedValues;
}

/** What a recorded decoder step yields. */
export interface RecordedStep extends StepValues {
  /** By the names that `stepGraph` gives them, without their `record.`. */
  readonly record: NamedValues;
}

/**
 * A model with its weights, ready to translate. Graphs are compiled when they are first needed and
 * kept until {@link release}.
 */
export class InferenceModel implements SearchModel<SourceSequence> {
  readonly sizes: ModelSizes;
  private readonly programs: Programs;

  private constructor(sizes: ModelSizes, programs: Programs) {
    this.sizes = sizes;
    this.programs = programs;
  }

  /**
   * Yields a model whose encoder is compiled.
   *
   * @param weights a value for each of `parametersOf(sizes)`, by name. If they are fed, they are read
   *   anew at each run, so that a change of the numbers inside is seen.
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
    const programs = new Programs(runtime, weights, options.weights === "fed");
    await programs.get("encode", () => encoderGraph(sizes));
    return new InferenceModel(sizes, programs);
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

  /** Runs the encoder over sentences as ids in their own order, with features where it reads these. */
  async encodeSources(sources: readonly SourceSequence[]): Promise<EncodedBatch> {
    const feeds = sourceFeeds(sources, this.isReversed, sourceGranularity);
    const graph = () => encoderGraph(this.sizes);
    return this.encoded(feeds, await this.programs.run("encode", graph, { ...feeds }));
  }

  /** Runs the encoder and yields what every step of it computed on the way. */
  async recordEncoder(feeds: SourceFeeds): Promise<RecordedEncoding> {
    const graph = () => encoderGraph(this.sizes, { record: true });
    const results = await this.programs.run("record encoder", graph, { ...feeds });
    return { ...this.encoded(feeds, results), record: recordsOf(results) };
  }

  /**
   * Runs one decoder step.
   *
   * @param candidates how many tokens of each hypothesis are wanted; 0 for all log-probabilities.
   * @param withAttention whether `attention` `[batch, beam, source]` is wanted, where there is any.
   */
  async step(feeds: StepFeeds, candidates: number, withAttention = true): Promise<StepValues> {
    const constrained = Boolean(feeds.constraints);
    const wanted = candidates > 0 ? ["values", "tokens"] : ["log_probabilities"];
    if (constrained) wanted.push("forced_value");
    const name = `step ${candidates}${constrained ? " constrained" : ""}`;
    if (withAttention) wanted.push("attention");
    return this.runStep(name, { candidates, constrained }, feeds, wanted);
  }

  /** As {@link step}, but yields `logits` `[batch, beam, vocabulary]`; nothing is forbidden. */
  stepLogits(feeds: StepFeeds, withAttention: boolean): Promise<StepValues> {
    const wanted = withAttention ? ["logits", "attention"] : ["logits"];
    return this.runStep("step logits", { candidates: null }, feeds, wanted);
  }

  /**
   * Runs one decoder step and yields what it computed on the way.
   *
   * @param given float32 `[batch, beam, source]`: attention weights in the place of the model's own.
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
   * @param ids   the embeddings to be added.
   * @param signs what each is multiplied by, such as 1 and −1.
   * @param count how many are wanted; all, if there are not as many.
   */
  async nearest(
    side: "source" | "target",
    ids: readonly number[],
    signs: readonly number[],
    count: number,
  ): Promise<{ readonly ids: readonly number[]; readonly similarities: readonly number[] }> {
    // A graph is made for a number of rows, so few numbers are used.
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

  /** Runs forced decoding: `log_probability` `[tokens]` and, where there is any, `attention`. */
  score(feeds: NamedValues): Promise<NamedValues> {
    return this.programs.run("score", () => scoringGraph(this.sizes), feeds);
  }

  /** As {@link score}, but yields the logits at each given token: `token_logits` `[tokens, vocabulary]`. */
  scoreLogits(feeds: NamedValues): Promise<NamedValues> {
    const graph = () => scoringGraph(this.sizes, { tokenLogits: true });
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
   * Puts other weights of the same shapes in the place of those that are fed.
   *
   * @throws Error if the weights are part of the graphs.
   */
  replaceWeights(weights: ReadonlyMap<string, TensorValue>): void {
    this.programs.replaceWeights(weights);
  }

  /** Frees all graphs; the model cannot run any more. */
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

function recordsOf(results: NamedValues): NamedValues {
  const prefix = "record.";
  const records = Object.entries(results).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(records.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** The feeds under the names of the step graph's inputs. */
function stepValues(feeds: StepFeeds): NamedValues {
  const { token, parent, states, memory, forbidden, constraints } = feeds;
  const named = states.map((state, index) => [`state.${index}`, state] as const);
  return { ...memory, token, parent, forbidden, ...constraints, ...Object.fromEntries(named) };
}
