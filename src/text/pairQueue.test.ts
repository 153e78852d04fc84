import { expect, test } from "vitest";
import { Random } from "../tensor/random.ts";
import { PairQueue } from "./pairQueue.ts";

test("the most frequent pair comes first, and the lowest number among equals", () => {
  const random = new Random(1);
  const entries = Array.from({ length: 200 }, () => ({
    pair: random.integer(1000),
    count: random.integer(20),
  }));
  const queue = new PairQueue();
  for (const { pair, count } of entries) queue.push(pair, count);
  const popped = Array.from({ length: 200 }, () => queue.pop());
  expect(popped).toEqual(
    entries.toSorted((one, other) => other.count - one.count || one.pair - other.pair),
  );
});

test("an empty queue yields nothing", () => {
  expect(new PairQueue().pop()).toBeUndefined();
});
