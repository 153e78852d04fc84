import type { ModelSizes } from "../../models/configuration.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { AskedPairs } from "../corpus/askedPairs.ts";
import type { PreparedData, RunSetting } from "../corpus/prepare.ts";
import { openData, prepareData } from "../corpus/prepare.ts";
import { Arena } from "../step/arena.ts";
import { TrainingStep } from "../step/trainingStep.ts";
import type { Tokenizers } from "../storage/model.ts";
import { DevBleu } from "./devBleu.ts";
import { DevScorer } from "./evaluate.ts";
import { PairModel } from "./pairModel.ts";

/** A run that is to be made, or to go on. */
export interface Run extends RunSetting {
  /** Where gradients and evaluations are computed. */
  readonly runtime: Runtime;
  /** Where parameters are updated: with one thread, as those of `runtime` wait actively. */
  readonly updateRuntime: Runtime;
  /** How a new run begins; null for one that goes on. */
  readonly beginning: Beginning | null;
}

/** What a new run does not draw or learn by itself. */
export interface Beginning {
  /** Vocabularies; they are learned where this is null. */
  readonly tokenizers: Tokenizers | null;
  /** Changes the weights that were drawn. */
  initialize?(parameters: Arena, data: PreparedData, log: (line: string) => void): Promise<void>;
}

/** What a run works with. */
export interface RunParts {
  readonly data: PreparedData;
  readonly sizes: ModelSizes;
  readonly step: TrainingStep;
  /** The running average of the weights, which is what is measured and kept; null for none. */
  readonly averages: Arena | null;
  readonly scorer: DevScorer;
  /** Measured if it says which weights are kept. */
  readonly devBleu: DevBleu | null;
  /** Asked about the pairs of `watch`. */
  readonly watched: PairModel | null;
}

/**
 * Prepares the data and compiles the graphs of a run, with its first weights.
 *
 * @param log     takes a report, line by line.
 * @param proceed is called before anything is written; what it throws ends the work.
 * @throws UserError if the data is wrong.
 */
export async function makeRunParts(
  run: Run,
  log: (line: string) => void,
  proceed: () => void,
): Promise<RunParts> {
  const { plan, beginning, runtime, updateRuntime } = run;
  const { options, configuration, rule, samplingDecay, frozen } = plan;
  const data = beginning
    ? await prepareData(run, log, proceed, beginning.tokenizers)
    : await openData(run);
  const sizes: ModelSizes = {
    ...configuration,
    sourceFeatures: data.sourceFeatures,
    sourceVocabulary: data.source.size,
    targetVocabulary: data.target.size,
  };
  const { clip, labelSmoothing, lossPer, seed } = options;
  const step = await TrainingStep.create(runtime, updateRuntime, sizes, {
    rule,
    clip,
    labelSmoothing,
    lossPer,
    seed,
    scheduledSampling: samplingDecay,
    frozen,
    evenAttention: options.evenAttention,
    guidedAlignmentWeight: data.links && options.guidedAlignmentWeight,
  });
  await beginning?.initialize?.(step.parameters, data, log);
  const averages = options.average > 0 ? new Arena(step.graph.parameters) : null;
  averages?.data.set(step.parameters.data);
  const scorer = await DevScorer.create(runtime, sizes);
  const weights = (averages ?? step.parameters).views;
  const asking = (pairs: AskedPairs): Promise<PairModel> =>
    PairModel.create(runtime, sizes, weights, data, pairs);
  const { devPairs, watchedPairs } = data;
  const devBleu =
    devPairs && (await DevBleu.of(await asking(devPairs), data.target, options.bleuTokenizer, log));
  const watched = watchedPairs && (await asking(watchedPairs));
  return { data, sizes, step, averages, scorer, devBleu, watched };
}

/** All numbers that training changes, by the names that they have in a checkpoint. */
export function arenasOf({ step, averages }: RunParts): Record<string, Arena> {
  const arenas: Record<string, Arena> = { parameter: step.parameters };
  step.moments.forEach((arena, index) => {
    arenas[`moment${index}`] = arena;
  });
  if (averages) arenas["average"] = averages;
  return arenas;
}

/** Frees the graphs' memory. */
export async function releaseRunParts({ step, scorer, devBleu, watched }: RunParts): Promise<void> {
  for (const part of [step, scorer, devBleu, watched]) await part?.release();
}
