import { availableParallelism } from "node:os";
import type { StoredModel } from "../../modelFolder/modelFolder.ts";
import type { ModelConfiguration, ModelSizes } from "../../models/configuration.ts";
import { configure } from "../../models/configuration.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { mostThreads } from "../../runtime/runtime.ts";
import { UserError } from "../../tensor/errors.ts";
import type { AskedPairs } from "../node/askedPairs.ts";
import { checkAlignedSides } from "../node/guidedAlignment.ts";
import { checkMemory } from "../node/memory.ts";
import type { PreparedData } from "../node/prepare.ts";
import { openData, prepareData } from "../node/prepare.ts";
import { checkEmbeddedSides, frozenParameters, takeVectors } from "../node/pretrained.ts";
import { takeWeights } from "../node/startingModel.ts";
import type { FullTrainOptions } from "../plan/options.ts";
import { Arena } from "../step/arena.ts";
import { updateRule } from "../step/optimizers.ts";
import { parseSamplingDecay } from "../step/scheduledSampling.ts";
import { checkSchedule, parseSchedule } from "../step/schedules.ts";
import { TrainingStep } from "../step/trainingStep.ts";
import { DevBleu } from "./devBleu.ts";
import { DevScorer } from "./evaluate.ts";
import { PairModel } from "./pairModel.ts";

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
  /** Asked about the pairs of `--watch`. */
  readonly watched: PairModel | null;
}

/**
 * Prepares the data and compiles the graphs of a run, with its first weights. All that can be wrong with
 * the options is found before any work is done.
 *
 * @param start the model that the run starts from; null for one of random weights.
 * @param log     takes a report, line by line.
 * @param proceed is called before anything is written; what it throws ends the work.
 * @throws UserError if the data or an option is wrong.
 */
export async function makeRunParts(
  options: FullTrainOptions,
  isResumed: boolean,
  start: StoredModel | null,
  log: (line: string) => void,
  proceed: () => void,
): Promise<RunParts> {
  const rule = updateRule(options.optimizer, options);
  const configuration = configure(options.preset, options.model);
  checkOptions(options, configuration);
  const { device, scheduledSampling: sampling } = options;
  // A run may go on where there are fewer processors; threads never change a number.
  const threads = isResumed ? usableThreads(options.threads) : options.threads;
  const decay = sampling === undefined ? null : parseSamplingDecay(sampling);
  const runtime = nodeRuntime({ device, ...(threads && { threads }) });
  const data = isResumed
    ? await openData(options, configuration)
    : await prepareData(options, configuration, log, proceed, start);
  const sizes: ModelSizes = {
    ...configuration,
    sourceFeatures: data.sourceFeatures,
    sourceVocabulary: data.source.size,
    targetVocabulary: data.target.size,
  };
  const { clip, labelSmoothing, lossPer, seed } = options;
  const step = await TrainingStep.create(runtime, nodeRuntime({ threads: 1 }), sizes, {
    rule,
    clip,
    labelSmoothing,
    lossPer,
    seed,
    scheduledSampling: decay,
    frozen: frozenParameters(options),
    evenAttention: options.evenAttention,
    guidedAlignmentWeight: data.links && options.guidedAlignmentWeight,
  });
  if (start) takeWeights(start, step.parameters);
  if (!isResumed) await takeVectors(options, data, step.parameters, log);
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

function usableThreads(threads: number | undefined): number | undefined {
  return threads && Math.min(threads, mostThreads(availableParallelism()));
}

function checkOptions(options: FullTrainOptions, configuration: ModelConfiguration): void {
  checkMemory(configuration);
  checkSchedule(parseSchedule(options.schedule), options);
  checkEmbeddedSides(options, configuration);
  checkAlignedSides(options, configuration);
  if (options.evenAttention > 0 && configuration.attention === "none") {
    throw new UserError(
      `--even-attention ${options.evenAttention}: a model without attention looks nowhere; leave it out, or choose another --attention.`,
    );
  }
  if (options.keepBest === "bleu" && !options.dev) {
    throw new UserError("--keep-best bleu: give a --dev set to measure it on.");
  }
  if (options.keepBest !== "bleu" && options.bleuTokenizer !== undefined) {
    throw new UserError(
      `--bleu-tokenizer ${options.bleuTokenizer}: BLEU is not measured; add --keep-best bleu, or leave it out.`,
    );
  }
  if (options.keepBest === "none" && !options.dev) {
    throw new UserError(
      "--keep-best none: without a --dev set the last weights are kept anyway; leave it out.",
    );
  }
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
