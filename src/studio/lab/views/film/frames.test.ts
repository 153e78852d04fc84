import { expect, test } from "vitest";
import { framesOf } from "./frames.ts";

test("a short film has all its frames", () => {
  expect(framesOf(5, 2, 8)).toEqual([0, 1, 2, 3, 4]);
});

test("a long film leaves out frames, but neither the one that is shown nor the newest", () => {
  const frames = framesOf(100, 37, 10);
  expect(frames.length).toBeLessThanOrEqual(12);
  expect(frames).toContain(0);
  expect(frames).toContain(37);
  expect(frames.at(-1)).toBe(99);
});

test("a frame that is added moves no other", () => {
  const inner = (count: number): number[] => framesOf(count, 0, 10).slice(0, -1);
  for (let count = 21; count < 40; count++) {
    expect(inner(count + 1).slice(0, inner(count).length)).toEqual(inner(count));
  }
});

test("there may be no frame yet", () => {
  expect(framesOf(0, 0, 10)).toEqual([]);
});
