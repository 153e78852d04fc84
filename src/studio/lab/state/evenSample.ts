/** @file A bounded record of a series that may be long: when it is full, every other of its steps goes. */

/** The steps of a run that are kept: at most so many, evenly spaced, and always the last one. */
export class EvenSample<Item extends { readonly step: number }> {
  private readonly most: number;
  private stride = 1;
  private kept: readonly Item[] = [];
  /** The newest, which may be between those that are kept. */
  last: Item | null = null;

  /** @param most how many are kept; at least 2. */
  constructor(most: number) {
    this.most = most;
  }

  /** Adds items in the order of their steps; steps that are there already are left out. */
  add(items: readonly Item[]): void {
    const before = this.last?.step ?? Number.NEGATIVE_INFINITY;
    const newer = items.filter(({ step }) => step > before);
    if (newer.length === 0) return;
    this.last = newer.at(-1) as Item;
    this.kept = [...this.kept, ...newer.filter(({ step }) => step % this.stride === 0)];
    while (this.kept.length > this.most) {
      this.stride *= 2;
      this.kept = this.kept.filter(({ step }) => step % this.stride === 0);
    }
  }

  /** The items that are kept, and the last one. */
  get items(): readonly Item[] {
    const { last, kept } = this;
    return last === null || kept.at(-1) === last ? kept : [...kept, last];
  }
}
