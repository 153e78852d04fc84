import { expect, test } from "vitest";
import type { Look } from "../../../lab/messages.ts";
import { betterOf, lastCommonLooks } from "./comparison.ts";

const look = (step: number, right = 0): Look => ({
  step,
  right,
  seconds: step / 100,
  trainPerplexity: 1,
  heldOutPerplexity: 1,
  outputs: [],
  watched: [],
  moved: [],
});

test("two runs are compared at the last step at which both were looked at", () => {
  const [fast, slow] = [
    [look(0), look(50), look(100), look(200)],
    [look(0), look(50), look(100)],
  ];
  expect(lastCommonLooks(fast, slow)?.map(({ step }) => step)).toEqual([100, 100]);
  expect(lastCommonLooks(slow, fast)?.map(({ step }) => step)).toEqual([100, 100]);
});

test("runs that were never looked at at one step are not compared", () => {
  expect(lastCommonLooks([look(0)], [])).toBeNull();
  expect(lastCommonLooks([look(10)], [look(20)])).toBeNull();
});

test("a difference of less than two in a hundred is none", () => {
  expect(betterOf([look(9, 0.9), look(9, 0.4)])).toBe(0);
  expect(betterOf([look(9, 0.1), look(9, 0.4)])).toBe(1);
  expect(betterOf([look(9, 0.5), look(9, 0.51)])).toBeNull();
});
