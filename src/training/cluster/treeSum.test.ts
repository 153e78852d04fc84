import { expect, test } from "vitest";
import { ranksInMemory } from "../../../test/support/ranksInMemory.ts";
import { Random } from "../../tensor/random.ts";
import { branches, nodesWithin, shardsOf } from "./tree.ts";
import { addTo, partOf, TreeSum } from "./treeSum.ts";

const unit = 3;
const length = 7 * unit;

/** Numbers of very different sizes, whose sum depends on the order. */
function numbersOf(shard: number): Float32Array {
  const random = new Random(shard);
  return Float32Array.from(
    { length },
    () => (random.uniform() - 0.5) * 10 ** (8 * random.uniform()),
  );
}

function sumOf(start: number, end: number): Float32Array {
  if (end - start === 1) return numbersOf(start);
  const [left, right] = branches({ start, end });
  return addTo(sumOf(left.start, left.end), sumOf(right.start, right.end));
}

async function sumOverRanks(shards: number, count: number): Promise<Float32Array[]> {
  return Promise.all(
    ranksInMemory(count).map(async (ranks) => {
      const own = nodesWithin(shardsOf(ranks.rank, count, shards), shards).map((node) => ({
        node,
        numbers: sumOf(node.start, node.end),
      }));
      const sum = new TreeSum(ranks, { shards, unit });
      const into = own[0]?.numbers as Float32Array;
      await sum.sum(own, into);
      await sum.share(into);
      return into;
    }),
  );
}

test.each([
  [4, 1],
  [4, 2],
  [4, 4],
  [6, 2],
  [6, 3],
  [12, 4],
  [16, 8],
])("%i shards have the same sum to the last bit on %i ranks", async (shards, count) => {
  const expected = sumOf(0, shards);
  for (const sum of await sumOverRanks(shards, count)) expect(sum).toEqual(expected);
});

test("another order gives other bits, so that the test above says something", () => {
  const inOrder = numbersOf(0);
  for (let shard = 1; shard < 4; shard++) addTo(inOrder, numbersOf(shard));
  expect(inOrder).not.toEqual(sumOf(0, 4));
});

test("parts follow each other and differ by one at most, also where there are more ranks than things", () => {
  const parts = Array.from({ length: 5 }, (_, rank) => partOf(rank, 5, 3));
  expect(parts.map(({ start, end }) => end - start).toSorted()).toEqual([0, 0, 1, 1, 1]);
  expect(parts.map(({ start }) => start)).toEqual([0, ...parts.slice(0, -1).map(({ end }) => end)]);
});
