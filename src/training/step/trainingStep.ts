import type { TokenLinks } from "../../data/corpusLinks.ts";
import { add, multiply } from "../../graph/operators/elementwise.ts";
import { input } from "../../graph/operators/source.ts";
import { reduceSum } from "../../graph/operators/sumAndExpand.ts";
import type { IdPair } from "../../models/batchFeeds.ts";
import { batchFeeds } from "../../models/batchFeeds.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import type { TrainingGraph } from "../../models/trainingGraph.ts";
import { trainingGraph } from "../../models/trainingGraph.ts";
import { initialValues } from "../../nn/initialize.ts";
import { emitModel } from "../../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../../runtime/runtime.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { tensorValue } from "../../tensor/value.ts";
import type { SliceRange } from "./arena.ts";
import { Arena, rowSize } from "./arena.ts";
import { attentionMasks } from "./evenAttention.ts";
import { linkWeights } from "./linkWeights.ts";
import { drawMasks } from "./masks.ts";
import type { UpdateRule } from "./optimizers.ts";
import { updateGraph } from "./optimizers.ts";
import type { SamplingDecay } from "./scheduledSampling.ts";
import { ScheduledSampling } from "./scheduledSampling.ts";
import type { UpdatedNumbers } from "./tableRows.ts";
import { TableRows } from "./tableRows.ts";

/** The settings of all steps of a run. */
export interface TrainingStepOptions {
  readonly rule: UpdateRule;
  /** Gradients with a larger norm over all parameters are scaled down to it; 0 for no limit. */
  readonly clip: number;
  readonly labelSmoothing: number;
  /** Whether the loss is the mean over target tokens, or the sum divided by the sentences. */
  readonly lossPer: "token" | "sentence";
  readonly seed: number;
  /** The decay of scheduled sampling; none by default. */
  readonly scheduledSampling?: SamplingDecay | null;
  /** The weight of the guided alignment loss; null without guided alignment. */
  readonly guidedAlignmentWeight?: number | null;
  /** The weight of the doubly stochastic attention penalty: λ of Xu et al.; 0 for none. */
  readonly evenAttention?: number;
  /** Parameters that stay fixed. */
  readonly frozen?: readonly string[];
}

/** The measurements of a step. */
export interface StepResult {
  /** The optimised loss: with label smoothing, per token or per sentence. */
  readonly loss: number;
  /** Σ log p of the target tokens, in nats. */
  readonly logProbability: number;
  readonly tokens: number;
  readonly sourceTokens: number;
  readonly gradientNorm: number;
  /** Milliseconds for the gradients, and for clipping and update. */
  readonly time: { readonly gradients: number; readonly update: number };
}

/** A batch, or a part of one, of which gradients are computed. */
export interface GradientTask {
  readonly pairs: readonly IdPair[];
  /** The links of each pair, for guided alignment. */
  readonly links: readonly TokenLinks[];
  /** The step number, from 1; with the shard it determines dropout masks and sampled tokens. */
  readonly step: number;
  readonly shard: number;
  /** What the loss is divided by: the target tokens or the sentences of all batches of the step. */
  readonly per: number;
}

/** The measurements of a {@link GradientTask}. */
export interface GradientResult {
  readonly loss: number;
  /** Σ log p of the target tokens, in nats. */
  readonly logProbability: number;
}

interface StepPrograms {
  readonly gradients: Program;
  readonly norm: Program;
  readonly update: Program;
  readonly blend: Program;
}

interface StepParts {
  readonly sizes: ModelSizes;
  readonly options: TrainingStepOptions;
  readonly graph: TrainingGraph;
  readonly programs: StepPrograms;
  readonly sampling: ScheduledSampling | null;
}

/**
 * Gradients and update, in place: one graph writes the gradients into memory; another reads them
 * slice by slice and overwrites parameters and moments.
 */
export class TrainingStep {
  readonly graph: TrainingGraph;
  readonly parameters: Arena;
  readonly moments: readonly Arena[];
  readonly gradients: Arena;
  private readonly sizes: ModelSizes;
  private readonly options: TrainingStepOptions;
  private readonly programs: StepPrograms;
  private readonly sampling: ScheduledSampling | null;
  /** The tables of which only the rows of a batch are updated. */
  private readonly rows: readonly TableRows[];

  private constructor({ sizes, options, graph, programs, sampling }: StepParts) {
    this.sizes = sizes;
    this.options = options;
    this.graph = graph;
    this.programs = programs;
    this.sampling = sampling;
    this.parameters = this.newArena();
    this.gradients = this.newArena();
    this.moments = Array.from({ length: options.rule.moments }, () => this.newArena());
    this.rows = graph.lookups.map((lookup) => new TableRows(lookup, this));
  }

  /** Memory for numbers of all parameters. */
  newArena(): Arena {
    const { parameters, lookups } = this.graph;
    return new Arena(
      parameters,
      lookups.map(({ table }) => table),
    );
  }

  /**
   * Compiles the graphs and draws the first weights.
   *
   * @param profile where the runtime writes a profile of the gradients' graph; none by default.
   */
  static async create(
    runtime: Runtime,
    sizes: ModelSizes,
    options: TrainingStepOptions,
    profile?: string,
  ): Promise<TrainingStep> {
    const { labelSmoothing, frozen = [], scheduledSampling: decay, seed } = options;
    const guidedAlignment = isGuided(options);
    const evenAttention = isEven(options);
    const lookups = options.rule.isLazy ?? false;
    const forms = { labelSmoothing, guidedAlignment, evenAttention, frozen, lookups };
    const graph = trainingGraph(sizes, forms);
    const sampling = decay ? await ScheduledSampling.create(runtime, sizes, decay, seed) : null;
    const vector = (name: string) => input(name, "float32", ["part"]);
    const scalar = (name: string) => input(name, "float32", []);
    const rows = input("gradient", "float32", ["rows", rowSize]);
    const squares = reduceSum(multiply(rows, rows), 1);
    const blended = add(
      multiply(vector("average"), scalar("keep")),
      multiply(vector("parameter"), scalar("take")),
    );
    const programs = {
      gradients: await runtime.compile(emitModel("train", graph.outputs), {
        ...(profile !== undefined && { profile }),
      }),
      norm: await runtime.compile(emitModel("norm", { squares })),
      update: await runtime.compile(emitModel("update", updateGraph(options.rule))),
      blend: await runtime.compile(emitModel("average", { next_average: blended })),
    };
    const step = new TrainingStep({ sizes, options, graph, programs, sampling });
    for (const specification of graph.parameters) {
      const view = step.parameters.views.get(specification.name) as TensorValue;
      view.data.set(initialValues(specification, options.seed) as never);
    }
    return step;
  }

  /**
   * Runs one step.
   *
   * @param pairs        the ids of a batch.
   * @param step         the step number, from 1; determines the dropout masks and Adam's bias correction.
   * @param learningRate the learning rate of this step.
   * @param links        the links of each pair, for guided alignment.
   * @returns the measurements; if the loss is not finite, the parameters are unchanged.
   */
  async run(
    pairs: readonly IdPair[],
    step: number,
    learningRate: number,
    links: readonly TokenLinks[] = [],
  ): Promise<StepResult> {
    const start = performance.now();
    const count = tokensOf(pairs);
    const per = this.lossUnits(pairs);
    const task = { pairs, links, step, shard: 0, per };
    const { loss, logProbability } = await this.computeGradients(task, this.gradients);
    const between = performance.now();
    const all = { start: 0, end: this.gradients.sliceCount };
    const gradientNorm = Number.isFinite(loss) ? normOf(await this.squares(all)) : Number.NaN;
    if (Number.isFinite(gradientNorm)) await this.apply(all, { step, learningRate, gradientNorm });
    return {
      loss: Number.isFinite(gradientNorm) ? loss : Number.NaN,
      logProbability,
      ...count,
      gradientNorm,
      time: { gradients: between - start, update: performance.now() - between },
    };
  }

  /** What the loss of pairs is divided by, if they are all pairs of a step. */
  lossUnits(pairs: readonly IdPair[]): number {
    return this.options.lossPer === "token" ? tokensOf(pairs).tokens : pairs.length;
  }

  /**
   * The inputs of the gradients' graph, except the parameters: batch, dropout masks, and input tokens that the model with
   * its present parameters draws. They are the same at each call.
   */
  async feedsOf({ pairs, links, step, shard, per }: GradientTask): Promise<NamedValues> {
    const { values, sizes } = batchFeeds(pairs, this.sizes.reverseSource);
    const { sampling } = this;
    const draw = { seed: this.options.seed, step, shard };
    const mixed = sampling ? await sampling.mix(values, this.parameters.views, draw) : values;
    return {
      ...mixed,
      ...(isGuided(this.options) && this.guidance(pairs, links, sizes, per)),
      ...(isEven(this.options) && attentionMasks(pairs, sizes, this.options.evenAttention / per)),
      ...drawMasks(this.graph.masks, sizes, { rate: this.sizes.dropout, ...draw }),
      scale: tensorValue("float32", [], 1 / per),
      ...Object.fromEntries(this.rows.map((rows) => [rows.lookup.rows, rows.take(mixed)])),
    };
  }

  /** Computes gradients into an arena; those of a loss that is not finite are of no use. */
  async computeGradients(task: GradientTask, into: Arena): Promise<GradientResult> {
    const feeds = { ...(await this.feedsOf(task)), ...Object.fromEntries(this.parameters.views) };
    const fetches: Record<string, TensorValue> = {
      loss: tensorValue("float32", [], 0),
      log_probability: tensorValue("float32", [], 0),
    };
    // Frozen parameters have no gradient: their place keeps zeros, with which no rule changes a parameter.
    for (const [name, view] of into.views) {
      if (`gradient.${name}` in this.graph.outputs) fetches[`gradient.${name}`] = view;
    }
    for (const rows of this.rows) fetches[`gradient.${rows.lookup.table}`] = rows.gradient;
    const results = await this.programs.gradients.run(feeds, fetches);
    return {
      loss: Number(results["loss"]?.data[0]),
      logProbability: Number(results["log_probability"]?.data[0]),
    };
  }

  /**
   * The gradient of a parameter in the last step, before it was clipped. Of a table of which only the rows of a batch are
   * updated, it holds those rows.
   */
  gradientNumbers(name: string): Float32Array {
    const rows = this.rows.find(({ lookup }) => lookup.table === name);
    return (rows?.gradient ?? this.gradients.views.get(name))?.data as Float32Array;
  }

  /** A copy of {@link gradientNumbers} in the parameter's shape. */
  gradientOf(name: string): Float32Array<ArrayBuffer> {
    const rows = this.rows.find(({ lookup }) => lookup.table === name);
    return rows ? rows.wholeGradient() : new Float32Array(this.gradientNumbers(name));
  }

  /** The sum of the squares of the gradients of each slice; those of all tables' rows count as the last slice's. */
  async squares(range: SliceRange): Promise<Float32Array> {
    const sums = new Float32Array(range.end - range.start);
    const rowsOfSlice = this.gradients.sliceSize / rowSize;
    let slice = 0;
    for (const { dtype, data } of this.gradients.parts(this.denseOf(range))) {
      const count = data.length / rowSize;
      const squares = tensorValue("float32", [count], 0);
      const gradient = { dtype, shape: [count, rowSize], data };
      await this.programs.norm.run({ gradient }, { squares });
      for (let first = 0; first < count; first += rowsOfSlice) {
        sums[slice++] = sumOf(squares.data.subarray(first, first + rowsOfSlice) as Float32Array);
      }
    }
    if (this.rows.length > 0 && range.end === this.gradients.sliceCount) {
      sums[sums.length - 1] = sumOf(this.rows.map((rows) => rows.squares()));
    }
    return sums;
  }

  /** Updates parameters and moments of some slices in place, and the rows of tables with the last slice. */
  async apply(range: SliceRange, { step, learningRate, gradientNorm }: Update): Promise<void> {
    const { clip, rule } = this.options;
    const factor = clip > 0 && gradientNorm > clip ? clip / gradientNorm : 1;
    const scalars: Record<string, TensorValue> = {};
    for (const [name, value] of Object.entries(rule.scalars(step, learningRate, factor))) {
      scalars[name] = tensorValue("float32", [], value);
    }
    const dense = this.denseOf(range);
    const gradients = this.gradients.parts(dense);
    const moments = this.moments.map((arena) => arena.parts(dense));
    for (const [index, parameter] of this.parameters.parts(dense).entries()) {
      const gradient = gradients[index] as TensorValue;
      const own = moments.map((parts) => parts[index] as TensorValue);
      await this.update(scalars, { parameter, gradient, moments: own });
    }
    if (range.end < this.parameters.sliceCount) return;
    for (const rows of this.rows) {
      await rows.update((numbers) => this.update(scalars, numbers));
    }
  }

  private async update(
    scalars: NamedValues,
    { parameter, gradient, moments }: UpdatedNumbers,
  ): Promise<void> {
    const feeds: Record<string, TensorValue> = { ...scalars, parameter, gradient };
    const fetches: Record<string, TensorValue> = { next_parameter: parameter };
    for (const [number, moment] of moments.entries()) {
      feeds[`moment.${number}`] = moment;
      fetches[`next_moment.${number}`] = moment;
    }
    await this.programs.update.run(feeds, fetches);
  }

  private denseOf({ start, end }: SliceRange): SliceRange {
    const { denseCount } = this.parameters;
    return { start: Math.min(start, denseCount), end: Math.min(end, denseCount) };
  }

  /**
   * average ← keep·average + (1 − keep)·parameters, in place.
   *
   * @param range the slices to average; all by default.
   */
  async average(into: Arena, keep: number, range?: SliceRange): Promise<void> {
    const scalars = {
      keep: tensorValue("float32", [], keep),
      take: tensorValue("float32", [], 1 - keep),
    };
    const parameters = this.parameters.parts(range);
    for (const [index, average] of into.parts(range).entries()) {
      const feeds = { ...scalars, average, parameter: parameters[index] as TensorValue };
      await this.programs.blend.run(feeds, { next_average: average });
    }
    // keep·x + (1 − keep)·x equals x except for rounding errors, which would accumulate.
    for (const name of this.options.frozen ?? []) {
      const still = this.parameters.views.get(name);
      if (still) into.views.get(name)?.data.set(still.data as never);
    }
  }

  /** Frees the graphs' memory. */
  async release(): Promise<void> {
    for (const program of Object.values(this.programs) as Program[]) await program.release();
    await this.sampling?.release();
  }

  private guidance(
    pairs: readonly IdPair[],
    links: readonly TokenLinks[],
    sizes: Readonly<Record<string, number>>,
    per: number,
  ): NamedValues {
    const lengths = pairs.map(({ source }) => source.length);
    const weight = this.options.guidedAlignmentWeight as number;
    return {
      alignment: linkWeights(links, lengths, sizes, this.sizes.reverseSource),
      alignment_scale: tensorValue("float32", [], weight / per),
    };
  }
}

/** An update of the parameters. */
export interface Update {
  /** The number of the step, from 1; it determines Adam's bias correction. */
  readonly step: number;
  readonly learningRate: number;
  /** The norm of all gradients, by which they are clipped. */
  readonly gradientNorm: number;
}

/** The norm, from the sums of squares of all slices in order. */
export function normOf(squares: Float32Array): number {
  return Math.sqrt(sumOf(squares));
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const each of numbers) sum += each;
  return sum;
}

/** The tokens of pairs, each target with its end. */
export function tokensOf(pairs: readonly IdPair[]): { tokens: number; sourceTokens: number } {
  let [tokens, sourceTokens] = [0, 0];
  for (const { source, target } of pairs) {
    tokens += target.length + 1;
    sourceTokens += source.length;
  }
  return { tokens, sourceTokens };
}

function isEven<Options extends TrainingStepOptions>(
  options: Options,
): options is Options & { readonly evenAttention: number } {
  return (options.evenAttention ?? 0) > 0;
}

function isGuided({ guidedAlignmentWeight: weight }: TrainingStepOptions): boolean {
  return weight !== undefined && weight !== null;
}
