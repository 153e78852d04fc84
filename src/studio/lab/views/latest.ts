/** @file Requests of which only the latest matters. */

/** Asks one thing at a time: what is asked meanwhile waits, and a later question replaces one that waits. */
export class Latest<Question> {
  private readonly answer: (question: Question) => Promise<void>;
  private readonly pause: number;
  private waiting: { readonly question: Question } | null = null;
  private isBusy = false;
  private isStopped = false;

  /**
   * @param answer asks and uses the answer; it handles its own errors.
   * @param pause  the milliseconds between an answer and the next question.
   */
  constructor(answer: (question: Question) => Promise<void>, pause = 500) {
    this.answer = answer;
    this.pause = pause;
  }

  ask(question: Question): void {
    this.waiting = { question };
    if (!this.isBusy) void this.work();
  }

  /** Leaves out what waits. */
  stop(): void {
    this.isStopped = true;
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.waiting && !this.isStopped) {
      const { question } = this.waiting;
      this.waiting = null;
      await this.answer(question);
      await new Promise((resolve) => setTimeout(resolve, this.pause));
    }
    this.isBusy = false;
  }
}
