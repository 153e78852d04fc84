/** What each worker of Vitest computes on. */
import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { processorsOf } from "./support/ownProcessor.ts";

test.runIf(process.platform === "linux")("a worker has one processor", () => {
  expect(availableParallelism()).toBe(1);
});

test("a list of processors is read as Linux writes it", () => {
  expect(processorsOf("0")).toEqual([0]);
  expect(processorsOf("0-2,5")).toEqual([0, 1, 2, 5]);
});
