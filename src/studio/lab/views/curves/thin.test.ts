import { expect, test } from "vitest";
import { bucketsOf, lastAt, nearestAt, speedsOf } from "./thin.ts";

const over = (values: readonly number[]) => ({
  count: values.length,
  stepOf: (index: number) => index + 1,
  numberOf: (index: number) => values[index] as number,
});

test("few numbers stay as they are", () => {
  const buckets = bucketsOf(over([3, 2, 1]), 3, 100);
  expect(buckets.map(({ step, mean }) => [step, mean])).toEqual([
    [1, 3],
    [2, 2],
    [3, 1],
  ]);
});

test("many numbers become few, and no extreme gets lost", () => {
  const values = Array.from({ length: 20_000 }, (_, index) => 1 + Math.sin(index));
  values[12_345] = 99;
  values[7] = -99;
  const buckets = bucketsOf(over(values), 20_000, 300);
  expect(buckets.length).toBeLessThanOrEqual(300);
  expect(Math.max(...buckets.map(({ most }) => most))).toBe(99);
  expect(Math.min(...buckets.map(({ least }) => least))).toBe(-99);
  const steps = buckets.map(({ step }) => step);
  expect(steps).toEqual([...steps].sort((one, other) => one - other));
});

test("what is not finite is left out", () => {
  expect(bucketsOf(over([1, Number.NaN, Number.POSITIVE_INFINITY]), 3, 10)).toHaveLength(1);
});

test("speed is steps by seconds, over spans that are long enough", () => {
  const steps = Array.from({ length: 1001 }, (_, step) => ({ step, seconds: step / 50 }));
  const speeds = speedsOf(steps, 10);
  expect(speeds.length).toBeGreaterThan(5);
  expect(speeds.length).toBeLessThanOrEqual(10);
  for (const { mean } of speeds) expect(mean).toBeCloseTo(50, 6);
  expect(speedsOf(steps.slice(0, 11), 10)).toEqual([]);
});

test("a step is found among others", () => {
  const things = [0, 50, 100].map((step) => ({ step }));
  expect([-1, 0, 49, 50, 1000].map((step) => lastAt(things, step))).toEqual([-1, 0, 0, 1, 2]);
  expect([0, 20, 30, 80, 1000].map((step) => nearestAt(things, step))).toEqual([0, 0, 1, 2, 2]);
  expect(nearestAt([], 3)).toBe(-1);
});
