/**
 * A priority queue of pairs of symbols: most frequent first, ties by lowest number, so that the order is
 * deterministic. It is a binary heap in two plain arrays.
 */
export class PairQueue {
  private readonly pairs: number[] = [];
  private readonly counts: number[] = [];

  /** Adds a pair; the same pair may be in the queue more than once, under different counts. */
  push(pair: number, count: number): void {
    let index = this.pairs.length;
    this.pairs.push(pair);
    this.counts.push(count);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  /** Removes and returns the first pair with the count it was added under; undefined if the queue is empty. */
  pop(): { pair: number; count: number } | undefined {
    const pair = this.pairs[0];
    const count = this.counts[0];
    if (pair === undefined || count === undefined) return undefined;
    this.swap(0, this.pairs.length - 1);
    this.pairs.pop();
    this.counts.pop();
    let index = 0;
    for (;;) {
      let first = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < this.pairs.length && this.isBefore(child, first)) first = child;
      }
      if (first === index) return { pair, count };
      this.swap(index, first);
      index = first;
    }
  }

  private isBefore(index: number, other: number): boolean {
    const difference = (this.counts[index] as number) - (this.counts[other] as number);
    if (difference !== 0) return difference > 0;
    return (this.pairs[index] as number) < (this.pairs[other] as number);
  }

  private swap(index: number, other: number): void {
    const pair = this.pairs[index] as number;
    this.pairs[index] = this.pairs[other] as number;
    this.pairs[other] = pair;
    const count = this.counts[index] as number;
    this.counts[index] = this.counts[other] as number;
    this.counts[other] = count;
  }
}
