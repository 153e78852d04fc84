import { expect, test } from "vitest";
import { parseSchedule, scheduleFactor } from "./schedules.ts";

const factors = (
  text: string,
  states: readonly (readonly [step: number, epoch: number, reductions: number])[],
) =>
  states.map(([step, epoch, reductions]) =>
    scheduleFactor(parseSchedule(text), { step, epoch, reductions }),
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

test("plateau multiplies once for each reduction", () => {
  expect(
    factors("plateau", [
      [1, 0, 0],
      [1, 1, 2],
    ]),
  ).toEqual([1, 0.25]);
  expect(factors("plateau:0.1:3", [[1, 0, 1]])).toEqual([0.1]);
});

test.each(["", "linear", "warmup", "warmup:x", "halve:0", "plateau:2:1", "constant:3"])(
  "%j is refused with what can be written",
  (text) => {
    expect(() => parseSchedule(text)).toThrow(/--schedule .*write constant, warmup:STEPS/);
  },
);
