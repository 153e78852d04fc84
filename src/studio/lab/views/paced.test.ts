import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Paced } from "./paced.svelte.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("of values that come often, the latest is shown after each pause", () => {
  const paced = new Paced(0, 100);
  paced.take(1);
  expect(paced.shown).toBe(1);
  for (const value of [2, 3, 4]) paced.take(value);
  expect(paced.shown).toBe(1);
  vi.advanceTimersByTime(100);
  expect(paced.shown).toBe(4);
});

test("a value that comes after a rest is shown at once", () => {
  const paced = new Paced(0, 100);
  paced.take(1);
  vi.advanceTimersByTime(500);
  paced.take(2);
  expect(paced.shown).toBe(2);
});

test("what waits is left out once it is stopped", () => {
  const paced = new Paced(0, 100);
  paced.take(1);
  paced.take(2);
  paced.stop();
  vi.advanceTimersByTime(500);
  expect(paced.shown).toBe(1);
});
