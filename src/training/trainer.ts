/** @file A training run from its options to the model on disk. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { StoredModel } from "../checkpoint/modelFolder.ts";
import { writeFileAtomically } from "../checkpoint/nodeFiles.ts";
import { writeModel } from "../checkpoint/nodeModelFolder.ts";
import { batches, countBatches } from "../data/batches.ts";
import type { EncodedPair } from "../data/corpusFile.ts";
import { perplexity } from "../evaluation/perplexity.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { configure } from "../models/configuration.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { UserError } from "../tensor/errors.ts";
import { Arena } from "./arena.ts";
import { DevScorer, DevTranslator } from "./evaluate.ts";
import { checkAlignedSides } from "./guidedAlignment.ts";
import { keepCheckpoint } from "./keptCheckpoints.ts";
import { updateRule } from "./optimizers.ts";
import type { FullTrainOptions, TrainOptions } from "./options.ts";
import type { PreparedData } from "./prepare.ts";
import { openData, prepareData } from "./prepare.ts";
import {
  checkEmbeddedSides,
  frozenParameters,
  takeVectors,
  withEmbeddingSize,
} from "./pretrained.ts";
import { Beginnings, checkNewRun, resumedOptions, runPath } from "./runFolder.ts";
import { parseSamplingDecay } from "./scheduledSampling.ts";
import { checkSchedule, parseSchedule, plateauOf, scheduleFactor } from "./schedules.ts";
import { takeWeights, withStartingModel } from "./startingModel.ts";
import type { TrainingState } from "./state.ts";
import { checkpointPath, initialState, loadCheckpoint, saveCheckpoint } from "./state.ts";
import { TrainingStep } from "./trainingStep.ts";
import { Watcher } from "./watch.ts";

/** Steps from one update of the running average to the next. */
const averageEvery = 16;
/** Seconds after which a checkpoint is written between evaluations. */
const checkpointEvery = 300;

/** How a run is going, for a display. */
export interface TrainingProgress {
  readonly step: number;
  readonly epoch: number;
  /** The part of the current epoch that is done, 0 to 1. */
  readonly epochPart: number;
  readonly loss: number;
  /** Of the training tokens since the last evaluation, dropout included. */
  readonly perplexity: number;
  readonly learningRate: number;
  readonly tokensPerSecond: number;
  readonly seconds: number;
  /** Seconds until the nearest limit, as far as one is set. */
  readonly secondsLeft: number | null;
}

/** What an evaluation found. */
export interface EvaluationResult {
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly trainPerplexity: number;
  readonly devPerplexity: number | null;
  readonly devBleu: number | null;
  readonly learningRate: number;
  readonly isBest: boolean;
}

/** What goes on around a run. */
export interface TrainHooks {
  log?(line: string): void;
  onProgress?(progress: TrainingProgress): void;
  onEvaluation?(result: EvaluationResult): void;
  /** Stops after the current step, with a checkpoint. */
  readonly signal?: AbortSignal;
}

/** How a run ended. */
export interface TrainResult {
  readonly out: string;
  readonly steps: number;
  readonly seconds: number;
  readonly bestStep: number;
  readonly devPerplexity: number | null;
  readonly reason: "limit" | "patience" | "interrupted";
}

/**
 * Trains a model on pairs of sentences, or goes on with a run.
 *
 * @param options with `resume`, only `out` is needed, and limits may be given anew.
 * @throws UserError if the data or an option is wrong, or the loss is not finite any more.
 */
export async function train(
  options: TrainOptions | ({ readonly out: string; readonly resume: true } & Partial<TrainOptions>),
  hooks: TrainHooks = {},
): Promise<TrainResult> {
  const isResumed = "resume" in options && options.resume;
  const { options: given, start } = isResumed
    ? { options: await resumedOptions(options), start: null }
    : await withStartingModel(options as TrainOptions);
  if (!isResumed) checkNewRun(given);
  const full = isResumed ? given : await withEmbeddingSize(given);
  const beginnings = new Beginnings(full.out);
  let trainer: Trainer;
  try {
    trainer = await Trainer.create(full, isResumed, start, hooks);
  } catch (error) {
    if (!isResumed) await beginnings.remove();
    throw error;
  }
  return trainer.run();
}

class Trainer {
  private readonly options: FullTrainOptions;
  private readonly hooks: TrainHooks;
  private readonly data: PreparedData;
  private readonly sizes: ModelSizes;
  private readonly step: TrainingStep;
  private readonly averages: Arena | null;
  private readonly scorer: DevScorer;
  private readonly translator: DevTranslator | null;
  private readonly watcher: Watcher | null;
  private readonly state: TrainingState;
  private readonly batchesPerEpoch: number;
  private lastCheckpoint = performance.now();
  private clock = performance.now();
  private devPerplexity: number | null = null;
  /** What the run writes down as lines of JSON: its evaluations, and the pairs it watches. */
  private readonly lines: Record<"metrics" | "watched", string[]> = { metrics: [], watched: [] };

  private constructor(parts: {
    options: FullTrainOptions;
    hooks: TrainHooks;
    data: PreparedData;
    sizes: ModelSizes;
    step: TrainingStep;
    averages: Arena | null;
    scorer: DevScorer;
    translator: DevTranslator | null;
    watcher: Watcher | null;
    state: TrainingState;
  }) {
    this.options = parts.options;
    this.hooks = parts.hooks;
    this.data = parts.data;
    this.sizes = parts.sizes;
    this.step = parts.step;
    this.averages = parts.averages;
    this.scorer = parts.scorer;
    this.translator = parts.translator;
    this.watcher = parts.watcher;
    this.state = parts.state;
    this.batchesPerEpoch = countBatches(this.data.train, this.batchOptions());
  }

  static async create(
    options: FullTrainOptions,
    isResumed: boolean,
    start: StoredModel | null,
    hooks: TrainHooks,
  ): Promise<Trainer> {
    const log = hooks.log ?? (() => {});
    // All that can be wrong with the options is found before any work is done.
    const rule = updateRule(options.optimizer);
    const configuration = configure(options.preset, options.model);
    checkSchedule(parseSchedule(options.schedule), options.steps);
    checkEmbeddedSides(options, configuration);
    checkAlignedSides(options, configuration);
    const { scheduledSampling: sampling } = options;
    const decay = sampling === undefined ? null : parseSamplingDecay(sampling);
    if (options.keepBest === "bleu" && !options.dev) {
      throw new UserError("--keep-best bleu: give a --dev set to measure it on.");
    }
    const { device, threads } = options;
    const runtime = nodeRuntime({ device, ...(threads && { threads }) });
    const data = isResumed
      ? await openData(options, configuration)
      : await prepareData(options, configuration, log, start);
    const sizes: ModelSizes = {
      ...configuration,
      sourceFeatures: data.sourceFeatures,
      sourceVocabulary: data.source.size,
      targetVocabulary: data.target.size,
    };
    const { clip, labelSmoothing, lossPer, seed } = options;
    const step = await TrainingStep.create(runtime, nodeRuntime({ threads: 1 }), sizes, {
      ...{ rule, clip, labelSmoothing, lossPer, seed, scheduledSampling: decay },
      frozen: frozenParameters(options),
      guidedAlignmentWeight: data.links && options.guidedAlignmentWeight,
    });
    if (start) takeWeights(start, step.parameters);
    if (!isResumed) await takeVectors(options, data, step.parameters, log);
    const averages = options.average > 0 ? new Arena(step.graph.parameters) : null;
    averages?.data.set(step.parameters.data);
    const scorer = await DevScorer.create(runtime, sizes);
    const { dev, keepBest } = options;
    const weights = (averages ?? step.parameters).views;
    const translator =
      dev && keepBest === "bleu"
        ? await DevTranslator.create(runtime, sizes, weights, data, dev)
        : null;
    const watcher =
      options.watch && (await Watcher.create(runtime, sizes, weights, data, options.watch));
    const state = initialState();
    const parts = {
      ...{ options, hooks, data, sizes, step, averages, scorer, translator, state },
      watcher: watcher ?? null,
    };
    const trainer = new Trainer(parts);
    if (isResumed) {
      Object.assign(trainer.state, await loadCheckpoint(options.out, trainer.arenas()));
      await trainer.forgetLaterLines();
      log(`Going on from step ${trainer.state.step}.`);
    } else {
      const json = `${JSON.stringify(options, null, 2)}\n`;
      await writeFileAtomically(runPath(options.out, "options"), [new TextEncoder().encode(json)]);
      await trainer.writeLines();
      await saveCheckpoint(options.out, trainer.arenas(), trainer.state);
    }
    const numbers = step.graph.parameters.reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    log(
      `${sizes.preset}: ${numbers.toLocaleString("en")} parameters; ${trainer.batchesPerEpoch.toLocaleString("en")} batches an epoch.`,
    );
    return trainer;
  }

  async run(): Promise<TrainResult> {
    this.clock = performance.now();
    let reason: TrainResult["reason"] | null = this.limitReached() ? "limit" : null;
    while (!reason) {
      const options = { ...this.batchOptions(), skip: this.state.batch };
      for (const { pairs } of batches(this.data.train, options)) {
        await this.trainBatch(pairs);
        if (this.state.step % (this.options.evaluateEvery ?? Number.POSITIVE_INFINITY) === 0) {
          reason = await this.evaluate();
        } else if (performance.now() - this.lastCheckpoint > checkpointEvery * 1000) {
          await this.save();
        }
        reason ??= this.limitReached() ? "limit" : null;
        if (this.hooks.signal?.aborted) reason = "interrupted";
        if (reason) break;
      }
      if (reason && this.state.batch < this.batchesPerEpoch) break;
      this.state.epoch++;
      this.state.batch = 0;
      if (!this.options.evaluateEvery) reason = (await this.evaluate()) ?? reason;
      reason ??= this.limitReached() ? "limit" : null;
    }
    if (reason !== "interrupted" && this.state.evaluatedStep !== this.state.step)
      await this.evaluate();
    await this.save();
    await this.step.release();
    await this.scorer.release();
    await this.translator?.release();
    await this.watcher?.release();
    return {
      ...{ out: this.options.out, steps: this.state.step, seconds: this.state.seconds },
      ...{ bestStep: this.state.bestStep, devPerplexity: this.devPerplexity, reason },
    };
  }

  private async trainBatch(pairs: readonly EncodedPair[]): Promise<void> {
    const { state } = this;
    const start = performance.now();
    const step = state.step + 1;
    const learningRate = this.learningRate(step);
    const { links } = this.data;
    const own = links ? pairs.map(({ number }) => links.of(number)) : [];
    const result = await this.step.run(pairs, step, learningRate, own);
    if (!Number.isFinite(result.loss)) {
      throw new UserError(
        `The loss became ${result.loss} at step ${step}; the checkpoint of an earlier step is kept in ${checkpointPath(this.options.out)}. Train again with a lower --learning-rate or --clip.`,
      );
    }
    state.step = step;
    state.batch++;
    state.logProbability += result.logProbability;
    state.tokens += result.tokens;
    if (this.averages && step % averageEvery === 0) {
      // At the beginning the average forgets faster, since it started from random weights.
      const updates = step / averageEvery;
      await this.step.average(
        this.averages,
        Math.min(this.options.average, updates / (updates + 9)),
      );
    }
    this.tick();
    this.hooks.onProgress?.({
      ...{ step, epoch: state.epoch, epochPart: state.batch / this.batchesPerEpoch },
      ...{ loss: result.loss, learningRate, seconds: state.seconds },
      perplexity: perplexity(state.logProbability, state.tokens),
      tokensPerSecond: (result.tokens * 1000) / (performance.now() - start),
      secondsLeft: this.secondsLeft(),
    });
  }

  /** Measures the dev set, keeps the weights if they are the best, and says whether to stop. */
  private async evaluate(): Promise<TrainResult["reason"] | null> {
    const { state, options } = this;
    const weights = (this.averages ?? this.step.parameters).views;
    const trainPerplexity = perplexity(state.logProbability, Math.max(1, state.tokens));
    let score = -trainPerplexity;
    let devPerplexity: number | null = null;
    if (this.data.dev) {
      const dev = await this.scorer.score(this.data.dev, weights);
      devPerplexity = perplexity(dev.logProbability, dev.tokens);
      score = -devPerplexity;
    }
    const devBleu = (await this.translator?.bleu(this.data.target.isLowercase)) ?? null;
    if (devBleu !== null) score = devBleu;
    const learningRate = this.learningRate(state.step);
    // Without a dev set the last weights are kept.
    const isBest = !this.data.dev || state.bestScore === null || score > state.bestScore;
    state.evaluatedStep = state.step;
    state.logProbability = 0;
    state.tokens = 0;
    this.tick();
    const summary = {
      ...{ steps: state.step, epochs: state.epoch, seconds: Math.round(state.seconds) },
      ...(devPerplexity !== null && { devPerplexity }),
      ...(devBleu !== null && { devBleu }),
    };
    const { source, target } = this.data;
    const evaluated = { sizes: this.sizes, weights, source, target, summary };
    await keepCheckpoint(options.out, options.keepCheckpoints, evaluated);
    if (isBest) {
      Object.assign(state, { bestScore: score, bestStep: state.step });
      Object.assign(state, { evaluationsSinceBest: 0, evaluationsSinceReduction: 0 });
      this.devPerplexity = devPerplexity;
      await writeModel(options.out, this.sizes, weights, summary);
    } else {
      state.evaluationsSinceBest++;
      state.evaluationsSinceReduction++;
      const plateau = plateauOf(parseSchedule(options.schedule));
      if (plateau && state.evaluationsSinceReduction >= plateau.patience) {
        state.reductions++;
        state.evaluationsSinceReduction = 0;
      }
    }
    const result: EvaluationResult = {
      ...{ step: state.step, epoch: state.epoch, seconds: state.seconds },
      ...{ trainPerplexity, devPerplexity, devBleu, learningRate, isBest },
    };
    this.lines.metrics.push(JSON.stringify(result));
    const looks = (await this.watcher?.look(state.step, state.seconds)) ?? [];
    this.lines.watched.push(...looks.map((look) => JSON.stringify(look)));
    await this.writeLines();
    await this.save();
    this.hooks.onEvaluation?.(result);
    const isTired = options.patience > 0 && state.evaluationsSinceBest >= options.patience;
    return isTired ? "patience" : null;
  }

  private learningRate(step: number): number {
    const base = this.options.learningRate ?? updateRule(this.options.optimizer).learningRate;
    const { epoch, batch, reductions } = this.state;
    const { schedule, steps } = this.options;
    const epochPart = batch / this.batchesPerEpoch;
    return (
      base * scheduleFactor(parseSchedule(schedule), { step, epoch, epochPart, reductions, steps })
    );
  }

  private batchOptions(): Parameters<typeof batches>[1] {
    const { batch, batchTokens, seed } = this.options;
    const epoch = this.state?.epoch ?? 0;
    return { size: batch, seed, epoch, ...(batchTokens && { tokens: batchTokens }) };
  }

  private limitReached(): boolean {
    const { epochs, steps, minutes } = this.options;
    const { state } = this;
    return (
      (epochs !== undefined && state.epoch >= epochs) ||
      (steps !== undefined && state.step >= steps) ||
      (minutes !== undefined && state.seconds >= minutes * 60)
    );
  }

  private secondsLeft(): number | null {
    const { epochs, steps, minutes } = this.options;
    const { state } = this;
    const perStep = state.seconds / Math.max(1, state.step);
    const left = [
      epochs &&
        (epochs * this.batchesPerEpoch - state.epoch * this.batchesPerEpoch - state.batch) *
          perStep,
      steps && (steps - state.step) * perStep,
      minutes && minutes * 60 - state.seconds,
    ].filter((value) => value !== undefined) as number[];
    return left.length > 0 ? Math.max(0, Math.min(...left)) : null;
  }

  private tick(): void {
    const now = performance.now();
    this.state.seconds += (now - this.clock) / 1000;
    this.clock = now;
  }

  private arenas(): Record<string, Arena> {
    const arenas: Record<string, Arena> = { parameter: this.step.parameters };
    this.step.moments.forEach((arena, index) => {
      arenas[`moment${index}`] = arena;
    });
    if (this.averages) arenas["average"] = this.averages;
    return arenas;
  }

  private async save(): Promise<void> {
    await saveCheckpoint(this.options.out, this.arenas(), this.state);
    this.lastCheckpoint = performance.now();
  }

  /** Anew as a whole, so that no line is ever cut short. */
  private async writeLines(): Promise<void> {
    for (const file of ["metrics", "watched"] as const) {
      if (file === "watched" && !this.watcher) continue;
      const text = this.lines[file].map((line) => `${line}\n`).join("");
      await writeFileAtomically(runPath(this.options.out, file), [new TextEncoder().encode(text)]);
    }
  }

  /** A run that was killed may have written lines of steps that are about to be made again. */
  private async forgetLaterLines(): Promise<void> {
    for (const file of ["metrics", "watched"] as const) {
      const path = runPath(this.options.out, file);
      const lines = existsSync(path) ? (await readFile(path, "utf8")).split("\n") : [];
      this.lines[file] = lines.filter((line) => {
        try {
          return (JSON.parse(line) as { readonly step: number }).step <= this.state.step;
        } catch {
          return false;
        }
      });
    }
    await this.writeLines();
  }
}
