import type { Speed } from "../messages.ts";

/** Thrown at a run that nobody wants any more. */
export class EndOfRun extends Error {}

/**
 * Stands between two steps of a run: it decides when the next one may begin, and does meanwhile what is asked of the run,
 * so that nobody ever sees half a step.
 */
export class Gate {
  private readonly turn: () => Promise<void>;
  private readonly tasks: (() => Promise<void>)[] = [];
  /** The steps that it lets through before it closes. */
  private left = 0;
  private speed: Speed = "full";
  private lastStep = Number.NEGATIVE_INFINITY;
  private isEnded = false;
  private wake: () => void = () => {};

  /** @param turn lets messages and other work of the thread come in. */
  constructor(turn: () => Promise<void>) {
    this.turn = turn;
  }

  /** Lets steps through: all, or some. */
  open(steps: number, speed: Speed): void {
    this.left = steps;
    this.speed = speed;
    this.wake();
  }

  close(): void {
    this.left = 0;
  }

  /** Whether no step comes next. */
  get isClosed(): boolean {
    return this.left === 0;
  }

  /** Does some work while the run stands between two steps, in the order of the calls. */
  between<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.tasks.push(async () => {
        // Errors go to whoever asked.
        if (this.isEnded) reject(new EndOfRun());
        else await Promise.resolve().then(work).then(resolve, reject);
      });
      this.wake();
    });
  }

  /** Ends the run before its next step, and everything that is still asked of it. */
  end(): void {
    this.isEnded = true;
    this.wake();
  }

  /**
   * Returns when the next step may begin.
   *
   * @throws EndOfRun if there is to be none.
   */
  async pass(): Promise<void> {
    await this.turn();
    await this.serve(() => this.wait());
    this.left--;
    this.lastStep = performance.now();
  }

  /** Does what is asked, without further steps, until the end. */
  async stay(): Promise<void> {
    await this.serve(() => Number.POSITIVE_INFINITY).catch((error: unknown) => {
      if (!(error instanceof EndOfRun)) throw error;
    });
  }

  /** @param wait the milliseconds that are left until it returns. */
  private async serve(wait: () => number): Promise<void> {
    for (;;) {
      for (let task = this.tasks.shift(); task; task = this.tasks.shift()) await task();
      if (this.isEnded) throw new EndOfRun();
      const left = wait();
      if (left <= 0) return;
      await this.sleep(left);
    }
  }

  private wait(): number {
    if (this.left === 0) return Number.POSITIVE_INFINITY;
    if (this.speed === "full") return 0;
    return this.lastStep + 1000 / this.speed - performance.now();
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(milliseconds)
        ? setTimeout(() => this.wake(), Math.ceil(milliseconds))
        : undefined;
      this.wake = () => {
        this.wake = () => {};
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
