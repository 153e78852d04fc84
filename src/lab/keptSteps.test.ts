import { expect, test } from "vitest";
import { withFigures, withLook } from "./keptSteps.ts";

const looksOf = (steps: readonly number[], most: number): number[] => {
  let looks: { readonly step: number }[] = [];
  for (const step of steps) looks = withLook(looks, { step }, most);
  return looks.map(({ step }) => step);
};

test("there are never too many looks, and the first and the last stay", () => {
  const steps = Array.from({ length: 500 }, (_, index) => index * 40);
  const kept = looksOf(steps, 64);
  expect(kept).toHaveLength(64);
  expect([kept[0], kept.at(-1)]).toEqual([0, 19_960]);
});

test("what is kept is even in the beginning, and sparser later", () => {
  const kept = looksOf(
    Array.from({ length: 2000 }, (_, index) => index * 10),
    64,
  );
  const gaps = kept.slice(1).map((step, index) => step - (kept[index] as number));
  const until = (step: number): number[] =>
    gaps.filter((_, at) => (kept[at + 1] as number) <= step);
  expect(Math.max(...until(200))).toBeLessThanOrEqual(40);
  expect(Math.max(...gaps)).toBeLessThan(20_000 / 8);
  expect(kept.filter((step) => step >= 2000).length).toBeGreaterThan(20);
});

test("a look takes the place of one of the same step", () => {
  expect(looksOf([0, 10, 10], 5)).toEqual([0, 10]);
});

test("measurements stay bounded and evenly spaced, however long a run is", () => {
  let kept: { readonly step: number }[] = [];
  for (let step = 1; step <= 5000; step += 10) {
    const added = Array.from({ length: 10 }, (_, index) => ({ step: step + index }));
    kept = withFigures(kept, added, 100);
  }
  const steps = kept.map(({ step }) => step);
  expect(steps.length).toBeLessThanOrEqual(101);
  expect(steps.length).toBeGreaterThan(50);
  expect(steps[0]).toBe(1);
  expect(
    new Set(steps.slice(2).map((step, index) => step - (steps[index + 1] as number))).size,
  ).toBe(1);
});
