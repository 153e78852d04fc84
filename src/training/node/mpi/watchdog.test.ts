import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Watchdog } from "./watchdog.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a call that does not end is reported with the seconds that it has taken", async () => {
  const told: string[] = [];
  const watchdog = new Watchdog(
    30,
    (seconds) => `waited ${seconds} s`,
    (each) => told.push(each),
  );
  let end = (): void => {};
  const call = watchdog.during(() => new Promise<void>((resolve) => (end = resolve)));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told).toEqual(["waited 30 s"]);
  end();
  await call;
});

test("calls that end are not added up", async () => {
  const told: string[] = [];
  const watchdog = new Watchdog(2, String, (each) => told.push(each));
  for (let call = 0; call < 5; call++) {
    const wait = watchdog.during(() => new Promise((resolve) => setTimeout(resolve, 1500)));
    await vi.advanceTimersByTimeAsync(1500);
    await wait;
  }
  expect(told).toEqual([]);
});
