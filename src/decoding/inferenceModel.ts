import type { ModelSizes } from "../models/configuration.ts";
import type { Outputs } from "../models/graphs.ts";
import {
  encoderGraph,
  nearestGraph,
  parametersOf,
  scoringGraph,
  stepGraph,
} from "../models/graphs.ts";
import { emitModel } from "../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../runtime/runtime.ts";
import { ShapeError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import { samplingGraph } from "./samplingGraph.ts";

/** How the weights reach the graphs. */
export interface InferenceOptions {
  /**
   * `embedded` makes them part of the graphs, which ONNX Runtime then rearranges for speed; `fed` hands
   * them over with each run, so that weights in training can be looked at without compiling again.
   */
  readonly weights?: "embedded" | "fed";
}

/** What the encoder made of a batch of sentences. */
export interface EncodedBatch {
  /** The decoder's first states, each `[batch, 1, size]`. */
  readonly states: readonly TensorValue[];
  /** `memory`, `keys` and `source_mask` with attention, `summary` with a fixed context in its place. */
  readonly memory: NamedValues;
}

/** An encoded batch with what the encoder computed on the way. */
export interface RecordedEncoding extends EncodedBatch {
  /** By the names that `encoderGraph` gives them, without their `record.`. */
  readonly record: NamedValues;
}

/** What a decoder step is given; see `stepGraph`. */
export interface StepFeeds {
  /** int32 `[batch, beam]`: the tokens before. */
  readonly token: TensorValue;
  /** int32 `[batch*beam]`: which row of the states before each hypothesis continues. */
  readonly parent: TensorValue;
  /** The states before, each `[sentences_before, parents, hidden]`. */
  readonly states: readonly TensorValue[];
  /** {@link EncodedBatch.memory} of the same sentences. */
  readonly memory: NamedValues;
  /** float32 `[vocabulary]`: 0, or a large negative number for tokens that must not come. */
  readonly forbidden: TensorValue;
}

/** What a decoder step yields. */
export interface StepValues {
  /** Each `[batch, beam, hidden]`. */
  readonly states: readonly TensorValue[];
  /** `values` and `tokens` (int64) `[batch, beam, candidates]`, or `log_probabilities`; `attention`. */
  readonly outputs: NamedValues;
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
export class InferenceModel {
  readonly sizes: ModelSizes;
  private readonly runtime: Runtime;
  private readonly isFed: boolean;
  private weights: ReadonlyMap<string, TensorValue>;
  private readonly programs: Map<string, Promise<Program>> = new Map();

  private constructor(
    runtime: Runtime,
    sizes: ModelSizes,
    weights: ReadonlyMap<string, TensorValue>,
    isFed: boolean,
  ) {
    this.runtime = runtime;
    this.sizes = sizes;
    this.weights = weights;
    this.isFed = isFed;
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
    const model = new InferenceModel(runtime, sizes, weights, options.weights === "fed");
    await model.encoder();
    return model;
  }

  /** Whether the model has attention. */
  get hasAttention(): boolean {
    return this.sizes.attention !== "none";
  }

  /**
   * Runs the encoder.
   *
   * @param source int32 `[source, batch]`, 0 at padding; already turned if the model reads backwards.
   * @param features float32 `[source, batch, size]`, where the model reads features.
   */
  async encode(source: TensorValue, features: TensorValue | null = null): Promise<EncodedBatch> {
    const program = await this.encoder();
    return this.encoded(source, await program.run(this.feeds(sourceValues(source, features))));
  }

  /** As {@link encode}, and yields what every step of the encoder computed on the way. */
  async recordEncoder(
    source: TensorValue,
    features: TensorValue | null = null,
  ): Promise<RecordedEncoding> {
    const program = await this.program("record encoder", () =>
      encoderGraph(this.sizes, { record: true }),
    );
    const results = await program.run(this.feeds(sourceValues(source, features)));
    return { ...this.encoded(source, results), record: recordsOf(results) };
  }

  /**
   * Runs one decoder step.
   *
   * @param candidates how many tokens of each hypothesis are wanted; 0 for all log-probabilities.
   * @param withAttention whether `attention` `[batch, beam, source]` is wanted, where there is any.
   */
  async step(feeds: StepFeeds, candidates: number, withAttention = true): Promise<StepValues> {
    const program = await this.program(
      `step ${candidates}`,
      () => stepGraph(this.sizes, { candidates }).outputs,
    );
    const fetches = feeds.states.map((_, index) => `next.${index}`);
    fetches.push(...(candidates > 0 ? ["values", "tokens"] : ["log_probabilities"]));
    if (withAttention && this.hasAttention) fetches.push("attention");
    const outputs = await program.run(this.feeds(stepValues(feeds)), fetches);
    return {
      states: feeds.states.map((_, index) => outputs[`next.${index}`] as TensorValue),
      outputs,
    };
  }

  /**
   * Runs one decoder step and yields what it computed on the way.
   *
   * @param given float32 `[batch, beam, source]`: attention weights in the place of the model's own.
   */
  async record(feeds: StepFeeds, given: TensorValue | null = null): Promise<RecordedStep> {
    const program = await this.program(
      "record step",
      () => stepGraph(this.sizes, { candidates: 1, record: true, given: true }).outputs,
    );
    const { shape } = feeds.token;
    const { source_mask: mask } = feeds.memory;
    const width = mask?.shape.at(-1) ?? 0;
    const results = await program.run(
      this.feeds({
        ...stepValues(feeds),
        given_weights: given ?? tensorValue("float32", [...shape, width], 0),
        is_given: tensorValue("int32", [...shape, 1], given ? 1 : 0),
      }),
    );
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
    const program = await this.program(`nearest ${side}_${rows}`, () =>
      nearestGraph(this.sizes, side, rows),
    );
    const results = await program.run(
      this.feeds({
        ids: tensorValue("int32", [ids.length], ids),
        signs: tensorValue("float32", [ids.length, 1], signs),
      }),
    );
    return {
      ids: numbersOf(results["nearest"] as TensorValue).slice(0, count),
      similarities: numbersOf(results["similarities"] as TensorValue).slice(0, count),
    };
  }

  /** Draws tokens; see `samplingGraph` for what goes in and what comes out. */
  async draw(
    logProbabilities: TensorValue,
    uniform: TensorValue,
    temperature: TensorValue,
  ): Promise<NamedValues> {
    const program = await this.program("sample", () => samplingGraph(this.sizes.targetVocabulary));
    return program.run({ log_probabilities: logProbabilities, uniform, temperature });
  }

  /** Runs forced decoding: `log_probability` `[tokens]` and, where there is any, `attention`. */
  async score(feeds: NamedValues): Promise<NamedValues> {
    const program = await this.program("score", () => scoringGraph(this.sizes));
    return program.run(this.feeds(feeds));
  }

  /**
   * Puts other weights of the same shapes in the place of those that are fed.
   *
   * @throws Error if the weights are part of the graphs.
   */
  replaceWeights(weights: ReadonlyMap<string, TensorValue>): void {
    if (!this.isFed) throw new Error("Weights that are embedded in the graphs stay as they are.");
    this.weights = weights;
  }

  /** Frees all graphs; the model cannot run any more. */
  async release(): Promise<void> {
    const programs = [...this.programs.values()];
    this.programs.clear();
    await Promise.all(programs.map(async (program) => (await program).release()));
  }

  private encoder(): Promise<Program> {
    return this.program("encode", () => encoderGraph(this.sizes));
  }

  private encoded(source: TensorValue, results: NamedValues): EncodedBatch {
    const states: TensorValue[] = [];
    for (let state = results["state.0"]; state; state = results[`state.${states.length}`]) {
      states.push(state);
    }
    const { summary } = results;
    if (!this.hasAttention) return { states, memory: summary ? { summary } : {} };
    const { memory, keys } = results as { memory: TensorValue; keys: TensorValue };
    return { states, memory: { memory, keys, source_mask: sourceMask(source) } };
  }

  private feeds(values: NamedValues): NamedValues {
    return this.isFed ? { ...Object.fromEntries(this.weights), ...values } : values;
  }

  private program(name: string, graph: () => Outputs): Promise<Program> {
    const known = this.programs.get(name);
    if (known) return known;
    const options = this.isFed ? {} : { initializers: this.weights };
    const made = this.runtime.compile(emitModel(name.replace(" ", "_"), graph(), options));
    this.programs.set(name, made);
    return made;
  }
}

/** The feeds under the names of the encoder graph's inputs. */
function sourceValues(source: TensorValue, features: TensorValue | null): NamedValues {
  return { source, ...(features && { source_features: features }) };
}

function recordsOf(results: NamedValues): NamedValues {
  const prefix = "record.";
  const records = Object.entries(results).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(records.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** int32 `[batch, 1, source]` from the ids `[source, batch]`: 1 at tokens, 0 at padding. */
function sourceMask({ shape, data }: TensorValue): TensorValue {
  const [time, batch] = shape as [number, number];
  const mask = new Int32Array(batch * time);
  for (let row = 0; row < batch; row++) {
    for (let at = 0; at < time; at++) mask[row * time + at] = data[at * batch + row] === 0 ? 0 : 1;
  }
  return { dtype: "int32", shape: [batch, 1, time], data: mask };
}

/** The feeds under the names of the step graph's inputs. */
function stepValues({ token, parent, states, memory, forbidden }: StepFeeds): NamedValues {
  const named = states.map((state, index) => [`state.${index}`, state] as const);
  return { ...memory, token, parent, forbidden, ...Object.fromEntries(named) };
}
