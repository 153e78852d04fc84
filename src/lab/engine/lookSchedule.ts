/** The largest share of the time that looks take. */
const share = 0.15;
/** The time from one look to the next, as a part of the time of the whole training. */
const growth = 0.02;

/** The first step at which a run is looked at whatever it costs. */
const firstMilestone = 50;

/**
 * Decides when to look at a run: after the first step, then at times that grow with it and that looks can afford. Some round
 * steps are always looked at, so that runs side by side, of which one is slower, can be compared after the same steps.
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
    if (step >= firstMilestone && isRound(step, step / 2)) return true;
    if (!isRound(step, step / 20)) return false;
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

/** Whether a step is a multiple of the largest of 1, 2, 5, 10, 20, 50, … that is not above a bound. */
function isRound(step: number, bound: number): boolean {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, bound)));
  const unit = [5, 2, 1].map((times) => times * power).find((each) => each <= bound) ?? 1;
  return step % unit === 0;
}
