/**
 * @file How long ranks take to sum gradients and to give each other new parameters: what a step of training by several
 * processes adds to its computing.
 *
 *     mpirun -n 2 node .build/bench/sumSpeed.js [NUMBERS] [ROUNDS]
 */
import { nodesWithin, shardsOf } from "../src/training/cluster/tree.ts";
import { TreeSum } from "../src/training/cluster/treeSum.ts";
import { joinRanks } from "../src/training/node/mpi/mpiRanks.ts";
import { sliceSize } from "../src/training/step/arena.ts";

const [numbers = 10_000_000, rounds = 20] = process.argv.slice(2).map(Number);
const ranks = await joinRanks();
if (!ranks) throw new Error("Start it with mpirun, as several processes.");

const { rank, count, library } = ranks;
const length = Math.ceil(numbers / sliceSize) * sliceSize;
const gradients = new Float32Array(length).fill(rank + 1);
const treeSum = new TreeSum(ranks, { shards: count, unit: sliceSize });
const [node] = nodesWithin(shardsOf(rank, count, count), count);
const sums: number[] = [];
const shares: number[] = [];
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  await treeSum.sum(
    [{ node: node as { start: number; end: number }, numbers: gradients }],
    gradients,
  );
  const between = performance.now();
  await treeSum.share(gradients);
  sums.push(between - start);
  shares.push(performance.now() - between);
}
if (rank === 0) {
  const median = (times: number[]): string =>
    (times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] as number).toFixed(
      1,
    );
  console.log(
    `${library}, ${count} ranks, ${(length * 4) / 1e6} MB: sum ${median(sums)} ms, share ${median(shares)} ms (medians of ${rounds} rounds)`,
  );
}
