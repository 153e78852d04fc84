import { describe, expect, test } from "vitest";
import { isFinishDue } from "./finish.ts";

/** The epoch, from 0, with which the last part begins in a run of epochs of 100 batches; null if there is none. */
function beginning(
  limits: { epochs?: number; steps?: number; minutes?: number; finish?: number },
  accumulate = 1,
): number | null {
  const options = { finishWeights: [1, 0], accumulate, ...limits };
  for (let epoch = 0; epoch < 100; epoch++) {
    const step = (epoch * 100) / accumulate;
    if (step >= (limits.steps ?? Infinity) || epoch >= (limits.epochs ?? Infinity)) return null;
    // A step takes two seconds.
    if (isFinishDue(options, { step, epoch, batch: 0, seconds: 2 * step }, 100)) return epoch;
  }
  return null;
}

describe("the last part of a run begins with the epoch's beginning nearest to it", () => {
  test("by epochs", () => {
    expect(beginning({ epochs: 20 })).toBe(17);
    expect(beginning({ epochs: 10 })).toBe(8);
    expect(beginning({ epochs: 5 })).toBe(4);
    expect(beginning({ epochs: 5, finish: 0.5 })).toBe(2);
    expect(beginning({ epochs: 10, finish: 0.3 })).toBe(7);
  });

  test("by steps, also where the last epoch is cut short", () => {
    expect(beginning({ steps: 2000 })).toBe(17);
    expect(beginning({ steps: 1050, finish: 0.2 })).toBe(8);
    expect(beginning({ steps: 1000 }, 2)).toBe(17);
  });

  test("by minutes, at the pace of the run", () => {
    expect(beginning({ minutes: 2000 / 30, finish: 0.2 })).toBe(16);
  });
});

test("the first epoch never belongs to it, nor any where epochs are too long", () => {
  expect(beginning({ epochs: 1, finish: 0.9 })).toBe(null);
  expect(beginning({ steps: 150, finish: 0.1 })).toBe(null);
});

test("it begins once, and only where weights are given for it", () => {
  const state = { step: 900, epoch: 9, batch: 0, seconds: 9 };
  const options = { epochs: 10, accumulate: 1 };
  expect(isFinishDue(options, state, 100)).toBe(false);
  expect(isFinishDue({ ...options, finishWeights: [1, 0] }, state, 100)).toBe(true);
  const begun = { ...state, finishEpoch: 8 };
  expect(isFinishDue({ ...options, finishWeights: [1, 0] }, begun, 100)).toBe(false);
});
