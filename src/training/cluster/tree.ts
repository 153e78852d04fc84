/**
 * @file The order of sums over the shards of a batch: one binary tree that depends only on the number of shards. Whoever
 * computes which shard, the same numbers are added in the same order, so sums are the same to the last bit.
 */

/** Neighbouring shards, from the first to before the last. */
export interface ShardRange {
  readonly start: number;
  readonly end: number;
}

/** Items in shards: item i is in shard i mod `shards`. */
export function inShards<Item>(items: readonly Item[], shards: number): Item[][] {
  const parts: Item[][] = Array.from({ length: shards }, () => []);
  items.forEach((item, index) => {
    parts[index % shards]?.push(item);
  });
  return parts;
}

/** The shards of a rank: as many for each, side by side. */
export function shardsOf(rank: number, count: number, shards: number): ShardRange {
  const each = shards / count;
  return { start: rank * each, end: (rank + 1) * each };
}

/**
 * The two branches of a node. The left one has the largest power of two of shards that leaves some for the right one, so
 * that neighbours whose number is a power of two are a whole branch.
 */
export function branches({ start, end }: ShardRange): readonly [ShardRange, ShardRange] {
  const middle = start + 2 ** Math.ceil(Math.log2(end - start) - 1);
  return [
    { start, end: middle },
    { start: middle, end },
  ];
}

/** The largest nodes of the tree over `shards` shards that lie within `own`. */
export function nodesWithin(own: ShardRange, shards: number): ShardRange[] {
  const nodes: ShardRange[] = [];
  const visit = (node: ShardRange): void => {
    if (node.start >= own.end || node.end <= own.start) return;
    if (node.start >= own.start && node.end <= own.end) nodes.push(node);
    else for (const branch of branches(node)) visit(branch);
  };
  visit({ start: 0, end: shards });
  return nodes;
}

/**
 * Adds the values of nodes up the tree.
 *
 * @param values the value of each of {@link nodesWithin}, by the first shard of the node, of all ranks.
 * @param add    may overwrite the first of both.
 */
export function foldTree<Value>(
  shards: number,
  values: ReadonlyMap<number, { readonly end: number; readonly value: Value }>,
  add: (one: Value, other: Value) => Value,
): Value {
  const valueAt = (node: ShardRange): Value => {
    const known = values.get(node.start);
    if (known && known.end === node.end) return known.value;
    const [left, right] = branches(node);
    return add(valueAt(left), valueAt(right));
  };
  return valueAt({ start: 0, end: shards });
}
