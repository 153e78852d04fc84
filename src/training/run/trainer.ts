/** @file A training run from its first batch to the model, over whatever keeps its files. */

import type { PairBatch } from "../../data/batches.ts";
import { batches, countBatches } from "../../data/batches.ts";
import { EncodedCorpus } from "../../data/encodedCorpus.ts";
import { inGroups } from "../../data/groups.ts";
import { describeSource } from "../../data/pairs.ts";
import { NotANumberError } from "../../decoding/beam.ts";
import { perplexity } from "../../evaluation/perplexity.ts";
import { counted } from "../../tensor/counted.ts";
import { checkData } from "../corpus/checkData.ts";
import { shareLines } from "../corpus/parts.ts";
import type { FullTrainOptions } from "../plan/options.ts";
import type { Plan } from "../plan/plan.ts";
import { weightsOf } from "../plan/weights.ts";
import type { Arena } from "../step/arena.ts";
import { scheduleFactor } from "../step/schedules.ts";
import type { Checkpoint, TrainingState } from "../storage/checkpoint.ts";
import {
  initialState,
  readCheckpoint,
  saveCheckpoint,
  takeCheckpoint,
} from "../storage/checkpoint.ts";
import {
  areFinite,
  Divergence,
  noteDivergence,
  notFinite,
  takeDivergenceNote,
} from "../storage/divergence.ts";
import type { EvaluatedModel } from "../storage/keptCheckpoints.ts";
import { addCheckpoint, dropCheckpoint, keepCheckpoint } from "../storage/keptCheckpoints.ts";
import { readModel, writeModel } from "../storage/model.ts";
import type { RunChecksums } from "../storage/runChecksums.ts";
import { checksumsOf, verifyFiles } from "../storage/runChecksums.ts";
import { RunLines } from "../storage/runLines.ts";
import type { RunStorage } from "../storage/runStorage.ts";
import { runFiles, writeText } from "../storage/runStorage.ts";
import { putBackModel, setAsideModel } from "../storage/setAside.ts";
import { keepLimits } from "../storage/storedOptions.ts";
import { bestScoreOf, isBetter } from "./bestScore.ts";
import type { EvaluationResult, RunResult } from "./events.ts";
import { isFinishDue } from "./finish.ts";
import { isLimitReached, partDone, secondsLeft } from "./limits.ts";
import type { Measured } from "./measure.ts";
import { measure } from "./measure.ts";
import { isEvaluationDue, isOnPlateau, nextInterval, timesWithoutImprovement } from "./pace.ts";
import type { RunHooks, RunView, TakenStep } from "./runHooks.ts";
import type { Run, RunParts } from "./runParts.ts";
import { arenasOf, makeRunParts, releaseRunParts } from "./runParts.ts";

/** Steps between updates of the running average. */
const averageEvery = 16;
/** Maximum seconds between checkpoints. */
const checkpointEvery = 300;

/**
 * Starts or resumes a run, until it reaches a limit.
 *
 * @param abandon called if a new run cannot start: removes the files it has written.
 * @throws UserError if the data or an option is invalid, or the loss is no longer finite.
 */
export async function runTraining(
  run: Run,
  hooks: RunHooks,
  abandon: () => Promise<void> = async () => {},
): Promise<RunResult> {
  try {
    const trainer = await Trainer.create(run, hooks).catch(async (error: unknown) => {
      if (run.beginning) await abandon();
      throw error;
    });
    return await trainer.run();
  } catch (error) {
    if (error instanceof Interruption) {
      return { steps: 0, seconds: 0, bestStep: 0, devPerplexity: null, reason: "interrupted" };
    }
    if (error instanceof Divergence) await noteDivergence(run.storage, error);
    throw error;
  }
}

/** A run was stopped before its first checkpoint. */
class Interruption extends Error {}

class Trainer {
  private readonly plan: Plan;
  private readonly options: FullTrainOptions;
  private readonly hooks: RunHooks;
  private readonly storage: RunStorage;
  private readonly parts: RunParts;
  private readonly state: TrainingState = initialState();
  private readonly lines: RunLines;
  /** Of the current epoch, if corpora are mixed. */
  private batchesPerEpoch: number;
  private lastCheckpoint = performance.now();
  private clock: number;
  private stepsPerEpoch: number;
  /** The step of the model's weights, 0 if there is no model; and their dev perplexity. */
  private bestStep = 0;
  private devPerplexity: number | null = null;
  private checksums: RunChecksums = {};

  private constructor({ storage }: Run, hooks: RunHooks, parts: RunParts) {
    this.plan = parts.plan;
    this.options = parts.plan.options;
    this.hooks = hooks;
    this.storage = storage;
    this.parts = parts;
    const { watched, devSample } = parts;
    this.lines = new RunLines(storage, [
      ...(watched ? (["watched"] as const) : []),
      ...(devSample ? (["samples"] as const) : []),
    ]);
    [this.batchesPerEpoch, this.stepsPerEpoch] = this.epochLength();
    this.clock = this.now();
  }

  static async create(run: Run, hooks: RunHooks): Promise<Trainer> {
    const log = hooks.log ?? (() => {});
    const { storage, beginning } = run;
    // Detect damaged files before using them.
    const checkpoint = beginning === null ? await readCheckpoint(storage) : null;
    if (checkpoint?.checksums) verifyFiles(storage, checkpoint.checksums);
    const proceed = (): void => {
      if (hooks.signal?.aborted && beginning) throw new Interruption();
    };
    const parts = await makeRunParts(run, log, proceed);
    const trainer = new Trainer(run, hooks, parts);
    try {
      if (checkpoint) await trainer.takeUp(checkpoint, log);
      else {
        proceed();
        await trainer.beginNew();
      }
    } catch (error) {
      await releaseRunParts(parts);
      throw error;
    }
    const numbers = parts.step.graph.parameters.reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    log(
      `${parts.sizes.preset}: ${counted(numbers, "parameter")}; ${counted(trainer.batchesPerEpoch, "batch", "batches")} an epoch.`,
    );
    log(howLine(trainer.plan));
    return trainer;
  }

  /** Goes on from a checkpoint. */
  private async takeUp(checkpoint: Checkpoint, log: (line: string) => void): Promise<void> {
    const { storage, parts, state, lines } = this;
    takeCheckpoint(checkpoint, arenasOf(parts));
    Object.assign(state, checkpoint.state);
    // Epochs of a mixture differ in length.
    if (!(parts.data.train instanceof EncodedCorpus)) this.countEpoch();
    if (!checkpoint.checksums) {
      checkData(parts.data);
      log(
        `${storage.name}: an earlier version of seq2see started this run and stored no checksums, so its files are not checked now; from now on they have checksums.`,
      );
    }
    this.checksums = checkpoint.checksums ?? checksumsOf(storage);
    await keepLimits(storage, this.options);
    const { step, bestStep } = state;
    await lines.takeUp(step, log);
    this.bestStep = bestStep;
    this.devPerplexity = lines.devPerplexityAt(bestStep);
    log(`Going on from step ${step}.`);
    const note = await takeDivergenceNote(storage, step);
    if (note !== null) log(note);
    await this.beginTogether();
  }

  /** Stores what a new run is, and its first checkpoint. */
  private async beginNew(): Promise<void> {
    const { storage, options, parts, lines } = this;
    const stored = withMadeDev(options, parts.data.heldOut);
    await writeText(storage, runFiles.options, `${JSON.stringify(stored, null, 2)}\n`);
    await lines.write();
    this.checksums = checksumsOf(storage);
    await this.beginTogether();
    await this.save();
  }

  async run(): Promise<RunResult> {
    let reason: RunResult["reason"];
    try {
      reason = await this.train();
    } finally {
      await releaseRunParts(this.parts);
    }
    // Check that the new model opens.
    if (this.bestStep > 0) await readModel(this.storage);
    return {
      steps: this.state.step,
      seconds: this.state.seconds,
      bestStep: this.bestStep,
      devPerplexity: this.devPerplexity,
      reason,
    };
  }

  /** Trains until something ends the run, and saves it. */
  private async train(): Promise<RunResult["reason"]> {
    this.clock = this.now();
    // A resumed run may already be at its end.
    let reason: RunResult["reason"] | null = this.patienceEnd() ?? this.limitEnd();
    if (reason === "patience") {
      const { evaluationsSinceBest } = this.state;
      this.hooks.log?.(
        `The run has ended, as the dev set did not improve in ${counted(evaluationsSinceBest, "evaluation")}; new limits do not change that. To train further, start another run from the model in ${this.storage.name}.`,
      );
    }
    await this.forgetStop();
    const { options: planned, state } = this;
    const { evaluateEvery, accumulate } = planned;
    await this.aside("begin", this.view);
    while (!reason) {
      this.beginEpoch();
      const options = { ...this.batchOptions(), skip: this.state.batch };
      for (const some of inGroups(batches(this.parts.data.train, options), accumulate)) {
        const taken = await this.trainBatches(some);
        if (isEvaluationDue(evaluateEvery, this.state, this.stepsPerEpoch)) {
          reason = await this.evaluate();
        } else if (performance.now() - this.lastCheckpoint > checkpointEvery * 1000) {
          await this.save();
        }
        // After the evaluation, which a run that is resumed from here does not repeat.
        await this.aside("afterStep", taken);
        reason = this.stopEnd() ?? reason ?? this.limitEnd();
        if (reason) break;
      }
      if (reason && !this.isEpochOver()) break;
      this.state.epoch++;
      this.state.batch = 0;
      if (evaluateEvery === "epoch") reason = (await this.evaluate()) ?? reason;
      reason = this.stopEnd() ?? reason ?? this.limitEnd();
    }
    if (reason === "limit" && planned.finishWeights && state.finishEpoch === undefined) {
      this.hooks.log?.("The run ended before its last part began, as its epochs are too long.");
    }
    await this.save();
    // The checkpoint comes first, and knows nothing of what follows: a resumed run goes on as if it had never stopped.
    if (this.state.evaluatedStep !== this.state.step) await this.evaluateAtStop();
    return reason;
  }

  /** Counts the batches of an epoch of several corpora, with other weights from where the run's last part begins. */
  private beginEpoch(): void {
    const { train } = this.parts.data;
    if (train instanceof EncodedCorpus) return;
    this.countEpoch();
    const { state, options } = this;
    if (state.batch > 0 || !isFinishDue(options, state, this.batchesPerEpoch)) return;
    state.finishEpoch = state.epoch;
    this.countEpoch();
    const corpora = [options.data].flat().map((source) => ({ name: describeSource(source) }));
    const weights = weightsOf(options, corpora.length);
    this.hooks.log?.(`The last part of the run begins with epoch ${state.epoch + 1}, which takes:`);
    for (const line of shareLines(corpora, train.pairsOfParts, weights, "finishWeight")) {
      this.hooks.log?.(`  ${line}`);
    }
  }

  private countEpoch(): void {
    [this.batchesPerEpoch, this.stepsPerEpoch] = this.epochLength();
  }

  private epochLength(): [batches: number, steps: number] {
    const counted = countBatches(this.parts.data.train, this.batchOptions());
    return [counted, Math.ceil(counted / this.options.accumulate)];
  }

  /** Whether the epoch has no more batches. With a limit of tokens, their number differs from epoch to epoch. */
  private isEpochOver(): boolean {
    const { batch } = this.state;
    if (this.options.batchTokens === undefined) return batch >= this.batchesPerEpoch;
    return batch >= countBatches(this.parts.data.train, this.batchOptions());
  }

  private async trainBatches(some: readonly PairBatch[]): Promise<TakenStep> {
    const { state, parts } = this;
    const step = state.step + 1;
    const learningRate = this.learningRate(step);
    const { links } = parts.data;
    const linked = some.map(({ pairs }) => ({
      pairs,
      links: links ? pairs.map(({ number }) => links.of(number)) : [],
    }));
    await this.aside("beforeStep", { step, batches: linked });
    const start = performance.now();
    const result = await parts.shared.run(linked, step, learningRate);
    await this.storage.touch();
    const fault = notFinite({ loss: result.loss });
    if (fault !== null) throw this.diverged(fault, step);
    state.step = step;
    state.batch += some.length;
    state.logProbability += result.logProbability;
    state.tokens += result.tokens;
    const keep = parts.averages && averageKept(this.options, step);
    if (parts.averages && keep !== null) await this.average(parts.averages, keep);
    this.tick();
    this.hooks.onProgress?.({
      step,
      epoch: state.epoch,
      epochPart: this.epochPart(),
      loss: result.loss,
      learningRate,
      seconds: state.seconds,
      perplexity: perplexity(state.logProbability, state.tokens),
      tokensPerSecond: (result.tokens * 1000) / (performance.now() - start),
      secondsLeft: secondsLeft(this.options, state, this.batchesPerEpoch),
    });
    return { step, learningRate, result };
  }

  /** Evaluates the weights, keeps them if they are to be kept, and returns whether to stop. */
  private async evaluate(): Promise<RunResult["reason"] | null> {
    const { state, options } = this;
    const start = state.seconds;
    const measured = await this.measured();
    const improves = !this.parts.data.dev || isBetter(measured.score, state);
    const isKept = improves || options.keepBest === "none";
    state.evaluatedStep = state.step;
    state.logProbability = 0;
    state.tokens = 0;
    const model = this.modelOf(measured);
    await keepCheckpoint(this.storage, options.keepCheckpoints, model);
    if (isKept) {
      state.bestStep = state.step;
      await this.writeModel(model);
    }
    const result = this.resultOf(measured, isKept);
    if (improves) {
      Object.assign(state, { ...bestScoreOf(measured.score), evaluationsSinceBest: 0 });
      state.evaluationsSinceReduction = 0;
      state.improvedStep = state.step;
    } else {
      state.evaluationsSinceBest++;
      state.evaluationsSinceReduction++;
      const how = { every: options.evaluateEvery, schedule: this.plan.schedule };
      if (isOnPlateau(how, state, this.stepsPerEpoch)) {
        state.reductions++;
        state.reducedStep = state.step;
        state.evaluationsSinceReduction = 0;
      }
    }
    await this.writeLines(result, measured);
    this.tick();
    state.evaluatedAt = state.seconds;
    state.evaluationSeconds = state.seconds - start;
    state.evaluationInterval = nextInterval(state.evaluationInterval);
    await this.save();
    this.hooks.onEvaluation?.(result);
    return this.patienceEnd();
  }

  /**
   * Evaluates the weights at which the run stops between two evaluations, and writes them as the model if they are to be
   * kept; the kept model is set aside then. The state of the run does not change.
   */
  private async evaluateAtStop(): Promise<void> {
    const { state, options, storage } = this;
    const measured = await this.measured(true);
    // Otherwise the next evaluation replaces the model, whatever it is.
    const isChosen = this.parts.data.dev !== null && options.keepBest !== "none";
    const isKept = !isChosen || isBetter(measured.score, state);
    const model = this.modelOf(measured);
    await addCheckpoint(storage, options.keepCheckpoints, model);
    if (isKept) {
      if (isChosen && state.bestStep > 0) await setAsideModel(storage);
      await this.writeModel(model);
    }
    const result = { ...this.resultOf(measured, isKept), atStop: true };
    await this.writeLines(result, measured);
    this.hooks.onEvaluation?.(result);
  }

  /** Removes what {@link evaluateAtStop} left, except a model where none was kept: it is of use until the next one. */
  private async forgetStop(): Promise<void> {
    const { step, evaluatedStep } = this.state;
    await putBackModel(this.storage);
    if (step !== evaluatedStep) await dropCheckpoint(this.storage, step);
  }

  /** Evaluates the weights. Throws Divergence if a number is not finite. */
  private async measured(isSaved = false): Promise<Measured> {
    if (this.parts.averages) await this.collect(["average"]);
    const measured = await measure(this.parts, this.state).catch((error: unknown) => {
      if (!(error instanceof NotANumberError)) throw error;
      throw this.diverged("A log-probability became NaN", this.state.step, isSaved);
    });
    this.tick();
    if (measured.fault !== null) throw this.diverged(measured.fault, this.state.step, isSaved);
    this.checkWeights();
    return measured;
  }

  private modelOf({ devPerplexity, devBleu }: Measured): EvaluatedModel {
    const { state } = this;
    const { data, sizes, step, averages } = this.parts;
    const summary = {
      steps: state.step,
      // Not rounded up: 1.96 epochs are not 2.
      epochs: Math.floor(10 * (state.epoch + this.epochPart())) / 10,
      seconds: Math.round(state.seconds),
      ...(devPerplexity !== null && { devPerplexity }),
      ...(devBleu !== null && { devBleu }),
      ...(data.heldOut && { heldOutPairs: data.heldOut }),
    };
    const { views: weights } = averages ?? step.parameters;
    return { sizes, weights, source: data.source, target: data.target, summary };
  }

  private async writeModel(model: EvaluatedModel): Promise<void> {
    await writeModel(this.storage, model);
    this.bestStep = model.summary.steps;
    this.devPerplexity = model.summary.devPerplexity ?? null;
  }

  private resultOf(measured: Measured, isBest: boolean): EvaluationResult {
    const { state, parts } = this;
    const { trainPerplexity, devPerplexity, devBleu, sample } = measured;
    return {
      step: state.step,
      epoch: state.epoch,
      epochPart: this.epochPart(),
      seconds: state.seconds,
      trainPerplexity,
      devPerplexity,
      devBleu,
      learningRate: this.learningRate(state.step),
      isBest,
      ...(parts.devBleu && { bleuTokenizer: parts.devBleu.tokenizer }),
      sample: sample && { score: sample.score, translations: sample.translations },
    };
  }

  private epochPart(): number {
    return this.state.batch / this.batchesPerEpoch;
  }

  private async writeLines(result: EvaluationResult, { looks, sample }: Measured): Promise<void> {
    const { epochPart: _, sample: __, ...line } = result;
    const marked = <Line extends object>(each: Line): Line => ({
      ...each,
      ...(result.atStop && { atStop: true }),
    });
    this.lines.add("metrics", [line]);
    this.lines.add("watched", looks.map(marked));
    this.lines.add("samples", sample ? [marked(sample)] : []);
    await this.lines.write();
  }

  private stopEnd(): "interrupted" | null {
    return this.hooks.signal?.aborted ? "interrupted" : null;
  }

  private patienceEnd(): "patience" | null {
    const { patience, evaluateEvery } = this.options;
    const times = timesWithoutImprovement(evaluateEvery, this.state, this.stepsPerEpoch);
    return patience > 0 && times >= patience ? "patience" : null;
  }

  private limitEnd(): "limit" | null {
    return isLimitReached(this.options, this.state) ? "limit" : null;
  }

  private diverged(what: string, step: number, isSaved = false): Divergence {
    return new Divergence(this.storage, what, { step, bestStep: this.bestStep, isSaved });
  }

  /** Checks that the weights are finite before they are saved: the last update may have made them infinite. */
  private checkWeights(): void {
    const { step, averages } = this.parts;
    for (const arena of [step.parameters, averages]) {
      if (arena && !areFinite(arena.data)) {
        throw this.diverged("A weight became infinite or NaN", this.state.step);
      }
    }
  }

  private learningRate(step: number): number {
    const base = this.options.learningRate ?? this.plan.rule.learningRate;
    const { epoch, reductions } = this.state;
    const { steps } = this.options;
    const epochPart = this.epochPart();
    const part = partDone(this.options, this.state, this.batchesPerEpoch);
    const where = { step, epoch, epochPart, reductions, steps, part };
    return base * scheduleFactor(this.plan.schedule, where);
  }

  private batchOptions(): Parameters<typeof batches>[1] {
    const { batch, batchTokens, seed } = this.options;
    const { epoch, finishEpoch } = this.state;
    return { size: batch, seed, epoch, finishEpoch, ...(batchTokens && { tokens: batchTokens }) };
  }

  private now(): number {
    return this.hooks.clock?.() ?? performance.now();
  }

  private tick(): void {
    const now = this.now();
    this.state.seconds += (now - this.clock) / 1000;
    this.clock = now;
  }

  private get view(): RunView {
    const { parts, state, batchesPerEpoch } = this;
    return { parts, state, batchesPerEpoch, save: () => this.save() };
  }

  /** Waits for a hook, whose time is not the run's. */
  private async aside<Name extends "begin" | "beforeStep" | "afterStep">(
    name: Name,
    given: Parameters<NonNullable<RunHooks[Name]>>[0],
  ): Promise<void> {
    if (!this.hooks[name]) return;
    const start = this.now();
    await this.hooks[name](given as never);
    this.clock += this.now() - start;
  }

  /** Gives the other ranks what they must know to take part. */
  private async beginTogether(): Promise<void> {
    const { team, firstOrder } = this.parts;
    await team.begin(firstOrder, arenasOf(this.parts));
  }

  private async average(averages: Arena, keep: number): Promise<void> {
    const { team, shared, step } = this.parts;
    await team.together("the average of the weights", { kind: "average", keep }, () =>
      step.average(averages, keep, shared.slices),
    );
  }

  /** Completes moments or averages, of which each rank keeps up its own part. */
  private async collect(names: readonly string[]): Promise<void> {
    const { team, shared } = this.parts;
    const arenas = arenasOf(this.parts);
    await team.together(
      "the moments for a checkpoint",
      { kind: "collect", arenas: names },
      async () => {
        for (const name of names) await shared.share(arenas[name] as Arena);
      },
    );
  }

  private async save(): Promise<void> {
    await this.collect(Object.keys(arenasOf(this.parts)).filter((name) => name !== "parameter"));
    this.checkWeights();
    await saveCheckpoint(this.storage, arenasOf(this.parts), this.state, this.checksums);
    this.lastCheckpoint = performance.now();
  }
}

/**
 * How much of the running average stays after a step; null where a step does not change it. At first the average decays
 * faster, and before its first update it is the weights themselves, unless it started from trained weights.
 */
function averageKept({ average, from }: FullTrainOptions, step: number): number | null {
  const isNew = from === undefined;
  if (step < averageEvery) return isNew ? 0 : null;
  if (step % averageEvery !== 0) return null;
  const updates = step / averageEvery;
  return Math.min(average, isNew ? updates / (updates + 9) : 1);
}

/** The options as stored: with the dev set that was held out, or without it where none could be. */
function withMadeDev(options: FullTrainOptions, heldOut: number | null): FullTrainOptions {
  if (heldOut === null) return options;
  const { dev: _, ...others } = options;
  return heldOut === 0 ? others : { ...others, dev: { kind: "heldOut", pairs: heldOut } };
}

/** Describes the training in one line, including options set by the preset's recipe. */
function howLine({ options, rule }: Plan): string {
  const { optimizer, schedule, batch, batchTokens } = options;
  const rate = options.learningRate ?? rule.learningRate;
  const tokens = batchTokens === undefined ? "" : ` or ${batchTokens} target tokens`;
  return `Learning with ${optimizer} at a rate of ${rate}, schedule ${schedule}, ${counted(batch, "sentence")}${tokens} a batch.`;
}
