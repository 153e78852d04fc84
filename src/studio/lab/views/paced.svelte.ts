/** A value that changes often, for pictures that take long to draw: it is shown at most once in so many milliseconds. */
export class Paced<Value> {
  shown: Value = $state.raw() as Value;
  private readonly pause: number;
  private latest: Value;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = Number.NEGATIVE_INFINITY;

  constructor(first: Value, pause: number) {
    this.shown = first;
    this.latest = first;
    this.pause = pause;
  }

  /** Shows a value at once, or as soon as the one before has been shown long enough. */
  take(value: Value): void {
    this.latest = value;
    if (this.timer !== undefined) return;
    const wait = this.last + this.pause - performance.now();
    if (wait <= 0) this.show();
    else this.timer = setTimeout(() => this.show(), wait);
  }

  /** Shows nothing any more. */
  stop(): void {
    clearTimeout(this.timer);
  }

  private show(): void {
    this.timer = undefined;
    this.last = performance.now();
    this.shown = this.latest;
  }
}
