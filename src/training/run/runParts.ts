import type { DroppedPairs } from "../../data/droppedPairs.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { Ranks } from "../cluster/ranks.ts";
import { alone } from "../cluster/ranks.ts";
import type { AskedPairs } from "../corpus/askedPairs.ts";
import type { Prepared, PreparedData, RunSetting } from "../corpus/prepare.ts";
import { openData, prepareData } from "../corpus/prepare.ts";
import type { Plan } from "../plan/plan.ts";
import type { Arena } from "../step/arena.ts";
import { SharedStep } from "../step/sharedStep.ts";
import { TrainingStep } from "../step/trainingStep.ts";
import type { Tokenizers } from "../storage/model.ts";
import { DevBleu } from "./devBleu.ts";
import { DevSample } from "./devSample.ts";
import { DevScorer } from "./evaluate.ts";
import type { Beginning as FirstOrder } from "./orders.ts";
import { PairModel } from "./pairModel.ts";
import { Team } from "./team.ts";

/** A run to start or resume. */
export interface Run extends RunSetting {
  /** The runtime of gradients, updates and evaluations. */
  readonly runtime: Runtime;
  /** The start of a new run; null for a resumed run. */
  readonly beginning: Beginning | null;
  /** The processes that train together; this one alone by default. */
  readonly ranks?: Ranks;
}

/** The given vocabularies and initial weights of a new run. */
export interface Beginning {
  /** Vocabularies; null to learn them. */
  readonly tokenizers: Tokenizers | null;
  /** Changes the random initial weights. */
  initialize?(parameters: Arena, data: PreparedData, log: (line: string) => void): Promise<void>;
}

/** The data, graphs and weights of a run. */
export interface RunParts {
  /** The plan of the run, with the options that follow the corpus. */
  readonly plan: Plan;
  readonly data: PreparedData;
  /** The pairs that a new run has left out; none of a resumed one. */
  readonly dropped: readonly DroppedPairs[];
  readonly sizes: ModelSizes;
  readonly step: TrainingStep;
  /** The same step, shared out among ranks. */
  readonly shared: SharedStep;
  readonly team: Team;
  /** What the other ranks must know. */
  readonly firstOrder: FirstOrder;
  /** The running average of the weights, which is evaluated and kept instead of them; null for none. */
  readonly averages: Arena | null;
  readonly scorer: DevScorer;
  /** BLEU of the dev set, if it decides which weights are kept. */
  readonly devBleu: DevBleu | null;
  /** Translates a part of the dev set; null without `samples`. */
  readonly devSample: DevSample | null;
  /** Translates and scores the pairs of `watch`. */
  readonly watched: PairModel | null;
}

/**
 * Prepares the data and compiles the graphs of a run, with its first weights.
 *
 * @param log     receives a report, line by line.
 * @param proceed called before each write; an error from it ends the work.
 * @throws UserError if the data is invalid.
 */
export async function makeRunParts(
  run: Run,
  log: (line: string) => void,
  proceed: () => void,
): Promise<RunParts> {
  const { beginning } = run;
  const prepared = beginning
    ? await prepareData(run, log, proceed, beginning.tokenizers)
    : { plan: run.plan, data: await openData(run), dropped: [] };
  try {
    return await partsOf(run, prepared, log);
  } catch (error) {
    closeData(prepared.data);
    throw error;
  }
}

async function partsOf(
  { beginning, runtime, ranks = alone }: Run,
  { plan, data, dropped }: Prepared,
  log: (line: string) => void,
): Promise<RunParts> {
  const { options, configuration, rule, samplingDecay, frozen } = plan;
  const sizes: ModelSizes = {
    ...configuration,
    sourceFeatures: data.sourceFeatures,
    sourceVocabulary: data.source.size,
    targetVocabulary: data.target.size,
  };
  const { clip, labelSmoothing, lossPer, seed } = options;
  const settings = {
    clip,
    labelSmoothing,
    lossPer,
    seed,
    scheduledSampling: samplingDecay,
    frozen,
    evenAttention: options.evenAttention,
    guidedAlignmentWeight: data.links && options.guidedAlignmentWeight,
  };
  const step = await TrainingStep.create(runtime, sizes, { ...settings, rule });
  await beginning?.initialize?.(step.parameters, data, log);
  const averages = options.average > 0 ? step.newArena() : null;
  averages?.data.set(step.parameters.data);
  const scorer = await DevScorer.create(runtime, sizes);
  const weights = (averages ?? step.parameters).views;
  const team = new Team(ranks);
  const asking = (pairs: AskedPairs): Promise<PairModel> =>
    PairModel.create(runtime, { sizes, weights, tokenizers: data }, pairs, team);
  const { devPairs, watchedPairs } = data;
  const devBleu =
    devPairs && (await DevBleu.of(await asking(devPairs), data.target, options.bleuTokenizer, log));
  // A run of an earlier version may have stored a sample without pairs.
  const devSample =
    data.samplePairs &&
    data.samplePairs.pairs.length > 0 &&
    new DevSample(await asking(data.samplePairs), data.target, {
      shown: options.samples,
      tokenizer: options.bleuTokenizer,
    });
  const watched = watchedPairs && (await asking(watchedPairs));
  const shared = new SharedStep(step, ranks, options.shards);
  const tokenizers = { source: data.source.toJson(), target: data.target.toJson() };
  const firstOrder: FirstOrder = { kind: "begin", sizes, settings, options, tokenizers };
  const made = { plan, data, dropped, sizes, step, shared, team, firstOrder, averages };
  return { ...made, scorer, devBleu, devSample: devSample || null, watched };
}

/** All numbers that training changes, by their names in a checkpoint. */
export function arenasOf({
  step,
  averages,
}: Pick<RunParts, "step" | "averages">): Record<string, Arena> {
  const arenas: Record<string, Arena> = { parameter: step.parameters };
  step.moments.forEach((arena, index) => {
    arenas[`moment${index}`] = arena;
  });
  if (averages) arenas["average"] = averages;
  return arenas;
}

/** Frees the graphs' memory, and closes the files of the corpora. */
export async function releaseRunParts(parts: RunParts): Promise<void> {
  const { data, step, scorer, devBleu, devSample, watched } = parts;
  try {
    for (const part of [step, scorer, devBleu, devSample, watched]) await part?.release();
  } finally {
    closeData(data);
  }
}

function closeData({ train, dev, links }: PreparedData): void {
  for (const file of [train, dev, links]) file?.close();
}
