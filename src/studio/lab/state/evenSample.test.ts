import { expect, test } from "vitest";
import { EvenSample } from "./evenSample.ts";

const steps = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ step: from + index }));
const stepsOf = (sample: EvenSample<{ readonly step: number }>) =>
  sample.items.map(({ step }) => step);

test("keeps all steps as long as there is room", () => {
  const sample = new EvenSample<{ readonly step: number }>(8);
  sample.add(steps(1, 5));
  sample.add(steps(6, 8));
  expect(stepsOf(sample)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("keeps steps at even distances, and the last one, when there are more", () => {
  const sample = new EvenSample<{ readonly step: number }>(8);
  for (let step = 1; step <= 43; step++) sample.add([{ step }]);
  expect(stepsOf(sample)).toEqual([8, 16, 24, 32, 40, 43]);
  sample.add(steps(44, 48));
  expect(stepsOf(sample)).toEqual([8, 16, 24, 32, 40, 48]);
});

test("never holds more than there is room for, however many come at once", () => {
  const sample = new EvenSample<{ readonly step: number }>(100);
  sample.add(steps(1, 20_000));
  expect(sample.items.length).toBeLessThanOrEqual(101);
  expect(sample.last).toEqual({ step: 20_000 });
});

test("leaves out steps that it has", () => {
  const sample = new EvenSample<{ readonly step: number }>(8);
  sample.add(steps(1, 3));
  sample.add(steps(2, 4));
  expect(stepsOf(sample)).toEqual([1, 2, 3, 4]);
});
