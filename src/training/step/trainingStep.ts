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
import { Arena, sliceSize } from "./arena.ts";
import { attentionMasks } from "./evenAttention.ts";
import { linkWeights } from "./linkWeights.ts";
import { drawMasks } from "./masks.ts";
import type { UpdateRule } from "./optimizers.ts";
import { updateGraph } from "./optimizers.ts";
import type { SamplingDecay } from "./scheduledSampling.ts";
import { ScheduledSampling } from "./scheduledSampling.ts";

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

/** The runtimes of a step. */
export interface StepRuntimes {
  readonly gradients: Runtime;
  /**
   * With one thread: the waiting threads of the other runtime would slow down more, and memory bandwidth is the limit.
   */
  readonly updates: Runtime;
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
  private readonly sizes: ModelSizes;
  private readonly options: TrainingStepOptions;
  private readonly gradients: Arena;
  private readonly programs: StepPrograms;
  private readonly sampling: ScheduledSampling | null;

  private constructor({ sizes, options, graph, programs, sampling }: StepParts) {
    this.sizes = sizes;
    this.options = options;
    this.graph = graph;
    this.programs = programs;
    this.sampling = sampling;
    this.parameters = new Arena(graph.parameters);
    this.gradients = new Arena(graph.parameters);
    this.moments = Array.from({ length: options.rule.moments }, () => new Arena(graph.parameters));
  }

  /**
   * Compiles the graphs and draws the first weights.
   *
   * @param profile where the runtime writes a profile of the gradients' graph; none by default.
   */
  static async create(
    runtimes: StepRuntimes,
    sizes: ModelSizes,
    options: TrainingStepOptions,
    profile?: string,
  ): Promise<TrainingStep> {
    const { labelSmoothing, frozen = [], scheduledSampling: decay, seed } = options;
    const guidedAlignment = isGuided(options);
    const evenAttention = isEven(options);
    const graph = trainingGraph(sizes, { labelSmoothing, guidedAlignment, evenAttention, frozen });
    const sampling = decay
      ? await ScheduledSampling.create(runtimes.gradients, sizes, decay, seed)
      : null;
    const vector = (name: string) => input(name, "float32", [sliceSize]);
    const scalar = (name: string) => input(name, "float32", []);
    const gradientSlice = vector("gradient");
    const squares = add(scalar("sum"), reduceSum(multiply(gradientSlice, gradientSlice)));
    const blended = add(
      multiply(vector("average"), scalar("keep")),
      multiply(vector("parameter"), scalar("take")),
    );
    const programs = {
      gradients: await runtimes.gradients.compile(emitModel("train", graph.outputs), {
        ...(profile !== undefined && { profile }),
      }),
      norm: await runtimes.updates.compile(emitModel("norm", { next: squares })),
      update: await runtimes.updates.compile(
        emitModel("update", updateGraph(options.rule, sliceSize)),
      ),
      blend: await runtimes.updates.compile(emitModel("average", { next_average: blended })),
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
    const { values, sizes } = batchFeeds(pairs, this.sizes.reverseSource);
    const tokens = sizes["tokens"] as number;
    const per = this.options.lossPer === "token" ? tokens : pairs.length;
    const { sampling } = this;
    const mixed = sampling ? await sampling.mix(values, this.parameters.views, step) : values;
    const feeds = {
      ...mixed,
      ...(isGuided(this.options) && this.guidance(pairs, links, sizes, per)),
      ...(isEven(this.options) && attentionMasks(pairs, sizes, this.options.evenAttention / per)),
      ...drawMasks(this.graph.masks, sizes, {
        rate: this.sizes.dropout,
        seed: this.options.seed,
        step,
      }),
      scale: tensorValue("float32", [], 1 / per),
      ...Object.fromEntries(this.parameters.views),
    };
    const fetches: Record<string, TensorValue> = {
      loss: tensorValue("float32", [], 0),
      log_probability: tensorValue("float32", [], 0),
    };
    // Frozen parameters have no gradient: their place keeps zeros, with which no rule changes a parameter.
    for (const [name, view] of this.gradients.views) {
      if (`gradient.${name}` in this.graph.outputs) fetches[`gradient.${name}`] = view;
    }
    const results = await this.programs.gradients.run(feeds, fetches);
    const between = performance.now();
    const loss = Number(results["loss"]?.data[0]);
    const gradientNorm = Number.isFinite(loss) ? await this.gradientNorm() : Number.NaN;
    if (Number.isFinite(gradientNorm)) await this.apply(step, learningRate, gradientNorm);
    return {
      loss: Number.isFinite(gradientNorm) ? loss : Number.NaN,
      logProbability: Number(results["log_probability"]?.data[0]),
      tokens,
      sourceTokens: pairs.reduce((sum, { source }) => sum + source.length, 0),
      gradientNorm,
      time: { gradients: between - start, update: performance.now() - between },
    };
  }

  /** average ← keep·average + (1 − keep)·parameters, in place. */
  async average(into: Arena, keep: number): Promise<void> {
    const scalars = {
      keep: tensorValue("float32", [], keep),
      take: tensorValue("float32", [], 1 - keep),
    };
    const parameters = this.parameters.slices();
    for (const [index, average] of into.slices().entries()) {
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

  private async gradientNorm(): Promise<number> {
    const sum = tensorValue("float32", [], 0);
    for (const gradient of this.gradients.slices()) {
      await this.programs.norm.run({ sum, gradient }, { next: sum });
    }
    return Math.sqrt(Number(sum.data[0]));
  }

  private async apply(step: number, learningRate: number, gradientNorm: number): Promise<void> {
    const { clip, rule } = this.options;
    const scalars: Record<string, TensorValue> = {
      clip: tensorValue("float32", [], clip > 0 && gradientNorm > clip ? clip / gradientNorm : 1),
    };
    for (const [name, value] of Object.entries(rule.scalars(step, learningRate))) {
      scalars[name] = tensorValue("float32", [], value);
    }
    const gradients = this.gradients.slices();
    const moments = this.moments.map((arena) => arena.slices());
    for (const [index, parameter] of this.parameters.slices().entries()) {
      const feeds: Record<string, TensorValue> = {
        ...scalars,
        parameter,
        gradient: gradients[index] as TensorValue,
      };
      const fetches: Record<string, TensorValue> = { next_parameter: parameter };
      moments.forEach((slices, number) => {
        feeds[`moment.${number}`] = slices[index] as TensorValue;
        fetches[`next_moment.${number}`] = slices[index] as TensorValue;
      });
      await this.programs.update.run(feeds, fetches);
    }
  }
}

function isEven<Options extends TrainingStepOptions>(
  options: Options,
): options is Options & { readonly evenAttention: number } {
  return (options.evenAttention ?? 0) > 0;
}

function isGuided({ guidedAlignmentWeight: weight }: TrainingStepOptions): boolean {
  return weight !== undefined && weight !== null;
}
