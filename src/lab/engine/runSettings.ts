/** @file The options of a run in the lab that nobody chooses there, and the limits of one that goes on. */

import type { MemoryTrainOptions } from "../../training/memory/memoryRun.ts";
import { MemoryStorage } from "../../training/memory/memoryStorage.ts";
import { isLimitReached } from "../../training/run/limits.ts";
import type { Limits } from "../../training/step/schedules.ts";
import { readCheckpoint } from "../../training/storage/checkpoint.ts";
import { runFiles } from "../../training/storage/runStorage.ts";
import { resumedPlan } from "../../training/storage/storedOptions.ts";
import type { Beginning, LabFiles } from "../messages.ts";
import { usableHeldOut } from "./samples.ts";

/** More steps than anybody waits for. */
const endless: Limits = { steps: 10_000_000 };
/** Steps from an evaluation, which writes down metrics and the model, to the next. */
const evaluateEvery = 500;
/** Held-out pairs whose alignment evaluations write down. */
const watchedPairs = 3;

/** The options of a new run. The last weights count, and nothing but the reader ends it. */
export function optionsOf({
  options,
  pairs,
  from,
}: Extract<Beginning, { kind: "new" }>): MemoryTrainOptions {
  const heldOut = usableHeldOut(pairs.heldOut);
  return {
    ...endless,
    schedule: "constant",
    evaluateEvery,
    patience: 0,
    ...(heldOut.length > 0 && { keepBest: "none", watch: heldOut.slice(0, watchedPairs) }),
    ...options,
    data: pairs.train,
    dev: heldOut.length > 0 && heldOut,
    ...(from && { from }),
  } as MemoryTrainOptions;
}

/**
 * The limits with which a run goes on: its own, on which its learning rate may depend, unless it has reached them.
 *
 * @throws UserError if the files are not those of a run.
 */
export async function limitsOf(files: LabFiles): Promise<Limits> {
  const storage = new MemoryStorage(files);
  if (!storage.has(runFiles.options)) return {};
  const { options } = await resumedPlan(storage, {});
  const { state } = await readCheckpoint(storage);
  return isLimitReached(options, state) ? endless : {};
}
