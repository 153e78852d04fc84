/** The longest rest between two frames, in milliseconds. */
const longestRest = 1000;

/**
 * Does some work before the page is drawn, once however often it is asked for. After a frame that took long it rests for as long:
 * so half of the time at least is left for the reader, and on a machine with few cores for the trainings. A hidden tab draws
 * nothing, and the work waits until it is seen. Where nothing is ever drawn, the work is done at once.
 */
export class OncePerFrame {
  private readonly work: () => void;
  private isWanted = false;
  /** Whether a frame is waited for, is drawn, or was drawn just now. */
  private isBusy = false;

  constructor(work: () => void) {
    this.work = work;
  }

  ask(): void {
    if (typeof requestAnimationFrame === "undefined") {
      this.work();
      return;
    }
    this.isWanted = true;
    if (!this.isBusy) this.request();
  }

  /** Leaves out what was asked for. */
  cancel(): void {
    this.isWanted = false;
  }

  private request(): void {
    this.isBusy = true;
    requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const start = performance.now();
    if (this.isWanted) {
      this.isWanted = false;
      this.work();
    }
    // A timer comes after the frame.
    setTimeout(() => {
      const took = performance.now() - start;
      setTimeout(() => this.rested(), Math.min(took, longestRest));
    });
  }

  private rested(): void {
    this.isBusy = false;
    if (this.isWanted) this.request();
  }
}
