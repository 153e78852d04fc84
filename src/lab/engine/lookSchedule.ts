/** The largest share of the time that looks take. */
const share = 0.15;
/** The time from one look to the next, as a part of the time of the whole training. */
const growth = 0.02;

/**
 * Decides when to look at a run: after the first step, then at times that grow with it and that looks can afford. It looks
 * at round steps only, so that runs side by side, of which one is slower, have been looked at after the same steps.
 */
export class LookSchedule {
  private cost = 0;
  private lastEnd = Number.NEGATIVE_INFINITY;

  /**
   * Whether a look is due.
   *
   * @param at  the step that was taken last, and the seconds of training so far.
   * @param now the time in milliseconds.
   */
  isDue(
    { step, seconds }: { readonly step: number; readonly seconds: number },
    now: number,
  ): boolean {
    if (!isRound(step)) return false;
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

/** Whether a step is a multiple of 1, 2 or 5 times a power of ten that is at most a twentieth of it; up to 40, all are. */
function isRound(step: number): boolean {
  const most = step / 20;
  const power = 10 ** Math.floor(Math.log10(most));
  const unit = [5, 2, 1].map((times) => times * power).find((each) => each <= most) ?? 1;
  return step % Math.max(1, unit) === 0;
}
