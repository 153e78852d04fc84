/** @file The weights of a run's last evaluations, each as a model's folder: to be averaged or compared. */

import type { ModelContent, TrainingSummary } from "../../modelFolder/modelFolder.ts";
import { writeModel, writeTokenizers } from "./model.ts";
import type { RunStorage } from "./runStorage.ts";
import { runFiles } from "./runStorage.ts";

/** An evaluated model. */
export interface EvaluatedModel extends ModelContent {
  readonly summary: TrainingSummary;
}

/** The folder of the weights of a step; names sort by step. */
const folderOf = (step: number): string =>
  `${runFiles.checkpoints}/step-${String(step).padStart(8, "0")}`;

/**
 * Writes a model into `training/checkpoints`, and keeps the last `count − 1` earlier ones. A resumed run that
 * repeats a step writes the same model again.
 */
export async function keepCheckpoint(
  storage: RunStorage,
  count: number,
  model: EvaluatedModel,
): Promise<void> {
  if (count === 0) return;
  const { steps: now } = model.summary;
  await addCheckpoint(storage, count, model);
  const steps = (await storage.list(runFiles.checkpoints))
    .map((name) => Number(/^step-(\d+)$/.exec(name)?.[1] ?? Number.NaN))
    .filter((step) => step <= now)
    .sort((one, other) => other - one);
  for (const step of steps.slice(count)) await storage.remove(folderOf(step));
}

/** Writes a model into `training/checkpoints`, and keeps all earlier ones: the run has only stopped. */
export async function addCheckpoint(
  storage: RunStorage,
  count: number,
  model: EvaluatedModel,
): Promise<void> {
  if (count === 0) return;
  const folder = `${folderOf(model.summary.steps)}/`;
  await writeTokenizers(storage, model, folder);
  await writeModel(storage, model, folder);
}

/** Removes the model that {@link addCheckpoint} wrote at a step, as the run goes on. */
export function dropCheckpoint(storage: RunStorage, step: number): Promise<void> {
  return storage.remove(folderOf(step));
}
