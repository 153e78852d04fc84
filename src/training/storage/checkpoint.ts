/** @file All that a run needs to go on as if it had never stopped, in one file. */

import { z } from "zod";
import type { StoredTensors } from "../../files/safetensors.ts";
import {
  decodeSafetensors,
  encodeSafetensorsChunks,
  isTensorValue,
} from "../../files/safetensors.ts";
import { faultOf } from "../../files/schema.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TensorValue } from "../../tensor/value.ts";
import type { Arena } from "../step/arena.ts";
import type { RunChecksums } from "./runChecksums.ts";
import { checksumsSchema } from "./runChecksums.ts";
import type { RunStorage } from "./runStorage.ts";
import { runFiles } from "./runStorage.ts";

/** The progress of a run. */
export interface TrainingState {
  /** Updates made. */
  step: number;
  /** Epochs completed. */
  epoch: number;
  /** Batches completed in the current epoch. */
  batch: number;
  /** Seconds of training and evaluation, over all sessions. */
  seconds: number;
  /** Σ log p and target tokens since the last evaluation. */
  logProbability: number;
  tokens: number;
  /** The best dev score so far; larger is better, so perplexity is stored negated. */
  bestScore: number | null;
  /**
   * The dev perplexity of the same evaluation, which decides between equal BLEU scores; checkpoints of
   * earlier versions lack it.
   */
  bestPerplexity?: number | null;
  /** The step of the kept weights. */
  bestStep: number;
  /** Evaluations since the best one. */
  evaluationsSinceBest: number;
  /** Evaluations since the best one or the last reduction of the learning rate. */
  evaluationsSinceReduction: number;
  reductions: number;
  /** The step of the last evaluation. */
  evaluatedStep: number;
  /** When it ended, in {@link seconds} of the run, and how many of them it took. */
  evaluatedAt: number;
  evaluationSeconds: number;
  /** Seconds from it to the next one, if evaluations come by time. */
  evaluationInterval: number;
  /** The steps of the best evaluation and of the last reduction of the learning rate. */
  improvedStep: number;
  reducedStep: number;
  /** The first epoch with the weights of the run's last part; missing while that has not begun. */
  finishEpoch?: number;
}

/** What a checkpoint of an earlier version lacks; its run does not evaluate by time. */
const beginnings = {
  evaluatedAt: 0,
  evaluationSeconds: 0,
  evaluationInterval: 60,
  improvedStep: 0,
  reducedStep: 0,
};

const count = z.number().int().min(0);
const stateSchema: z.ZodType<TrainingState> = z.object({
  step: count,
  epoch: count,
  batch: count,
  seconds: z.number().min(0),
  logProbability: z.number(),
  tokens: count,
  bestScore: z.number().nullable(),
  bestStep: count,
  evaluationsSinceBest: count,
  evaluationsSinceReduction: count,
  reductions: count,
  evaluatedStep: count,
  bestPerplexity: z.number().nullable().default(null),
  evaluatedAt: z.number().min(0).default(beginnings.evaluatedAt),
  evaluationSeconds: z.number().min(0).default(beginnings.evaluationSeconds),
  evaluationInterval: z.number().min(0).default(beginnings.evaluationInterval),
  improvedStep: count.default(beginnings.improvedStep),
  reducedStep: count.default(beginnings.reducedStep),
  finishEpoch: count.exactOptional(),
});

/** A run before its first step. */
export function initialState(): TrainingState {
  return {
    step: 0,
    epoch: 0,
    batch: 0,
    seconds: 0,
    logProbability: 0,
    tokens: 0,
    bestScore: null,
    bestPerplexity: null,
    bestStep: 0,
    evaluationsSinceBest: 0,
    evaluationsSinceReduction: 0,
    reductions: 0,
    evaluatedStep: 0,
    ...beginnings,
  };
}

/** The content of a checkpoint. */
export interface Checkpoint {
  readonly path: string;
  readonly tensors: StoredTensors["tensors"];
  readonly state: TrainingState;
  /** Checksums of the other files of the run; null in a checkpoint of an earlier version. */
  readonly checksums: RunChecksums | null;
}

/** Writes the checkpoint: arenas by name, the state, and the checksums of the run's other files. */
export async function saveCheckpoint(
  storage: RunStorage,
  arenas: Readonly<Record<string, Arena>>,
  state: TrainingState,
  checksums: RunChecksums,
): Promise<void> {
  const tensors = new Map<string, TensorValue>();
  for (const [kind, arena] of Object.entries(arenas)) {
    for (const [name, view] of arena.views) tensors.set(`${kind}.${name}`, view);
  }
  const metadata = new Map([
    ["state", JSON.stringify(state)],
    ["files", JSON.stringify(checksums)],
  ]);
  await storage.write(runFiles.checkpoint, encodeSafetensorsChunks(tensors, metadata));
}

/**
 * Reads the checkpoint.
 *
 * @throws UserError if it is missing or damaged.
 */
export async function readCheckpoint(storage: RunStorage): Promise<Checkpoint> {
  const path = storage.pathOf(runFiles.checkpoint);
  if (!storage.has(runFiles.checkpoint)) {
    throw new UserError(
      `${path}: there is no checkpoint to go on from; put back a copy of it, or train again in another folder.`,
    );
  }
  const { tensors, metadata } = decodeSafetensors(await storage.read(runFiles.checkpoint), path);
  const files = metadata.get("files");
  return {
    path,
    tensors,
    state: part(stateSchema, metadata.get("state"), "state of the run", path),
    checksums:
      files === undefined ? null : part(checksumsSchema, files, "list of the run's files", path),
  };
}

/** Parses a JSON text in the checkpoint's header. */
function part<T>(schema: z.ZodType<T>, text: string | undefined, what: string, path: string): T {
  const remedy = "put back a copy of the file, or train the model again";
  if (text === undefined) throw new UserError(`${path}: the ${what} is missing in it; ${remedy}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${path}: the ${what} is not JSON; ${remedy}.`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fault = faultOf(result.error, value, "it");
  throw new UserError(`${path}: the ${what} is damaged, as ${fault}; ${remedy}.`);
}

/**
 * Copies the numbers of a checkpoint into the arenas.
 *
 * @throws UserError if the checkpoint belongs to another model.
 */
export function takeCheckpoint(
  { path, tensors }: Checkpoint,
  arenas: Readonly<Record<string, Arena>>,
): void {
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
}
