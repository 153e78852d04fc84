/** @file A training run from its options to the model on disk. */

import type { StoredModel } from "../checkpoint/modelFolder.ts";
import { writeFileAtomically } from "../checkpoint/nodeFiles.ts";
import { writeModel } from "../checkpoint/nodeModelFolder.ts";
import { batches, countBatches } from "../data/batches.ts";
import type { EncodedPair } from "../data/corpusFile.ts";
import { perplexity } from "../evaluation/perplexity.ts";
import { UserError } from "../tensor/errors.ts";
import type { Arena } from "./arena.ts";
import { bestScoreOf, isBetter } from "./bestScore.ts";
import type { EvaluationResult, TrainHooks, TrainResult } from "./events.ts";
import { keepCheckpoint } from "./keptCheckpoints.ts";
import { isLimitReached, partDone, secondsLeft } from "./limits.ts";
import { updateRule } from "./optimizers.ts";
import type { FullTrainOptions, TrainOptions } from "./options.ts";
import { withEmbeddingSize } from "./pretrained.ts";
import { Beginnings, checkNewRun, resumedOptions, runPath } from "./runFolder.ts";
import { RunLines } from "./runLines.ts";
import type { RunParts } from "./runParts.ts";
import { makeRunParts, releaseRunParts } from "./runParts.ts";
import { parseSchedule, plateauOf, scheduleFactor } from "./schedules.ts";
import { withStartingModel } from "./startingModel.ts";
import type { TrainingState } from "./state.ts";
import { checkpointPath, initialState, loadCheckpoint, saveCheckpoint } from "./state.ts";
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
  private readonly parts: RunParts;
  private readonly state: TrainingState = initialState();
  private readonly lines: RunLines;
  private readonly batchesPerEpoch: number;
  private lastCheckpoint = performance.now();
  private clock: number;
  private devPerplexity: number | null = null;

  private constructor(options: FullTrainOptions, hooks: TrainHooks, parts: RunParts) {
    this.options = options;
    this.hooks = hooks;
    this.parts = parts;
    this.lines = new RunLines(options.out, parts.watched !== null);
    this.batchesPerEpoch = countBatches(parts.data.train, this.batchOptions());
    this.clock = this.now();
  }

  static async create(
    options: FullTrainOptions,
    isResumed: boolean,
    start: StoredModel | null,
    hooks: TrainHooks,
  ): Promise<Trainer> {
    const log = hooks.log ?? (() => {});
    const parts = await makeRunParts(options, isResumed, start, log);
    const trainer = new Trainer(options, hooks, parts);
    if (isResumed) {
      Object.assign(trainer.state, await loadCheckpoint(options.out, trainer.arenas()));
      await trainer.lines.takeUp(trainer.state.step);
      log(`Going on from step ${trainer.state.step}.`);
    } else {
      const json = `${JSON.stringify(options, null, 2)}\n`;
      await writeFileAtomically(runPath(options.out, "options"), [new TextEncoder().encode(json)]);
      await trainer.lines.write();
      await saveCheckpoint(options.out, trainer.arenas(), trainer.state);
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
    let reason: TrainResult["reason"] | null = isLimitReached(this.options, this.state)
      ? "limit"
      : null;
    while (!reason) {
      const options = { ...this.batchOptions(), skip: this.state.batch };
      for (const { pairs } of batches(this.parts.data.train, options)) {
        await this.trainBatch(pairs);
        if (this.state.step % (this.options.evaluateEvery ?? Number.POSITIVE_INFINITY) === 0) {
          reason = await this.evaluate();
        } else if (performance.now() - this.lastCheckpoint > checkpointEvery * 1000) {
          await this.save();
        }
        reason ??= isLimitReached(this.options, this.state) ? "limit" : null;
        if (this.hooks.signal?.aborted) reason = "interrupted";
        if (reason) break;
      }
      if (reason && this.state.batch < this.batchesPerEpoch) break;
      this.state.epoch++;
      this.state.batch = 0;
      if (!this.options.evaluateEvery) reason = (await this.evaluate()) ?? reason;
      reason ??= isLimitReached(this.options, this.state) ? "limit" : null;
    }
    if (reason !== "interrupted" && this.state.evaluatedStep !== this.state.step)
      await this.evaluate();
    await this.save();
    await releaseRunParts(this.parts);
    return {
      ...{ out: this.options.out, steps: this.state.step, seconds: this.state.seconds },
      ...{ bestStep: this.state.bestStep, devPerplexity: this.devPerplexity, reason },
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
    if (!Number.isFinite(result.loss)) {
      throw new UserError(
        `The loss became ${result.loss} at step ${step}; the checkpoint of an earlier step is kept in ${checkpointPath(this.options.out)}. Train again with a lower --learning-rate or --clip.`,
      );
    }
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
      ...{ step, epoch: state.epoch, epochPart: state.batch / this.batchesPerEpoch },
      ...{ loss: result.loss, learningRate, seconds: state.seconds },
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
      ...{ steps: state.step, epochs: state.epoch, seconds: Math.round(state.seconds) },
      ...(devPerplexity !== null && { devPerplexity }),
      ...(devBleu !== null && { devBleu }),
    };
    const { source, target } = data;
    const evaluated = { sizes, weights, source, target, summary };
    await keepCheckpoint(options.out, options.keepCheckpoints, evaluated);
    if (isKept) {
      state.bestStep = state.step;
      this.devPerplexity = devPerplexity;
      await writeModel(options.out, evaluated);
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
      ...{ step: state.step, epoch: state.epoch, seconds: state.seconds },
      ...{ trainPerplexity, devPerplexity, devBleu, learningRate, isBest: isKept },
      ...(bleu && { bleuTokenizer: bleu.tokenizer }),
    };
    this.lines.add("metrics", [result]);
    this.lines.add(
      "watched",
      watched === null ? [] : await look(watched, state.step, state.seconds),
    );
    await this.lines.write();
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

  private arenas(): Record<string, Arena> {
    const { step, averages } = this.parts;
    const arenas: Record<string, Arena> = { parameter: step.parameters };
    step.moments.forEach((arena, index) => {
      arenas[`moment${index}`] = arena;
    });
    if (averages) arenas["average"] = averages;
    return arenas;
  }

  private async save(): Promise<void> {
    await saveCheckpoint(this.options.out, this.arenas(), this.state);
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
