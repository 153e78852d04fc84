import { describe, expect, test } from "vitest";
import { parseSchedule } from "../step/schedules.ts";
import { initialState, type TrainingState } from "../storage/checkpoint.ts";
import {
  type EvaluateEvery,
  isEvaluationDue,
  isOnPlateau,
  nextInterval,
  timesWithoutImprovement,
} from "./pace.ts";

interface Pace {
  /** Seconds of a step, and of an evaluation. */
  readonly step: number;
  readonly evaluation: number;
  readonly batchesPerEpoch: number;
}

/** When evaluations begin, in seconds, in a run of so many seconds. */
function evaluationsOf(pace: Pace, seconds: number): number[] {
  const state = initialState();
  const begun: number[] = [];
  while (state.seconds < seconds) {
    state.step++;
    state.seconds += pace.step;
    if (!isEvaluationDue("time", state, pace.batchesPerEpoch)) continue;
    begun.push(Math.round(state.seconds));
    state.seconds += pace.evaluation;
    state.evaluatedStep = state.step;
    state.evaluatedAt = state.seconds;
    state.evaluationSeconds = pace.evaluation;
    state.evaluationInterval = nextInterval(state.evaluationInterval);
  }
  return begun;
}

describe("evaluations by time", () => {
  test("come after a minute, and then at growing intervals up to ten minutes", () => {
    const long = { step: 1, evaluation: 0, batchesPerEpoch: 1e6 };
    expect(evaluationsOf(long, 3600)).toEqual([60, 150, 285, 488, 792, 1248, 1848, 2448, 3048]);
  });

  test("are at most an epoch apart, but not closer than ten seconds", () => {
    const minutes = { step: 1, evaluation: 0, batchesPerEpoch: 120 };
    expect(evaluationsOf(minutes, 600)).toEqual([60, 150, 270, 390, 510]);
    const second = { step: 0.125, evaluation: 0, batchesPerEpoch: 8 };
    expect(evaluationsOf(second, 45)).toEqual([10, 20, 30, 40]);
  });

  test.each([1, 20, 90])(
    "that take %d s leave nineteen times as much for training",
    (evaluation) => {
      const pace = { step: 1, evaluation, batchesPerEpoch: 10 };
      const all = evaluationsOf(pace, 40_000);
      const part = (all.length * evaluation) / 40_000;
      expect(all.length).toBeGreaterThan(20);
      expect(part).toBeLessThanOrEqual(0.0525);
    },
  );
});

test("evaluations by steps and by epochs do not depend on time", () => {
  const state = { ...initialState(), seconds: 1e6 };
  const due = (every: EvaluateEvery, step: number) => isEvaluationDue(every, { ...state, step }, 9);
  expect([4, 5, 6, 10].map((step) => due(5, step))).toEqual([false, true, false, true]);
  expect([4, 9, 18].map((step) => due("epoch", step))).toEqual([false, false, false]);
});

describe("the dev set has not improved", () => {
  const waiting = (evaluations: number, steps: number): TrainingState => ({
    ...initialState(),
    step: 5000 + steps,
    evaluatedStep: 5000 + steps,
    improvedStep: 5000,
    evaluationsSinceBest: evaluations,
    evaluationsSinceReduction: evaluations,
  });

  test.each<[string, EvaluateEvery, number, number, number, number]>([
    ["evaluations by steps count, whatever they are", 10, 3, 30, 500, 3],
    ["so do those by epochs", "epoch", 3, 1500, 500, 3],
    ["many evaluations in two epochs count as two", "time", 9, 1000, 500, 2],
    ["two evaluations in many epochs count as two", "time", 2, 50_000, 500, 2],
    ["an epoch that is not over does not count", "time", 5, 499, 500, 0],
    ["ten thousand steps count like an epoch", "time", 9, 31_000, 150_000, 3],
  ])("%s", (_, every, evaluations, steps, batchesPerEpoch, expected) => {
    const state = waiting(evaluations, steps);
    expect(timesWithoutImprovement(every, state, batchesPerEpoch)).toBe(expected);
    const schedule = (patience: number) => parseSchedule(`plateau:0.5:${patience}`);
    for (const [patience, isReached] of [
      [Math.max(1, expected), expected > 0],
      [expected + 1, false],
    ] as const) {
      const how = { every, schedule: schedule(patience) };
      expect(isOnPlateau(how, state, batchesPerEpoch)).toBe(isReached);
    }
  });

  test("the plateau counts again after a reduction", () => {
    const how = { every: "time", schedule: parseSchedule("warmup:10+plateau") } as const;
    const reduced = { ...waiting(9, 1000), reducedStep: 5900, evaluationsSinceReduction: 1 };
    expect(isOnPlateau(how, reduced, 500)).toBe(false);
    expect(isOnPlateau(how, { ...reduced, reducedStep: 5500 }, 500)).toBe(true);
    const steady = { every: "time", schedule: parseSchedule("constant") } as const;
    expect(isOnPlateau(steady, waiting(9, 5000), 500)).toBe(false);
  });
});
