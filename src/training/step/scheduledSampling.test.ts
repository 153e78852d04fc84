import { expect, test } from "vitest";
import { tensorValue } from "../../tensor/value.ts";
import { chooseReplacements, parseSamplingDecay, truthProbability } from "./scheduledSampling.ts";

test.each([
  ["linear:100", [1, 0.5, 0, 0]],
  ["linear:100:0.25", [1, 0.5, 0.25, 0.25]],
  ["exponential:0.99", [1, 0.99 ** 50, 0.99 ** 100, 0.99 ** 1000]],
  [
    "inverse-sigmoid:50",
    [50 / 51, 50 / (50 + Math.E), 50 / (50 + Math.E ** 2), 50 / (50 + Math.E ** 20)],
  ],
])("%s falls as the paper says", (typed, expected) => {
  const decay = parseSamplingDecay(typed);
  [0, 50, 100, 1000].forEach((step, index) => {
    expect(truthProbability(decay, step)).toBeCloseTo(expected[index] as number, 12);
  });
});

test.each([
  "",
  "linear",
  "linear:0",
  "linear:",
  "linear:5:2",
  "exponential:1",
  "inverse-sigmoid:0.5",
  "x:1",
])("%j is refused", (typed) => {
  expect(() => parseSamplingDecay(typed)).toThrow(/^scheduledSampling: ".*": write linear:STEPS/);
});

test("true tokens are taken away as often as asked, and never padding or the start", () => {
  const [target, batch] = [50, 40];
  const ids = tensorValue("int32", [target, batch], 5);
  // The start, and one sentence that has nothing else.
  for (let place = 0; place < batch; place++) ids.data[place] = 2;
  for (let time = 1; time < target; time++) ids.data[time * batch + 3] = 0;
  const chosen = chooseReplacements(ids, 0.7, { seed: 1, step: 9 });
  const possible = (target - 1) * (batch - 1);
  // Four standard deviations.
  const tolerance = 4 * Math.sqrt(possible * 0.3 * 0.7);
  expect(Math.abs(chosen.length - 0.3 * possible)).toBeLessThan(tolerance);
  expect(chosen.every(({ place }) => ids.data[place] === 5)).toBe(true);
  expect(chosen.every(({ uniform }) => uniform > 0 && uniform < 1)).toBe(true);
  expect(chooseReplacements(ids, 0.7, { seed: 1, step: 9 })).toEqual(chosen);
  expect(chooseReplacements(ids, 0.7, { seed: 1, step: 10 })).not.toEqual(chosen);
  expect(chooseReplacements(ids, 0.7, { seed: 2, step: 9 })).not.toEqual(chosen);
  expect(chooseReplacements(ids, 1, { seed: 1, step: 9 })).toEqual([]);
});
