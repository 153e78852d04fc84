/** @file A training run in memory: its pairs are values, and its files are bytes. */

import type { PairSource } from "../../data/pairs.ts";
import { pairsInMemory } from "../../data/pairs.ts";
import { modelFiles, modelInFiles } from "../../modelFolder/modelFolder.ts";
import { OptionError } from "../../options/optionError.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { UserError } from "../../tensor/errors.ts";
import type { PairsOfRun } from "../corpus/runSources.ts";
import type { TrainOptions } from "../plan/options.ts";
import type { Plan } from "../plan/plan.ts";
import { plan } from "../plan/plan.ts";
import type { RunResult } from "../run/events.ts";
import type { RunHooks } from "../run/runHooks.ts";
import type { Run } from "../run/runParts.ts";
import { beginningFrom } from "../run/start.ts";
import { runTraining } from "../run/trainer.ts";
import type { Limits } from "../step/schedules.ts";
import { runFiles } from "../storage/runStorage.ts";
import { resumedPlan } from "../storage/storedOptions.ts";
import { MemoryStorage } from "./memoryStorage.ts";

/** A source text and its target. */
export interface TextPair {
  readonly source: string;
  readonly target: string;
}

/** Options that name files, or describe the machine of a run. */
const withoutFiles = [
  "out",
  "sourceEmbeddings",
  "targetEmbeddings",
  "guidedAlignment",
  "guidedAlignmentWeight",
  "weights",
  "finishWeights",
  "finish",
  "columns",
  "format",
  "source",
  "target",
  "patches",
  "resume",
  "threads",
  "device",
  "stallTimeout",
] as const;

/** The options of a run in memory: the options of `train`, except those that name files. */
export interface MemoryTrainOptions
  extends Omit<TrainOptions, "data" | "dev" | "watch" | "from" | (typeof withoutFiles)[number]> {
  readonly data: readonly TextPair[];
  /**
   * Held-out pairs that decide which weights are kept and when to stop; by default, some of `data`. `false` trains on
   * all of them.
   */
  readonly dev?: readonly TextPair[] | false;
  /** At most 20 pairs whose alignment and translation each evaluation records in `training/watched.jsonl`. */
  readonly watch?: readonly TextPair[];
  /**
   * The files of a trained model by name, such as those of a run in memory: its weights, vocabularies and shape are where
   * the run starts.
   */
  readonly from?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/**
 * A run whose pairs, checkpoint, metrics and model stay in memory. It has the same files as a run in a folder, by
 * path: save them to resume the run later, in memory or on a disk.
 */
export class MemoryTraining {
  private readonly storage: MemoryStorage;
  private isBusy = false;

  /** @param files the files of a run to resume; none for a new run. */
  constructor(files: Iterable<readonly [path: string, bytes: Uint8Array<ArrayBuffer>]> = []) {
    this.storage = new MemoryStorage(files);
  }

  /** The files of the run, by path. */
  get files(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
    return this.storage.files;
  }

  /**
   * Starts the run.
   *
   * @throws UserError if an option or the data is invalid, or the loss is no longer finite.
   */
  train(
    { data, dev, watch, from, ...options }: MemoryTrainOptions,
    runtime: Runtime,
    hooks: RunHooks = {},
  ): Promise<RunResult> {
    return this.alone(async () => {
      const { storage } = this;
      if (storage.has(runFiles.checkpoint) || storage.has(modelFiles.config)) {
        throw new UserError("The run has begun already; go on with it, or begin another one.");
      }
      const wrong = withoutFiles.find((key) => key in options);
      if (wrong) {
        const problem = "a run in memory has no such option";
        throw new OptionError({ key: wrong, problem, remedy: "leave it out" });
      }
      const start = from ? modelInFiles(from, "give all files of a model's folder") : null;
      const planned = plan(
        {
          ...options,
          data: named("data"),
          dev: dev && named("dev"),
          watch: watch && named("watch"),
          ...(from && { from: "a model in memory" }),
          out: "",
        },
        { start: start?.sizes },
      );
      for (const note of planned.notes) hooks.log?.(note);
      const run = this.runOf(planned, runtime, { data, dev: dev || undefined, watch });
      return runTraining({ ...run, beginning: beginningFrom(start) }, hooks, async () =>
        storage.files.clear(),
      );
    });
  }

  /**
   * Resumes the run, as if it had not been stopped.
   *
   * @param limits new limits; if any is given, the earlier limits no longer apply.
   * @throws UserError if there is no checkpoint, a file is damaged, or the loss is no longer finite.
   */
  resume(limits: Limits, runtime: Runtime, hooks: RunHooks = {}): Promise<RunResult> {
    return this.alone(async () => {
      const { storage } = this;
      if (!storage.has(runFiles.options)) {
        throw new UserError("There is no run in memory to go on with; train one first.");
      }
      return runTraining(this.runOf(await resumedPlan(storage, limits), runtime, {}), hooks);
    });
  }

  private runOf(
    plan: Plan,
    runtime: Runtime,
    given: Readonly<Partial<Record<"data" | "dev" | "watch", readonly TextPair[] | undefined>>>,
  ): Run {
    const { options, configuration } = plan;
    if (configuration.sourceInput === "features") {
      throw new UserError(
        "A run in memory is trained on texts; choose a model that does not read features.",
      );
    }
    const pairs = (set: "data" | "dev" | "watch"): PairsOfRun => ({
      ...pairsInMemory(given[set] ?? [], set),
      features: null,
    });
    return {
      plan,
      storage: this.storage,
      sources: {
        data: [pairs("data")],
        dev: options.dev && options.dev.kind !== "heldOut" ? pairs("dev") : null,
        watch: options.watch ? pairs("watch") : null,
        alignments: null,
      },
      runtime,
      beginning: null,
    };
  }

  private async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isBusy) throw new UserError("The run goes on already; wait until it has ended.");
    this.isBusy = true;
    try {
      return await work();
    } finally {
      this.isBusy = false;
    }
  }
}

/** The stored name of pairs in memory: a resumed run never reads them again. */
const named = (path: string): PairSource => ({ kind: "table", path, columns: ["1", "2"] });
