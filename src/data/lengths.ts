/** The lengths of one side of a corpus. */
export interface Lengths {
  /** How many words or tokens there are in all. */
  readonly total: number;
  /** How many the mean sentence has. */
  readonly mean: number;
  /** How many the longest sentence has. */
  readonly max: number;
}

/** Sums up the lengths of sentences. */
export class LengthCounter {
  private sentences = 0;
  private total = 0;
  private max = 0;

  /** Counts a sentence. */
  add(length: number): void {
    this.sentences++;
    this.total += length;
    this.max = Math.max(this.max, length);
  }

  /** Yields what was counted so far. */
  report(): Lengths {
    return { total: this.total, mean: this.total / Math.max(1, this.sentences), max: this.max };
  }
}
