/** @file All that a run needs to go on as if it had never stopped, in one file. */

import { existsSync } from "node:fs";
import { readTensors, writeTensors } from "../checkpoint/nodeFiles.ts";
import { isTensorValue } from "../checkpoint/safetensors.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { Arena } from "./arena.ts";
import { runPath } from "./runFolder.ts";

/** Where a run is. */
export interface TrainingState {
  /** Updates made. */
  step: number;
  /** Epochs completed. */
  epoch: number;
  /** Batches of the current epoch that are done. */
  batch: number;
  /** Seconds of training and evaluation, over all sessions. */
  seconds: number;
  /** Σ log p and target tokens since the last evaluation. */
  logProbability: number;
  tokens: number;
  /** The best dev score so far; larger is better, so that perplexity is kept negated. */
  bestScore: number | null;
  /**
   * The dev perplexity of the same evaluation, by which those with one BLEU are told apart; checkpoints of
   * earlier versions lack it.
   */
  bestPerplexity?: number | null;
  /** Of the weights that are kept. */
  bestStep: number;
  /** Evaluations since the best one. */
  evaluationsSinceBest: number;
  /** Evaluations since the best one or the last reduction of the learning rate. */
  evaluationsSinceReduction: number;
  reductions: number;
  /** The step of the last evaluation. */
  evaluatedStep: number;
}

/** A run before its first step. */
export function initialState(): TrainingState {
  return {
    ...{ step: 0, epoch: 0, batch: 0, seconds: 0, logProbability: 0, tokens: 0 },
    ...{ bestScore: null, bestPerplexity: null, bestStep: 0, evaluationsSinceBest: 0 },
    ...{ evaluationsSinceReduction: 0, reductions: 0, evaluatedStep: 0 },
  };
}

/** The path of a run's checkpoint. */
export function checkpointPath(out: string): string {
  return runPath(out, "checkpoint");
}

/** Writes the checkpoint: arenas by name, and the state. */
export async function saveCheckpoint(
  out: string,
  arenas: Readonly<Record<string, Arena>>,
  state: TrainingState,
): Promise<void> {
  const tensors = new Map<string, TensorValue>();
  for (const [kind, arena] of Object.entries(arenas)) {
    for (const [name, view] of arena.views) tensors.set(`${kind}.${name}`, view);
  }
  await writeTensors(checkpointPath(out), tensors, new Map([["state", JSON.stringify(state)]]));
}

/**
 * Reads the checkpoint into the arenas.
 *
 * @throws UserError if it is missing, damaged or of another model.
 */
export async function loadCheckpoint(
  out: string,
  arenas: Readonly<Record<string, Arena>>,
): Promise<TrainingState> {
  const path = checkpointPath(out);
  if (!existsSync(path)) {
    throw new UserError(`${path}: there is no checkpoint to go on from; start without --resume.`);
  }
  const { tensors, metadata } = await readTensors(path);
  for (const [kind, arena] of Object.entries(arenas)) {
    for (const [name, view] of arena.views) {
      const stored = tensors.get(`${kind}.${name}`);
      if (!stored || !isTensorValue(stored) || stored.shape.join() !== view.shape.join()) {
        throw new UserError(
          `${path}: ${kind}.${name} is not there as ${view.shape.join("×")} numbers; it is a checkpoint of another model.`,
        );
      }
      view.data.set(stored.data as never);
    }
  }
  return JSON.parse(metadata.get("state") ?? "{}") as TrainingState;
}
