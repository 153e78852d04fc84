/** @file A training run from its options to the model on disk. */

import { batches, countBatches } from "../../data/batches.ts";
import type { EncodedPair } from "../../data/corpusFile.ts";
import { perplexity } from "../../evaluation/perplexity.ts";
import { writeFileAtomically } from "../../files/nodeFiles.ts";
import type { StoredModel } from "../../modelFolder/modelFolder.ts";
import { readModel, writeModel } from "../../modelFolder/nodeModelFolder.ts";
import {
  areFinite,
  Divergence,
  noteDivergence,
  notFinite,
  takeDivergenceNote,
} from "../node/divergence.ts";
import { keepCheckpoint } from "../node/keptCheckpoints.ts";
import { withEmbeddingSize } from "../node/pretrained.ts";
import type { RunChecksums } from "../node/runChecksums.ts";
import { checksumsOf, verifyFiles } from "../node/runChecksums.ts";
import {
  Beginnings,
  checkNewRun,
  missingFolders,
  removeEmptyFolders,
  removeHalves,
  resumedOptions,
  runPath,
} from "../node/runFolder.ts";
import { RunLines } from "../node/runLines.ts";
import { RunLock } from "../node/runLock.ts";
import { withStartingModel } from "../node/startingModel.ts";
import type { FullTrainOptions, TrainOptions } from "../plan/options.ts";
import { updateRule } from "../step/optimizers.ts";
import { parseSchedule, plateauOf, scheduleFactor } from "../step/schedules.ts";
import { bestScoreOf, isBetter } from "./bestScore.ts";
import { checkData } from "./checkData.ts";
import type { EvaluationResult, TrainHooks, TrainResult } from "./events.ts";
import { isLimitReached, partDone, secondsLeft } from "./limits.ts";
import type { RunParts } from "./runParts.ts";
import { arenasOf, makeRunParts, releaseRunParts } from "./runParts.ts";
import type { TrainingState } from "./state.ts";
import { initialState, readCheckpoint, saveCheckpoint, takeCheckpoint } from "./state.ts";
import { look } from "./watch.ts";

/** Steps from one update of the running average to the next. */
const averageEvery = 16;
/** Seconds after which a checkpoint is written between evaluations. */
const checkpointEvery = 300;

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
    : await withStartingModel(options as TrainOptions, hooks.log);
  if (!isResumed) checkNewRun(given);
  const full = isResumed ? given : await withEmbeddingSize(given);
  const { out } = full;
  const folders = missingFolders(out);
  let lock: RunLock | null = null;
  try {
    // Nothing is written or removed before the folder is this run's.
    lock = await RunLock.take(out, hooks);
    await removeHalves(out);
    if (isResumed) return await (await Trainer.create(full, lock, null, hooks)).run();
    // Another run may have begun and ended there meanwhile.
    checkNewRun(full);
    const beginnings = new Beginnings(out);
    const trainer = await Trainer.create(full, lock, { model: start }, hooks).catch(
      async (error: unknown) => {
        await beginnings.remove();
        throw error;
      },
    );
    return await trainer.run();
  } catch (error) {
    if (error instanceof Interruption) {
      return { out, steps: 0, seconds: 0, bestStep: 0, devPerplexity: null, reason: "interrupted" };
    }
    if (error instanceof Divergence) await lock?.writing(() => noteDivergence(out, error));
    throw error;
  } finally {
    lock?.release();
    await removeEmptyFolders(folders);
  }
}

/** A run was stopped before it had a checkpoint to go on from. */
class Interruption extends Error {}

/** How a new run begins: with the weights of a model, or with random ones. */
interface Beginning {
  readonly model: StoredModel | null;
}

class Trainer {
  private readonly options: FullTrainOptions;
  private readonly hooks: TrainHooks;
  private readonly lock: RunLock;
  private readonly parts: RunParts;
  private readonly state: TrainingState = initialState();
  private readonly lines: RunLines;
  private readonly batchesPerEpoch: number;
  private lastCheckpoint = performance.now();
  private clock: number;
  private devPerplexity: number | null = null;
  private checksums: RunChecksums = {};

  private constructor(
    options: FullTrainOptions,
    hooks: TrainHooks,
    lock: RunLock,
    parts: RunParts,
  ) {
    this.options = options;
    this.hooks = hooks;
    this.lock = lock;
    this.parts = parts;
    this.lines = new RunLines(options.out, parts.watched !== null);
    this.batchesPerEpoch = countBatches(parts.data.train, this.batchOptions());
    this.clock = this.now();
  }

  /** @param beginning of a new run; null for one that goes on. */
  static async create(
    options: FullTrainOptions,
    lock: RunLock,
    beginning: Beginning | null,
    hooks: TrainHooks,
  ): Promise<Trainer> {
    const log = hooks.log ?? (() => {});
    const { out } = options;
    // What is damaged is found before anything is made of it.
    const checkpoint = beginning === null ? await readCheckpoint(out) : null;
    if (checkpoint?.checksums) verifyFiles(out, checkpoint.checksums);
    const proceed = (): void => {
      lock.check();
      if (hooks.signal?.aborted && beginning) throw new Interruption();
    };
    const parts = await lock.writing(() =>
      makeRunParts(options, checkpoint !== null, beginning?.model ?? null, log, proceed),
    );
    const trainer = new Trainer(options, hooks, lock, parts);
    if (checkpoint) {
      takeCheckpoint(checkpoint, arenasOf(parts));
      Object.assign(trainer.state, checkpoint.state);
      if (!checkpoint.checksums) {
        checkData(parts.data);
        log(
          `${out}: the run was begun by an earlier version, so that its files have no checksums; they are taken as they are, and have them from now on.`,
        );
      }
      trainer.checksums = checkpoint.checksums ?? checksumsOf(out);
      const { step, bestStep } = trainer.state;
      await trainer.lines.takeUp(step, log);
      trainer.devPerplexity = trainer.lines.devPerplexityAt(bestStep);
      log(`Going on from step ${step}.`);
      const note = await takeDivergenceNote(out, step);
      if (note !== null) log(note);
    } else {
      proceed();
      const json = `${JSON.stringify(options, null, 2)}\n`;
      const bytes = new TextEncoder().encode(json);
      await lock.writing(() => writeFileAtomically(runPath(out, "options"), [bytes]));
      await lock.writing(() => trainer.lines.write());
      trainer.checksums = checksumsOf(out);
      await trainer.save();
    }
    const numbers = parts.step.graph.parameters.reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    log(
      `${parts.sizes.preset}: ${numbers.toLocaleString("en")} parameters; ${trainer.batchesPerEpoch.toLocaleString("en")} batches an epoch.`,
    );
    log(howLine(options));
    return trainer;
  }

  async run(): Promise<TrainResult> {
    this.clock = this.now();
    // A run that was killed, or has ended before, may be at its end already.
    let reason: TrainResult["reason"] | null = this.patienceEnd() ?? this.limitEnd();
    if (reason === "patience") {
      const { out, patience } = this.options;
      this.hooks.log?.(
        `The run has ended, as the dev set did not improve in ${patience} evaluations, and other limits do not change that; to train on from its weights, begin a run with --from ${out}.`,
      );
    }
    while (!reason) {
      const options = { ...this.batchOptions(), skip: this.state.batch };
      for (const { pairs } of batches(this.parts.data.train, options)) {
        await this.trainBatch(pairs);
        if (this.state.step % (this.options.evaluateEvery ?? Number.POSITIVE_INFINITY) === 0) {
          reason = await this.evaluate();
        } else if (performance.now() - this.lastCheckpoint > checkpointEvery * 1000) {
          await this.save();
        }
        reason ??= this.limitEnd();
        if (this.hooks.signal?.aborted) reason = "interrupted";
        if (reason) break;
      }
      if (reason && this.state.batch < this.batchesPerEpoch) break;
      this.state.epoch++;
      this.state.batch = 0;
      if (!this.options.evaluateEvery) reason = (await this.evaluate()) ?? reason;
      reason ??= this.limitEnd();
    }
    if (reason !== "interrupted" && this.state.evaluatedStep !== this.state.step)
      reason = (await this.evaluate()) ?? reason;
    await this.save();
    await releaseRunParts(this.parts);
    // What is said to be a model opens.
    if (reason !== "interrupted") await readModel(this.options.out);
    return {
      out: this.options.out,
      steps: this.state.step,
      seconds: this.state.seconds,
      bestStep: this.state.bestStep,
      devPerplexity: this.devPerplexity,
      reason,
    };
  }

  private async trainBatch(pairs: readonly EncodedPair[]): Promise<void> {
    const { state, parts } = this;
    const start = performance.now();
    const step = state.step + 1;
    const learningRate = this.learningRate(step);
    const { links } = parts.data;
    const own = links ? pairs.map(({ number }) => links.of(number)) : [];
    const result = await parts.step.run(pairs, step, learningRate, own);
    this.lock.touch();
    const fault = notFinite({ loss: result.loss });
    if (fault !== null) throw this.diverged(fault, step);
    state.step = step;
    state.batch++;
    state.logProbability += result.logProbability;
    state.tokens += result.tokens;
    if (parts.averages && step % averageEvery === 0) {
      // At the beginning the average forgets faster, unless it started from trained weights.
      const updates = step / averageEvery;
      const most = this.options.from === undefined ? updates / (updates + 9) : 1;
      await parts.step.average(parts.averages, Math.min(this.options.average, most));
    }
    this.tick();
    this.hooks.onProgress?.({
      step,
      epoch: state.epoch,
      epochPart: state.batch / this.batchesPerEpoch,
      loss: result.loss,
      learningRate,
      seconds: state.seconds,
      perplexity: perplexity(state.logProbability, state.tokens),
      tokensPerSecond: (result.tokens * 1000) / (performance.now() - start),
      secondsLeft: secondsLeft(this.options, state, this.batchesPerEpoch),
    });
  }

  /** Measures the dev set, keeps the weights if they are the best or always, and says whether to stop. */
  private async evaluate(): Promise<TrainResult["reason"] | null> {
    const { state, options } = this;
    const { data, sizes, step, averages, scorer, devBleu: bleu, watched } = this.parts;
    const weights = (averages ?? step.parameters).views;
    const trainPerplexity = perplexity(state.logProbability, Math.max(1, state.tokens));
    let devPerplexity: number | null = null;
    if (data.dev) {
      const dev = await scorer.score(data.dev, weights);
      devPerplexity = perplexity(dev.logProbability, dev.tokens);
    }
    const devBleu = bleu && (await bleu.score());
    const found = { bleu: devBleu, perplexity: devPerplexity ?? trainPerplexity };
    const learningRate = this.learningRate(state.step);
    const improves = !data.dev || isBetter(found, state);
    const isKept = improves || options.keepBest === "none";
    state.evaluatedStep = state.step;
    state.logProbability = 0;
    state.tokens = 0;
    this.tick();
    const summary = {
      steps: state.step,
      epochs: state.epoch,
      seconds: Math.round(state.seconds),
      ...(devPerplexity !== null && { devPerplexity }),
      ...(devBleu !== null && { devBleu }),
    };
    const looks = watched === null ? [] : await look(watched, state.step, state.seconds);
    const logProbability = looks.find((each) => !Number.isFinite(each.logProbability));
    const fault =
      notFinite({ "train perplexity": trainPerplexity, "dev perplexity": devPerplexity }) ??
      notFinite({ "log-probability of a watched pair": logProbability?.logProbability ?? null });
    if (fault !== null) throw this.diverged(fault, state.step);
    this.checkWeights();
    const { source, target } = data;
    const evaluated = { sizes, weights, source, target, summary };
    const { lock } = this;
    await lock.writing(() => keepCheckpoint(options.out, options.keepCheckpoints, evaluated));
    if (isKept) {
      state.bestStep = state.step;
      this.devPerplexity = devPerplexity;
      await lock.writing(() => writeModel(options.out, evaluated));
    }
    if (improves) {
      Object.assign(state, { ...bestScoreOf(found), evaluationsSinceBest: 0 });
      state.evaluationsSinceReduction = 0;
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
      step: state.step,
      epoch: state.epoch,
      seconds: state.seconds,
      trainPerplexity,
      devPerplexity,
      devBleu,
      learningRate,
      isBest: isKept,
      ...(bleu && { bleuTokenizer: bleu.tokenizer }),
    };
    this.lines.add("metrics", [result]);
    this.lines.add("watched", looks);
    await lock.writing(() => this.lines.write());
    await this.save();
    this.hooks.onEvaluation?.(result);
    return this.patienceEnd();
  }

  private patienceEnd(): "patience" | null {
    const { patience } = this.options;
    return patience > 0 && this.state.evaluationsSinceBest >= patience ? "patience" : null;
  }

  private limitEnd(): "limit" | null {
    return isLimitReached(this.options, this.state) ? "limit" : null;
  }

  private diverged(what: string, step: number): Divergence {
    return new Divergence(this.options.out, what, step, this.state.bestStep);
  }

  /** What is written must be what a run can go on from: the last update may have made it useless. */
  private checkWeights(): void {
    const { step, averages } = this.parts;
    for (const arena of [step.parameters, averages]) {
      if (arena && !areFinite(arena.data)) {
        throw this.diverged("A weight became infinite or NaN", this.state.step);
      }
    }
  }

  private learningRate(step: number): number {
    const base = this.options.learningRate ?? updateRule(this.options.optimizer).learningRate;
    const { epoch, batch, reductions } = this.state;
    const { schedule, steps } = this.options;
    const epochPart = batch / this.batchesPerEpoch;
    const part = partDone(this.options, this.state, this.batchesPerEpoch);
    const where = { step, epoch, epochPart, reductions, steps, part };
    return base * scheduleFactor(parseSchedule(schedule), where);
  }

  private batchOptions(): Parameters<typeof batches>[1] {
    const { batch, batchTokens, seed } = this.options;
    const { epoch } = this.state;
    return { size: batch, seed, epoch, ...(batchTokens && { tokens: batchTokens }) };
  }

  private now(): number {
    return this.hooks.clock?.() ?? performance.now();
  }

  private tick(): void {
    const now = this.now();
    this.state.seconds += (now - this.clock) / 1000;
    this.clock = now;
  }

  private async save(): Promise<void> {
    this.checkWeights();
    const { lock, options, state, checksums } = this;
    await lock.writing(() => saveCheckpoint(options.out, arenasOf(this.parts), state, checksums));
    this.lastCheckpoint = performance.now();
  }
}

/** How a run learns, in a line: a preset's recipe may have settled what was not asked for. */
function howLine(options: FullTrainOptions): string {
  const { optimizer, schedule, batch, batchTokens } = options;
  const rate = options.learningRate ?? updateRule(optimizer).learningRate;
  const tokens = batchTokens === undefined ? "" : ` or ${batchTokens} target tokens`;
  return `Learning with ${optimizer} at a rate of ${rate}, schedule ${schedule}, ${batch} sentences${tokens} a batch.`;
}
