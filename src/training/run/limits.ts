import { largestOf, smallestOf } from "../../tensor/extremes.ts";
import type { Limits } from "../step/schedules.ts";
import type { TrainingState } from "../storage/checkpoint.ts";

/** The progress of a run. */
type Progress = Pick<TrainingState, "step" | "epoch" | "batch" | "seconds">;

/** Whether a run has reached one of its limits. */
export function isLimitReached({ epochs, steps, minutes }: Limits, state: Progress): boolean {
  return (
    (epochs !== undefined && state.epoch >= epochs) ||
    (steps !== undefined && state.step >= steps) ||
    (minutes !== undefined && state.seconds >= minutes * 60)
  );
}

/** The completed fraction of a run, from 0 to 1, by its nearest limit; 0 without a limit. */
export function partDone(
  { epochs, steps, minutes }: Limits,
  state: Progress,
  batchesPerEpoch: number,
): number {
  const parts = [0];
  if (epochs !== undefined) parts.push((state.epoch + state.batch / batchesPerEpoch) / epochs);
  if (steps !== undefined) parts.push(state.step / steps);
  if (minutes !== undefined) parts.push(state.seconds / (minutes * 60));
  return Math.min(1, largestOf(parts));
}

/**
 * Estimated seconds to the nearest limit, at the current pace; null without a limit.
 *
 * @param accumulate the batches of a step.
 */
export function secondsLeft(
  { epochs, steps, minutes, accumulate = 1 }: Limits & { readonly accumulate?: number },
  state: Progress,
  batchesPerEpoch: number,
): number | null {
  const perStep = state.seconds / Math.max(1, state.step);
  const left: number[] = [];
  if (epochs !== undefined) {
    const batches = (epochs - state.epoch) * batchesPerEpoch - state.batch;
    left.push((batches / accumulate) * perStep);
  }
  if (steps !== undefined) left.push((steps - state.step) * perStep);
  if (minutes !== undefined) left.push(minutes * 60 - state.seconds);
  return left.length > 0 ? Math.max(0, smallestOf(left)) : null;
}
