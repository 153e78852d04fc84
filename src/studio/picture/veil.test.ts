import { expect, test } from "vitest";
import type { Trace } from "../../trace/trace.ts";
import { brightestOf, darkest, veilOf } from "./veil.ts";

test("the veil is linear in the weight, and gone at the bright end of the scale", () => {
  expect(veilOf(0, 0.4)).toBe(darkest);
  expect(veilOf(0.1, 0.4)).toBeCloseTo(0.75 * darkest, 12);
  expect(veilOf(0.4, 0.4)).toBe(0);
  expect(veilOf(0.5, 0.4)).toBe(0);
});

test("one scale holds for all steps: up to the largest weight of the caption, or up to 1", () => {
  const steps = [
    [0.2, 0.8],
    [0.9, 0.1],
    [0.5, 0.5],
  ].map((data) => ({ tensors: { "attention.weights": { shape: [2], data } } }));
  const trace = { steps } as unknown as Trace;
  expect(brightestOf(trace, "largest")).toBe(0.9);
  expect(brightestOf(trace, "one")).toBe(1);
  expect(brightestOf({ steps: [] } as unknown as Trace, "largest")).toBe(1);
});
