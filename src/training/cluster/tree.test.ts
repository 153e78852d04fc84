import { expect, test } from "vitest";
import { branches, foldTree, inShards, nodesWithin, shardsOf } from "./tree.ts";

test("item i is in shard i mod the number of shards, and a shard may be empty", () => {
  expect(inShards(["a", "b", "c", "d", "e"], 2)).toEqual([
    ["a", "c", "e"],
    ["b", "d"],
  ]);
  expect(inShards(["a"], 3)).toEqual([["a"], [], []]);
});

/** The order of a sum, with brackets. */
function order(shards: number, ranks: number): string {
  const values = new Map<number, { end: number; value: string }>();
  for (let rank = 0; rank < ranks; rank++) {
    for (const node of nodesWithin(shardsOf(rank, ranks, shards), shards)) {
      values.set(node.start, { end: node.end, value: written(node.start, node.end) });
    }
  }
  return foldTree(shards, values, (one, other) => `(${one}+${other})`);
}

function written(start: number, end: number): string {
  if (end - start === 1) return String(start);
  const [left, right] = branches({ start, end });
  return `(${written(left.start, left.end)}+${written(right.start, right.end)})`;
}

test("sums are of halves where the number of shards is a power of two", () => {
  expect(order(4, 1)).toBe("((0+1)+(2+3))");
  expect(order(6, 1)).toBe("(((0+1)+(2+3))+(4+5))");
});

test.each([1, 2, 3, 4, 6, 7, 8, 12, 16, 24])(
  "%i shards are summed in one order by any number of ranks that divides them",
  (shards) => {
    const counts = Array.from({ length: shards }, (_, at) => at + 1).filter(
      (count) => shards % count === 0,
    );
    expect(new Set(counts.map((count) => order(shards, count)))).toEqual(
      new Set([written(0, shards)]),
    );
  },
);
