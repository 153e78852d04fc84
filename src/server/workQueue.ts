import { ApiError } from "./apiError.ts";

/**
 * Computes something for some of a job's texts, with one result for each.
 *
 * @param signal aborted when nobody waits for the results any more.
 * @param first  the index of the first text in its job; only a job without a key may depend on it.
 */
export type Work<Result> = (
  texts: readonly string[],
  signal: AbortSignal,
  first: number,
) => Promise<Result[]>;

/** Texts and the work to do for them. */
export interface Job<Result> {
  readonly texts: readonly string[];
  /** The maximum work for each text, in the unit of {@link QueueLimits.turn}. */
  readonly costs: readonly number[];
  /** Texts of different jobs can be computed together if their keys are equal; null for never. */
  readonly key: string | null;
  /** The client; clients take turns. */
  readonly client: string;
  readonly work: Work<Result>;
  /** Aborted when the results are no longer wanted. */
  readonly signal: AbortSignal;
  /** Receives the results in order, in portions; if it throws, the job ends. */
  readonly take: (results: readonly Result[]) => void;
}

/** The limits of a queue. */
export interface QueueLimits {
  /** The maximum number of waiting texts. */
  readonly waiting: number;
  /** The maximum work of a turn; a single text may exceed it. */
  readonly turn: number;
}

/** A job in progress: the texts before `begun` have had their turn. */
interface Waiting extends Job<unknown> {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  begun: number;
}

/** Texts of a job that are computed in one turn. */
interface Portion {
  readonly job: Waiting;
  readonly texts: readonly string[];
  readonly first: number;
}

/**
 * Processes jobs in turns, one at a time, because each keeps all processors busy. Clients take turns, and so do
 * the jobs of a client: large requests wait longer than small ones. Jobs of the same kind are computed
 * together, which is many times faster and does not change the results.
 */
export class WorkQueue {
  private readonly limits: QueueLimits;
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private readonly closing: AbortController = new AbortController();
  /** The number of each client's last turn since the queue was empty. */
  private readonly lastTurns: Map<string, number> = new Map();
  private turns = 0;

  constructor(limits: QueueLimits) {
    this.limits = limits;
  }

  /**
   * Waits until a job is done.
   *
   * @throws ApiError with status 503 if too many texts wait, or the queue was closed.
   */
  async add<Result>(job: Job<Result>): Promise<void> {
    const count = this.waiting.reduce((sum, { texts, begun }) => sum + texts.length - begun, 0);
    if (this.closing.signal.aborted) throw stopping();
    if (count + job.texts.length > this.limits.waiting) {
      throw new ApiError(503, "The server has too much to do; try again in a few seconds.", {
        "retry-after": "5",
      });
    }
    return new Promise<void>((resolve, reject) => {
      this.waiting.push({ ...(job as Job<unknown>), begun: 0, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Ends the running job as soon as possible, refuses waiting ones, and accepts no more. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    // Requests that arrive at the same time can be computed together.
    await new Promise(setImmediate);
    for (let turn = this.next(); turn.length > 0; turn = this.next()) {
      try {
        await this.do(turn);
      } catch (error) {
        // A fault in one of them must not affect the others.
        if (turn.length === 1) this.end(turn[0] as Portion, error);
        else
          for (const each of turn)
            await this.do([each]).catch((fault: unknown) => this.end(each, fault));
      }
    }
    this.lastTurns.clear();
    this.running = null;
  }

  /** Takes the texts of the next turn: those of the next job, and others that can be computed with them. */
  private next(): Portion[] {
    const isClosed = this.closing.signal.aborted;
    for (const job of this.waiting.filter(({ signal }) => isClosed || signal.aborted)) {
      this.remove(job);
      job.reject(isClosed ? stopping() : unwanted());
    }
    const lastTurn = ({ client }: Waiting): number => this.lastTurns.get(client) ?? 0;
    const [first, ...others] = [...this.waiting].sort((a, b) => lastTurn(a) - lastTurn(b));
    if (!first) return [];
    this.turns += 1;
    const alike = others.filter(({ key }) => key !== null && key === first.key);
    const turn: Portion[] = [];
    let rest = this.limits.turn;
    for (const job of [first, ...alike]) {
      const { begun, texts, costs } = job;
      let end = begun;
      while (
        end < texts.length &&
        ((job === first && end === begun) || (costs[end] as number) <= rest)
      ) {
        rest -= costs[end] as number;
        end += 1;
      }
      if (end === begun) continue;
      turn.push({ job, texts: texts.slice(begun, end), first: begun });
      this.lastTurns.set(job.client, this.turns);
      job.begun = end;
      this.remove(job);
      // The rest of the job queues up again, behind the client's other jobs.
      if (end < texts.length) this.waiting.push(job);
    }
    return turn;
  }

  private async do(turn: readonly Portion[]): Promise<void> {
    const controller = new AbortController();
    const jobs = turn.map(({ job }) => job);
    const stop = (): void => {
      if (this.closing.signal.aborted) controller.abort(stopping());
      else if (jobs.every(({ signal }) => signal.aborted)) controller.abort(unwanted());
    };
    const signals = [this.closing.signal, ...jobs.map(({ signal }) => signal)];
    for (const signal of signals) signal.addEventListener("abort", stop);
    stop();
    try {
      const texts = turn.flatMap((portion) => portion.texts);
      const { job, first } = turn[0] as Portion;
      const results = await job.work(texts, controller.signal, first);
      let start = 0;
      for (const portion of turn) {
        const end = start + portion.texts.length;
        this.hand(portion, results.slice(start, end));
        start = end;
      }
    } finally {
      for (const signal of signals) signal.removeEventListener("abort", stop);
    }
  }

  /** Delivers results to a job, and ends it if they are the last. */
  private hand(portion: Portion, results: readonly unknown[]): void {
    const { job, first, texts } = portion;
    try {
      job.take(results);
    } catch (error) {
      this.end(portion, error);
      return;
    }
    if (first + texts.length === job.texts.length) job.resolve();
  }

  /** Ends a job with a fault; its remaining texts are dropped. */
  private end({ job }: Portion, error: unknown): void {
    this.remove(job);
    job.reject(error);
  }

  private remove(job: Waiting): void {
    this.waiting = this.waiting.filter((each) => each !== job);
  }
}

function stopping(): ApiError {
  return new ApiError(503, "The server is being stopped; try again in a few seconds.", {
    "retry-after": "5",
  });
}

function unwanted(): ApiError {
  return new ApiError(503, "The request was given up before its turn came; send it again.");
}
