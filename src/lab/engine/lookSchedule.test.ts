import { expect, test } from "vitest";
import { LookSchedule } from "./lookSchedule.ts";

/** The steps that a run is looked at, whose steps and looks take so many milliseconds. */
function stepsOf(milliseconds: number, look: number, last: number): number[] {
  const schedule = new LookSchedule();
  const seen: number[] = [];
  let now = 0;
  for (let step = 1; step <= last; step++) {
    now += milliseconds;
    if (!schedule.isDue({ step, seconds: (step * milliseconds) / 1000 }, now)) continue;
    seen.push(step);
    schedule.note(now, now + look);
    now += look;
  }
  return seen;
}

test("a run is looked at after its first step, and then at growing distances", () => {
  const steps = stepsOf(10, 20, 2000);
  expect(steps[0]).toBe(1);
  const distances = steps.slice(1).map((step, index) => step - (steps[index] as number));
  expect(distances.at(-1)).toBeGreaterThan(2 * (distances[3] as number));
});

test("looks take a small part of the time", () => {
  const steps = stepsOf(5, 60, 4000);
  expect(steps.length * 60).toBeLessThan(0.2 * 4000 * 5);
});

test("runs of different speeds are looked at after the same round steps", () => {
  const [fast, slow] = [stepsOf(5, 20, 1200), stepsOf(23, 145, 1200)];
  const common = fast.filter((step) => slow.includes(step));
  expect(common).toEqual(
    expect.arrayContaining([1, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000]),
  );
});
