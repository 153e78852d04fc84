/** The largest share of the time that looks take. */
const share = 0.15;
/** The time from one look to the next, as a part of the time of the whole training. */
const growth = 0.02;

/** Decides when to look at a run: after the first step, then at times that grow with it and that looks can afford. */
export class LookSchedule {
  private cost = 0;
  private lastEnd = Number.NEGATIVE_INFINITY;

  /**
   * Whether a look is due.
   *
   * @param seconds of training so far.
   * @param now     the time in milliseconds.
   */
  isDue(seconds: number, now: number): boolean {
    const affordable = this.cost * (1 / share - 1);
    return now - this.lastEnd >= Math.max(affordable, growth * seconds * 1000);
  }

  /** Notes a look, by the times of its beginning and end. */
  note(start: number, end: number): void {
    // The first looks prepare graphs, which says nothing of the next ones.
    this.cost = this.lastEnd === Number.NEGATIVE_INFINITY ? 0 : end - start;
    this.lastEnd = end;
  }
}
