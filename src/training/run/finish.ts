/** @file The last part of a run on other weights: when it begins. */

import type { FullTrainOptions } from "../plan/options.ts";
import { usualFinish } from "../plan/options.ts";
import type { TrainingState } from "../storage/checkpoint.ts";
import { partDone } from "./limits.ts";

type Options = Pick<
  FullTrainOptions,
  "finishWeights" | "finish" | "epochs" | "minutes" | "steps" | "accumulate"
>;

/**
 * Whether the last part of a run begins with the epoch that is about to begin: with the epoch's boundary that is nearest to
 * it. The first epoch never belongs to it.
 *
 * @param batches the batches of that epoch.
 */
export function isFinishDue(
  { finishWeights, finish = usualFinish, accumulate, ...limits }: Options,
  state: Pick<TrainingState, "step" | "epoch" | "batch" | "seconds" | "finishEpoch">,
  batches: number,
): boolean {
  if (finishWeights === undefined || state.finishEpoch !== undefined || state.epoch === 0) {
    return false;
  }
  const steps = Math.ceil(batches / accumulate);
  const end = {
    step: state.step + steps,
    epoch: state.epoch + 1,
    batch: 0,
    seconds: state.seconds * (1 + steps / Math.max(1, state.step)),
  };
  const middle = (partDone(limits, state, batches) + partDone(limits, end, batches)) / 2;
  // Decimal fractions are not exact: half of 0.8 + 0.9 is 0.85.
  return middle >= 1 - finish - 1e-9;
}
