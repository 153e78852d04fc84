import { expect, test } from "vitest";
import { Latest } from "./latest.ts";

test("one question is asked at a time, and of those that wait only the latest", async () => {
  const asked: number[] = [];
  let running = 0;
  const latest = new Latest(async (question: number) => {
    expect(++running).toBe(1);
    asked.push(question);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
  }, 0);
  for (const question of [1, 2, 3, 4]) latest.ask(question);
  await expect.poll(() => asked).toEqual([1, 4]);
  latest.ask(5);
  await expect.poll(() => asked).toEqual([1, 4, 5]);
});

test("nothing more is asked once it is stopped", async () => {
  const asked: number[] = [];
  const latest = new Latest(async (question: number) => void asked.push(question), 0);
  latest.ask(1);
  latest.ask(2);
  latest.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([1]);
});
