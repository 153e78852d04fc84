/**
 * @file Sums over ranks. Each rank owns a part of the numbers: it adds that part for all, in the order of the tree, and
 * can give the result to the others. Each number so travels as often as in the best of MPI's own sums, whose order
 * depends on the library and the number of ranks.
 */

import type { Ranks } from "./ranks.ts";
import type { ShardRange } from "./tree.ts";
import { foldTree, nodesWithin, shardsOf } from "./tree.ts";

/** A run of numbers or of slices. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** The part of a rank, among `length` things. */
export function partOf(rank: number, count: number, length: number): Part {
  return {
    start: Math.floor((rank * length) / count),
    end: Math.floor(((rank + 1) * length) / count),
  };
}

/** The sum of some shards, which are a node of the tree. */
export interface PartialSum {
  readonly node: ShardRange;
  readonly numbers: Float32Array;
}

/** How numbers are cut for the ranks. */
export interface Cut {
  readonly shards: number;
  /** The numbers are cut only at multiples of this. */
  readonly unit: number;
}

/** Adds `other` to `sum`. */
export function addTo(sum: Float32Array, other: Float32Array): Float32Array {
  for (let index = 0; index < sum.length; index++) {
    sum[index] = (sum[index] as number) + (other[index] as number);
  }
  return sum;
}

/** Sums gradients over ranks; it keeps the memory that this takes. */
export class TreeSum {
  private readonly ranks: Ranks;
  private readonly cut: Cut;
  private received = new Float32Array(0);

  constructor(ranks: Ranks, cut: Cut) {
    this.ranks = ranks;
    this.cut = cut;
  }

  /**
   * Adds the partial sums of all ranks within the part of this rank.
   *
   * @param own  the sums of this rank's shards, one for each of `nodesWithin`; their numbers are overwritten.
   * @param into receives the sum in this rank's part, and anything elsewhere; it may be one of `own`.
   */
  async sum(own: readonly PartialSum[], into: Float32Array): Promise<void> {
    const { rank, count } = this.ranks;
    const { shards } = this.cut;
    const { start, end } = this.partOf(rank, into.length);
    const nodesOf = (other: number) => nodesWithin(shardsOf(other, count, shards), shards);
    const values = new Map<number, { end: number; value: Float32Array }>();
    for (const { node, numbers } of own) {
      values.set(node.start, { end: node.end, value: numbers.subarray(start, end) });
    }
    const memory = this.memoryFor((end - start) * (count - 1) * largest(count, nodesOf));
    let used = 0;
    for (let distance = 1; distance < count; distance++) {
      const to = (rank + distance) % count;
      const from = (rank - distance + count) % count;
      const theirs = this.partOf(to, into.length);
      const nodes = nodesOf(from);
      for (let index = 0; index < Math.max(own.length, nodes.length); index++) {
        const given = own[index]?.numbers.subarray(theirs.start, theirs.end) ?? nothing;
        const node = nodes[index];
        const taken = node ? memory.subarray(used, used + end - start) : nothing;
        await this.ranks.exchange({ to, given, from, taken });
        if (!node) continue;
        used += taken.length;
        values.set(node.start, { end: node.end, value: taken });
      }
    }
    const result = foldTree(shards, values, addTo);
    const place = into.subarray(start, end);
    if (result.buffer !== place.buffer || result.byteOffset !== place.byteOffset) place.set(result);
  }

  /** Gives this rank's part to all others, and takes theirs. */
  async share(numbers: Float32Array): Promise<void> {
    const { rank, count } = this.ranks;
    const own = this.partOf(rank, numbers.length);
    for (let distance = 1; distance < count; distance++) {
      const to = (rank + distance) % count;
      const from = (rank - distance + count) % count;
      const theirs = this.partOf(from, numbers.length);
      const given = numbers.subarray(own.start, own.end);
      const taken = numbers.subarray(theirs.start, theirs.end);
      await this.ranks.exchange({ to, given, from, taken });
    }
  }

  private partOf(rank: number, length: number): Part {
    const { unit } = this.cut;
    const { start, end } = partOf(rank, this.ranks.count, length / unit);
    return { start: start * unit, end: end * unit };
  }

  private memoryFor(length: number): Float32Array {
    if (this.received.length < length) this.received = new Float32Array(length);
    return this.received;
  }
}

const nothing = new Float32Array(0);

/** The largest number of nodes of a rank. */
function largest(count: number, nodesOf: (rank: number) => readonly ShardRange[]): number {
  let most = 0;
  for (let rank = 0; rank < count; rank++) most = Math.max(most, nodesOf(rank).length);
  return most;
}
