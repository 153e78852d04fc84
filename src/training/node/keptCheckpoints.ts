/** @file The weights of a run's last evaluations, each as a model's folder: to be averaged or compared. */

import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ModelContent, TrainingSummary } from "../../modelFolder/modelFolder.ts";
import { writeModel, writeTokenizers } from "../../modelFolder/nodeModelFolder.ts";
import { runPath } from "./runFolder.ts";

/** A model as it was evaluated. */
export interface EvaluatedModel extends ModelContent {
  readonly summary: TrainingSummary;
}

/** The folder of the weights of a step; names sort as steps do. */
export function checkpointFolder(out: string, step: number): string {
  return join(runPath(out, "checkpoints"), `step-${String(step).padStart(8, "0")}`);
}

/**
 * Writes a model into `training/checkpoints`, and removes those of earlier steps but the last `count − 1`. A
 * resumed run that comes to a step again writes the same once more.
 */
export async function keepCheckpoint(
  out: string,
  count: number,
  model: EvaluatedModel,
): Promise<void> {
  if (count === 0) return;
  const folder = checkpointFolder(out, model.summary.steps);
  await writeTokenizers(folder, model.source, model.target);
  await writeModel(folder, model);
  const kept = runPath(out, "checkpoints");
  const steps = (existsSync(kept) ? await readdir(kept) : [])
    .map((name) => Number(/^step-(\d+)$/.exec(name)?.[1] ?? Number.NaN))
    .filter((step) => step <= model.summary.steps)
    .sort((one, other) => other - one);
  for (const step of steps.slice(count)) {
    await rm(checkpointFolder(out, step), { recursive: true, force: true });
  }
}
