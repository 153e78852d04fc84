/**
 * @file When a run evaluates its weights, and how long it waits for the dev set to improve.
 *
 * By time, evaluations are a minute apart at first and up to ten minutes later, so that one sees soon whether a model
 * learns, and loses little time once it does. On a small corpus, a minute is many epochs, in which the best weights would
 * be missed; so evaluations are no more than an epoch apart, unless that makes them too frequent.
 */

import type { Schedule } from "../step/schedules.ts";
import { plateauOf } from "../step/schedules.ts";
import type { TrainingState } from "../storage/checkpoint.ts";

/** The longest interval, in seconds, and the factor from one to the next; a run begins with an interval of a minute. */
const longestInterval = 600;
const growth = 1.5;
/** Seconds between evaluations at least, however short an epoch is. */
const shortestInterval = 10;
/** The largest share of the time that evaluations take. */
const share = 0.05;
/** Steps that count like an epoch where an epoch is longer. */
const longEpoch = 10_000;

/** When to evaluate: every so many steps, after each epoch, or by time. */
export type EvaluateEvery = number | "epoch" | "time";

type Times = Pick<
  TrainingState,
  "step" | "seconds" | "evaluatedStep" | "evaluatedAt" | "evaluationSeconds" | "evaluationInterval"
>;

/** Whether an evaluation is due within an epoch. */
export function isEvaluationDue(
  every: EvaluateEvery,
  state: Times,
  batchesPerEpoch: number,
): boolean {
  if (every === "epoch") return false;
  if (every !== "time") return state.step % every === 0;
  const passed = state.seconds - state.evaluatedAt;
  const least = Math.max(shortestInterval, state.evaluationSeconds * (1 / share - 1));
  if (passed < least) return false;
  return passed >= state.evaluationInterval || state.step - state.evaluatedStep >= batchesPerEpoch;
}

/** The interval after one of so many seconds. */
export function nextInterval(seconds: number): number {
  return Math.min(longestInterval, growth * seconds);
}

type Waiting = Pick<
  TrainingState,
  | "evaluatedStep"
  | "improvedStep"
  | "reducedStep"
  | "evaluationsSinceBest"
  | "evaluationsSinceReduction"
>;

/**
 * How often the dev set has not improved since its best evaluation, as patience counts it: in evaluations or, where they
 * come by time, in evaluations and in epochs, whichever are fewer. So evaluations that are close together do not use up
 * the patience within an epoch, and rare ones not after a single look. 10,000 steps count like an epoch where an epoch
 * is longer: nobody waits through epochs of many hours.
 */
export function timesWithoutImprovement(
  every: EvaluateEvery,
  state: Waiting,
  batchesPerEpoch: number,
): number {
  const { evaluatedStep, improvedStep, evaluationsSinceBest } = state;
  return fewer(every, evaluationsSinceBest, evaluatedStep - improvedStep, batchesPerEpoch);
}

/** Whether a schedule lowers the learning rate after the last evaluation; it counts as patience does. */
export function isOnPlateau(
  { every, schedule }: { readonly every: EvaluateEvery; readonly schedule: Schedule },
  state: Waiting,
  batchesPerEpoch: number,
): boolean {
  const plateau = plateauOf(schedule);
  const { evaluatedStep, improvedStep, reducedStep, evaluationsSinceReduction } = state;
  const steps = evaluatedStep - Math.max(improvedStep, reducedStep);
  const times = fewer(every, evaluationsSinceReduction, steps, batchesPerEpoch);
  return plateau !== null && times >= plateau.patience;
}

function fewer(
  every: EvaluateEvery,
  evaluations: number,
  steps: number,
  batchesPerEpoch: number,
): number {
  if (every !== "time") return evaluations;
  return Math.min(evaluations, Math.floor(steps / Math.min(batchesPerEpoch, longEpoch)));
}
