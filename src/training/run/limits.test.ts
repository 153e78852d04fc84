import { expect, test } from "vitest";
import { isLimitReached, partDone, secondsLeft } from "./limits.ts";

/** After 30 steps in a minute: one epoch of 20 batches, and half of the next. */
const state = { step: 30, epoch: 1, batch: 10, seconds: 60 };

test.each([
  [{}, false],
  [{ epochs: 2, steps: 31, minutes: 1.1 }, false],
  [{ epochs: 1 }, true],
  [{ steps: 30, epochs: 5 }, true],
  [{ minutes: 1, steps: 40 }, true],
])("%j: reached is %j", (limits, isReached) => {
  expect(isLimitReached(limits, state)).toBe(isReached);
});

test.each([
  [{}, null],
  [{ epochs: 2 }, 20],
  [{ steps: 45 }, 30],
  [{ minutes: 3 }, 120],
  [{ epochs: 2, steps: 45, minutes: 3 }, 20],
  [{ steps: 10 }, 0],
])("%j: %j seconds are left", (limits, seconds) => {
  expect(secondsLeft(limits, state, 20)).toBe(seconds);
});

test.each([
  [{}, 0],
  [{ epochs: 3 }, 0.5],
  [{ steps: 40 }, 0.75],
  [{ minutes: 4 }, 0.25],
  [{ epochs: 3, steps: 40, minutes: 4 }, 0.75],
  [{ steps: 10 }, 1],
])("%j: %j of the run is done", (limits, part) => {
  expect(partDone(limits, state, 20)).toBe(part);
});

test("epochs take fewer steps where a step has several batches", () => {
  // 30 batches are left, which are 10 steps of 2 seconds.
  expect(secondsLeft({ epochs: 3, accumulate: 3 }, state, 20)).toBe(20);
});

test("nothing can be said of the pace before the first step", () => {
  expect(secondsLeft({ steps: 10 }, { step: 0, epoch: 0, batch: 0, seconds: 0 }, 20)).toBe(0);
});
