import { expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { nodeRuntime } from "./node.ts";
import { checkThreads } from "./runtime.ts";

test("threads are taken up to four for each processor, and 32 anywhere", () => {
  for (const [threads, processors] of [
    [1, 1],
    [32, 2],
    [64, 16],
    [384, 96],
  ] as const) {
    expect(() => checkThreads(threads, processors)).not.toThrow();
  }
});

test.each([0, -1, 1.5, 1e9, Number.NaN, Number.POSITIVE_INFINITY])(
  "%d threads are refused in a sentence",
  (threads) => {
    const message = `threads: ${threads}: this machine has 2 processors; give a whole number from 1 to 32.`;
    expect(() => checkThreads(threads, 2)).toThrow(UserError);
    expect(() => checkThreads(threads, 2)).toThrow(message);
    expect(() => nodeRuntime({ threads })).toThrow(/^threads: [^\n]*; give a whole number from 1/);
  },
);
