/** @file A training run in a folder. */

import { availableParallelism } from "node:os";
import type { StoredModel } from "../../modelFolder/modelFolder.ts";
import { configure } from "../../models/configuration.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { mostThreads } from "../../runtime/runtime.ts";
import type { FullTrainOptions, TrainOptions } from "../plan/options.ts";
import type { TrainHooks, TrainResult } from "../run/events.ts";
import type { Beginning, Run } from "../run/runParts.ts";
import { runTraining } from "../run/trainer.ts";
import type { RunStorage } from "../storage/runStorage.ts";
import { folderStorage } from "./folderStorage.ts";
import { checkMemory } from "./memory.ts";
import {
  checkEmbeddedSides,
  frozenParameters,
  takeVectors,
  withEmbeddingSize,
} from "./pretrained.ts";
import {
  Beginnings,
  checkNewRun,
  missingFolders,
  optionsOfFolder,
  removeEmptyFolders,
  removeHalves,
} from "./runFolder.ts";
import { RunLock } from "./runLock.ts";
import { sourcesInFiles } from "./runSources.ts";
import { withStartingModel } from "./startingModel.ts";

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
    ? { options: await optionsOfFolder(options), start: null }
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
    const storage = folderStorage(out, lock);
    if (isResumed) {
      const result = await runTraining(runOf(full, storage, null), hooks);
      return { ...result, out };
    }
    // Another run may have begun and ended there meanwhile.
    checkNewRun(full);
    const beginnings = new Beginnings(out);
    const run = runOf(full, storage, beginningOf(full, start));
    return { ...(await runTraining(run, hooks, () => beginnings.remove())), out };
  } catch (error) {
    // Most faults of a run whose folder is gone come from that.
    lock?.check();
    throw error;
  } finally {
    lock?.release();
    await removeEmptyFolders(folders);
  }
}

function runOf(options: FullTrainOptions, storage: RunStorage, beginning: Beginning | null): Run {
  const configuration = configure(options.preset, options.model);
  checkMemory(configuration);
  checkEmbeddedSides(options, configuration);
  const { device, threads: asked } = options;
  // A run may go on where there are fewer processors; threads never change a number.
  const threads =
    beginning || asked === undefined ? asked : Math.min(asked, mostThreads(availableParallelism()));
  return {
    options,
    configuration,
    storage,
    sources: sourcesInFiles(options, configuration),
    runtime: nodeRuntime({ device, ...(threads && { threads }) }),
    updateRuntime: nodeRuntime({ threads: 1 }),
    frozen: frozenParameters(options),
    beginning,
  };
}

/** Weights that a run starts from: those of a model, or random ones, embeddings perhaps from files. */
function beginningOf(options: FullTrainOptions, start: StoredModel | null): Beginning {
  return {
    tokenizers: start,
    async initialize(parameters, data, log) {
      if (start) parameters.take(start.weights);
      await takeVectors(options, data, parameters, log);
    },
  };
}
