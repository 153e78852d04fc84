/** The lengths of one side of a corpus. */
export interface Lengths {
  /** The total number of words or tokens. */
  readonly total: number;
  /** The mean number per sentence. */
  readonly mean: number;
  /** The number of the longest sentence. */
  readonly max: number;
}

/** Collects the lengths of sentences. */
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

  /** Returns the statistics so far. */
  report(): Lengths {
    return { total: this.total, mean: this.total / Math.max(1, this.sentences), max: this.max };
  }
}
