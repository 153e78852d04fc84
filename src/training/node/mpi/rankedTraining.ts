/** @file A training by the processes that `mpirun` has started: rank 0 leads it, the others work for it. */

import { availableParallelism, hostname } from "node:os";
import { OptionError } from "../../../options/optionError.ts";
import { nodeRuntime } from "../../../runtime/node.ts";
import type { Runtime } from "../../../runtime/runtime.ts";
import { mostThreads } from "../../../runtime/runtime.ts";
import { UserError } from "../../../tensor/errors.ts";
import type { FullTrainOptions } from "../../plan/options.ts";
import type { RunResult, TrainHooks } from "../../run/events.ts";
import { workForRun } from "../../run/member.ts";
import type { Order } from "../../run/orders.ts";
import { launchOf, threadsOf } from "./launch.ts";
import type { MpiRanks } from "./mpiRanks.ts";
import { joinRanks } from "./mpiRanks.ts";

/** Whether a launcher has started this process as a rank other than 0, which prints and writes nothing. */
export function isMember(): boolean {
  return (launchOf()?.rank ?? 0) > 0;
}

/**
 * Works as a rank other than 0 until the run ends.
 *
 * @returns the result of the run; null if it failed.
 * @throws UserError if this rank fails; the end of its process then ends the others.
 */
export async function workAsMember(): Promise<RunResult | null> {
  const ranks = (await joinRanks()) as MpiRanks;
  try {
    return await workForRun(ranks, (options) => {
      ranks.stallTimeout = options.stallTimeout;
      return runtimeOf(ranks, options);
    });
  } catch (error) {
    ranks.fail();
    const where = `rank ${ranks.rank} of ${ranks.count} on ${hostname()}`;
    throw new UserError(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Runs a training on rank 0, and tells the others when it has ended.
 *
 * @param ranks null for a process alone.
 */
export async function leading<Result extends RunResult>(
  ranks: MpiRanks | null,
  run: () => Promise<Result>,
): Promise<Result> {
  if (!ranks) return run();
  const end = async (result: RunResult | null): Promise<void> => {
    const order: Order = { kind: "end", result };
    for (let rank = 1; rank < ranks.count; rank++) await ranks.send(rank, order);
  };
  let result: Result;
  try {
    result = await run();
  } catch (error) {
    // Amid a step the others wait for numbers, and would not hear that it has ended.
    if (ranks.activity !== "") ranks.fail();
    else await end(null);
    throw error;
  }
  await end(result);
  return result;
}

/**
 * Checks that ranks can share the shards of a run, and says who trains.
 *
 * @throws OptionError if they cannot.
 */
export function checkShards(
  ranks: MpiRanks,
  options: FullTrainOptions,
  log: TrainHooks["log"],
): void {
  const { shards } = options;
  const { count, launch, library } = ranks;
  ranks.stallTimeout = options.stallTimeout;
  if (shards % count !== 0) {
    throw new OptionError({
      key: "shards",
      value: shards,
      problem: `${launch.launcher} has started ${count} processes, which cannot share ${shards} ${shards === 1 ? "shard" : "shards"} evenly`,
      remedy: `start a new run with {shards=${count}} or a multiple of it, or ${shards === 1 ? "start one process" : `start as many processes as divide ${shards}`}`,
    });
  }
  log?.(
    `${count} ranks train together, with ${shards / count} of ${shards} shards each (${library}).`,
  );
}

/** The runtime of a rank: threads as given, or its share of the processors. */
export function runtimeOf(
  ranks: MpiRanks,
  { device, threads }: Pick<FullTrainOptions, "device" | "threads">,
): Runtime {
  const most = mostThreads(availableParallelism());
  return nodeRuntime({
    device,
    threads: threads === undefined ? threadsOf(ranks.launch) : Math.min(threads, most),
  });
}
