import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OncePerFrame } from "./oncePerFrame.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (work: () => void) => setTimeout(work, 16));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("work that is asked for often is done once for each frame", () => {
  const work = vi.fn();
  const frames = new OncePerFrame(work);
  for (let asked = 0; asked < 10; asked++) frames.ask();
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(16);
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(work).toHaveBeenCalledTimes(1);
  frames.ask();
  vi.advanceTimersByTime(16);
  expect(work).toHaveBeenCalledTimes(2);
});

test("after a frame that took long there is a rest of the same length", () => {
  // The work takes 300 ms.
  const work = vi.fn(() => vi.setSystemTime(Date.now() + 300));
  const clock = vi.spyOn(performance, "now").mockImplementation(() => Date.now());
  const frames = new OncePerFrame(work);
  frames.ask();
  vi.advanceTimersByTime(17);
  frames.ask();
  vi.advanceTimersByTime(290);
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(40);
  expect(work).toHaveBeenCalledTimes(2);
  clock.mockRestore();
});

test("what was asked for is left out once it is cancelled", () => {
  const work = vi.fn();
  const frames = new OncePerFrame(work);
  frames.ask();
  frames.cancel();
  vi.advanceTimersByTime(100);
  expect(work).not.toHaveBeenCalled();
  frames.ask();
  vi.advanceTimersByTime(100);
  expect(work).toHaveBeenCalledTimes(1);
});

test("where nothing is drawn, work is done at once", () => {
  vi.stubGlobal("requestAnimationFrame", undefined);
  const work = vi.fn();
  new OncePerFrame(work).ask();
  expect(work).toHaveBeenCalledTimes(1);
});
