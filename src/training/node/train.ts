/** @file A training run in a folder. */

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { pathsOf } from "../../data/pairs.ts";
import type { StoredModel } from "../../modelFolder/modelFolder.ts";
import { readModel } from "../../modelFolder/nodeModelFolder.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { mostThreads } from "../../runtime/runtime.ts";
import { UserError } from "../../tensor/errors.ts";
import type { FullTrainOptions, TrainOptions } from "../plan/options.ts";
import type { Plan } from "../plan/plan.ts";
import { plan } from "../plan/plan.ts";
import type { TrainHooks, TrainResult } from "../run/events.ts";
import type { Beginning, Run } from "../run/runParts.ts";
import { beginningFrom } from "../run/start.ts";
import { runTraining } from "../run/trainer.ts";
import type { RunStorage } from "../storage/runStorage.ts";
import { folderStorage } from "./folderStorage.ts";
import { checkMemory } from "./memory.ts";
import type { MpiRanks } from "./mpi/mpiRanks.ts";
import { joinRanks } from "./mpi/mpiRanks.ts";
import { checkShards, isMember, leading, runtimeOf, workAsMember } from "./mpi/rankedTraining.ts";
import { takeVectors, vectorSizes } from "./pretrained.ts";
import {
  Beginnings,
  checkNewRun,
  missingFolders,
  planOfFolder,
  removeEmptyFolders,
  removeHalves,
} from "./runFolder.ts";
import { RunLock } from "./runLock.ts";
import { sourcesInFiles } from "./runSources.ts";

/**
 * Trains a model on sentence pairs, or resumes a run. Where `mpirun` or another launcher has started several processes,
 * they train together: all call this function, the options of rank 0 count, and it alone reads and writes files.
 *
 * @param given with `resume`, only `out` is required, and limits may change.
 * @throws UserError if the data or an option is missing or invalid, or the loss is no longer finite.
 */
export async function train(given: TrainOptions, hooks: TrainHooks = {}): Promise<TrainResult> {
  if (typeof given !== "object" || given === null) {
    throw new UserError("train takes an object of options; give { data, out }.");
  }
  if (isMember()) {
    const result = await workAsMember();
    if (result) return { ...result, out: given.out };
    throw new UserError("The training has failed; rank 0 says why.");
  }
  const ranks = await joinRanks();
  return leading(ranks, () => trainHere(given, hooks, ranks));
}

async function trainHere(
  given: TrainOptions,
  hooks: TrainHooks,
  ranks: MpiRanks | null,
): Promise<TrainResult> {
  const { out, resume: isResumed = false } = given;
  // An empty name is no folder.
  const options = { ...given, out: (out || undefined) as string };
  const start =
    isResumed || options.from === undefined ? null : await readStart(options.from, hooks);
  const planned = isResumed ? await planOfFolder(options) : await newPlan(options, start);
  if (ranks) checkShards(ranks, planned.options, hooks.log);
  if (!isResumed) checkNewRun(out);
  const folders = missingFolders(out);
  let lock: RunLock | null = null;
  try {
    // Write or remove nothing before this run holds the lock of the folder.
    lock = await RunLock.take(out, hooks);
    await removeHalves(out);
    const storage = folderStorage(out, lock);
    if (isResumed) {
      const result = await runTraining(runOf(planned, { storage, ranks, beginning: null }), hooks);
      return { ...result, out };
    }
    // Another run may have started and ended in the folder meanwhile.
    checkNewRun(out);
    for (const note of planned.notes) hooks.log?.(note);
    const beginnings = new Beginnings(out);
    const beginning = beginningOf(planned.options, start);
    const run = runOf(planned, { storage, ranks, beginning });
    return { ...(await runTraining(run, hooks, () => beginnings.remove())), out };
  } catch (error) {
    // If the folder is gone, report this rather than the error it caused.
    lock?.check();
    throw error;
  } finally {
    lock?.release();
    await removeEmptyFolders(folders);
  }
}

/**
 * Plans a new run without starting it: reads the files that the options name, except pairs.
 *
 * @throws UserError as {@link train} does before it trains.
 */
export async function planRun(options: TrainOptions, hooks: TrainHooks = {}): Promise<Plan> {
  const { from } = options;
  return newPlan(options, from === undefined ? null : await readStart(from, hooks));
}

/** The files of pairs and of alignments that options name. */
function namedFiles({ data, dev, watch, guidedAlignment }: FullTrainOptions): string[] {
  const given = [...[data].flat(), dev, watch].filter((each) => each !== undefined);
  return [
    ...given.flatMap((source) => (source.kind === "heldOut" ? [] : pathsOf(source))),
    ...(guidedAlignment === undefined ? [] : [guidedAlignment]),
  ];
}

/** @throws UserError naming all files that are missing. */
function checkThere(paths: readonly string[]): void {
  const missing = paths.filter((path) => path !== "-" && !existsSync(path));
  const [only, ...more] = missing;
  if (only === undefined) return;
  throw new UserError(
    more.length === 0
      ? `${only}: there is no such file; check the path.`
      : `${missing.join(", ")}: there are no such files; check the paths.`,
  );
}

/** Reads the files named by the options, and plans a new run. */
async function newPlan(options: TrainOptions, start: StoredModel | null): Promise<Plan> {
  const files = [options.sourceEmbeddings, options.targetEmbeddings];
  const gone = files.filter((path) => path !== undefined && !existsSync(path));
  const vectors = start || gone.length > 0 ? {} : await vectorSizes(options);
  const planned = plan(options, { start: start?.sizes, vectors });
  checkThere([...namedFiles(planned.options), ...(gone as string[])]);
  return planned;
}

async function readStart(from: string, { log }: TrainHooks): Promise<StoredModel> {
  return readModel(from, { ...(log && { onNotice: log }) });
}

interface Where {
  readonly storage: RunStorage;
  readonly ranks: MpiRanks | null;
  readonly beginning: Beginning | null;
}

function runOf(plan: Plan, { storage, ranks, beginning }: Where): Run {
  const { options, configuration } = plan;
  checkMemory(configuration);
  const { device, threads: asked } = options;
  // A run may be resumed on fewer processors; the number of threads never changes results.
  const threads =
    beginning || asked === undefined ? asked : Math.min(asked, mostThreads(availableParallelism()));
  const run = { plan, storage, sources: sourcesInFiles(options, configuration), beginning };
  if (ranks) {
    return { ...run, runtime: runtimeOf(ranks, options), ranks };
  }
  return {
    ...run,
    runtime: nodeRuntime({ device, ...(threads && { threads }) }),
  };
}

/** The initial weights of a run: from a model, or random, with embeddings from files if given. */
function beginningOf(options: FullTrainOptions, start: StoredModel | null): Beginning {
  const begun = beginningFrom(start);
  return {
    ...begun,
    async initialize(parameters, data, log) {
      await begun.initialize?.(parameters, data, log);
      await takeVectors(options, data, parameters, log);
    },
  };
}
