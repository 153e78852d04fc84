import { expect, test } from "vitest";
import { checkSchedule, parseSchedule, plateauOf, scheduleFactor } from "./schedules.ts";

const factors = (
  text: string,
  states: readonly (readonly [step: number, epoch: number, reductions: number])[],
) =>
  states.map(([step, epoch, reductions]) =>
    scheduleFactor(parseSchedule(text), {
      step,
      epoch: Math.floor(epoch),
      epochPart: epoch % 1,
      reductions,
      part: 0,
    }),
  );

test("constant stays", () => {
  expect(
    factors("constant", [
      [1, 0, 0],
      [999, 9, 3],
    ]),
  ).toEqual([1, 1]);
});

test("warm-up rises in a line and stays", () => {
  expect(
    factors("warmup:100", [
      [1, 0, 0],
      [50, 0, 0],
      [100, 0, 0],
      [500, 3, 0],
    ]),
  ).toEqual([0.01, 0.5, 1, 1]);
});

test("Luong's halves every epoch after the fifth", () => {
  expect(
    factors("halve:5", [
      [1, 0, 0],
      [1, 4, 0],
      [1, 5, 0],
      [1, 6, 0],
    ]),
  ).toEqual([1, 1, 0.5, 0.25]);
});

test("Sutskever's halves every half of an epoch after the fifth", () => {
  const found = factors("halve:5:0.5", [
    [1, 4.9, 0],
    [1, 5, 0],
    [1, 5.4, 0],
    [1, 5.5, 0],
    [1, 7.4, 0],
  ]);
  expect(found).toEqual([1, 0.5, 0.5, 0.25, 1 / 32]);
});

test("tensorflow/nmt's schemes halve at even distances behind a constant part", () => {
  const at = (text: string, steps: readonly number[]) =>
    factors(
      text,
      steps.map((step) => [step, 0, 0] as const),
    );
  // 12,000 steps: constant for 8,000, then halved each 1,000; steps here count from 1.
  expect(at("luong234:12000", [8000, 9000, 9001, 10001, 12000])).toEqual([1, 1, 0.5, 0.25, 0.125]);
  expect(at("luong5:1000", [500, 600, 601, 1000])).toEqual([1, 1, 0.5, 1 / 16]);
  expect(at("luong10:1000", [500, 550, 551, 1000])).toEqual([1, 1, 0.5, 1 / 512]);
});

test("tensorflow/nmt's schemes take the length of the run where they are not given one", () => {
  const state = { step: 11_001, epoch: 0, epochPart: 0, reductions: 0, steps: 12_000, part: 0 };
  expect(scheduleFactor(parseSchedule("luong234"), state)).toBe(0.125);
  expect(() => checkSchedule(parseSchedule("warmup:5+luong10"), { minutes: 5 })).toThrow(
    /schedule: "luong10": .* add steps, or write luong10:STEPS/,
  );
  expect(() => checkSchedule(parseSchedule("luong10"), { steps: 100 })).not.toThrow();
});

test("linear falls to 0 at the end of the run, and needs to know of one", () => {
  const at = (part: number): number =>
    scheduleFactor(parseSchedule("warmup:10+linear"), {
      step: 10,
      epoch: 0,
      epochPart: 0.5,
      reductions: 0,
      part,
    });
  expect([0, 0.25, 1].map(at)).toEqual([1, 0.75, 0]);
  for (const limits of [{ steps: 9 }, { epochs: 1 }, { minutes: 3 }]) {
    expect(() => checkSchedule(parseSchedule("linear"), limits)).not.toThrow();
  }
  expect(() => checkSchedule(parseSchedule("warmup:5+linear"), {})).toThrow(
    'schedule: "linear": it reaches 0 at the end of the run; add steps, epochs or minutes.',
  );
});

test("the t2t warm-up rises by the same factor at each step, from 0.01", () => {
  const [first, middle, last, after] = factors("t2t:100", [
    [1, 0, 0],
    [51, 0, 0],
    [101, 0, 0],
    [500, 0, 0],
  ]);
  expect(first).toBeCloseTo(0.01, 12);
  expect(middle).toBeCloseTo(0.1, 12);
  expect([last, after]).toEqual([1, 1]);
});

test("schedules joined by + are multiplied, and one of them may watch the dev set", () => {
  expect(factors("warmup:100+plateau:0.1:3", [[50, 0, 1]])).toEqual([0.05]);
  expect(plateauOf(parseSchedule("warmup:100+plateau:0.1:3"))?.patience).toBe(3);
  expect(plateauOf(parseSchedule("t2t:100+halve:2"))).toBeNull();
});

test("plateau multiplies once for each reduction", () => {
  expect(
    factors("plateau", [
      [1, 0, 0],
      [1, 1, 2],
    ]),
  ).toEqual([1, 0.25]);
  expect(factors("plateau:0.1:3", [[1, 0, 1]])).toEqual([0.1]);
});

test.each([
  "",
  "linear:5",
  "warmup",
  "warmup:x",
  "halve:0",
  "halve:2:0",
  "plateau:2:1",
  "constant:3",
  "luong234:x",
  "luong3",
  "t2t",
  "warmup:5+",
  "plateau+plateau",
])("%j is refused with what can be written", (text) => {
  expect(() => parseSchedule(text)).toThrow(/schedule: ".*": write constant, warmup:STEPS/);
});
