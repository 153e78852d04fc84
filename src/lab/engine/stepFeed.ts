import type { StepFigures } from "../messages.ts";

/** Milliseconds between two messages: 15 a second. */
const every = 1000 / 15;

/** Collects the measurements of steps into a few messages. */
export class StepFeed {
  private readonly send: (steps: readonly StepFigures[]) => void;
  private waiting: StepFigures[] = [];
  private lastSent = Number.NEGATIVE_INFINITY;

  constructor(send: (steps: readonly StepFigures[]) => void) {
    this.send = send;
  }

  add(figures: StepFigures): void {
    this.waiting.push(figures);
    if (performance.now() - this.lastSent >= every) this.flush();
  }

  /** Sends what waits. */
  flush(): void {
    if (this.waiting.length === 0) return;
    const steps = this.waiting;
    this.waiting = [];
    this.lastSent = performance.now();
    this.send(steps);
  }
}
