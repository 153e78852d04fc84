import { ApiError } from "./apiError.ts";

/**
 * Computes something of some of a job's texts, one result for each.
 *
 * @param signal is aborted when nobody waits for it any more.
 * @param first  the place of the first text in its job, which only a job without a key can go by.
 */
export type Work<Result> = (
  texts: readonly string[],
  signal: AbortSignal,
  first: number,
) => Promise<Result[]>;

/** Texts and what is to be done with them. */
export interface Job<Result> {
  readonly texts: readonly string[];
  /** How much work each text is at most, in the unit of {@link QueueLimits.turn}. */
  readonly costs: readonly number[];
  /** What must be the same for texts of different jobs to be done together; null for those of this job only. */
  readonly key: string | null;
  /** Who asks: clients take turns. */
  readonly client: string;
  readonly work: Work<Result>;
  /** Is aborted when the results are not wanted any more. */
  readonly signal: AbortSignal;
  /** Is handed the results in the texts' order, in portions; what it throws ends the job. */
  readonly take: (results: readonly Result[]) => void;
}

/** How much a queue takes. */
export interface QueueLimits {
  /** The most texts that wait. */
  readonly waiting: number;
  /** The most work that is done at a time, but that a single text may be more. */
  readonly turn: number;
}

/** A job on its way: texts before `begun` have had their turn. */
interface Waiting extends Job<unknown> {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  begun: number;
}

/** Texts of a job that are done in one turn. */
interface Portion {
  readonly job: Waiting;
  readonly texts: readonly string[];
  readonly first: number;
}

/**
 * Does jobs in turns, one at a time, as each keeps all processors busy. Clients take turns, and so do the
 * jobs of a client: who asks for much waits longer than who asks for little. Jobs that are alike are done
 * together, which is many times faster and does not change what comes out.
 */
export class WorkQueue {
  private readonly limits: QueueLimits;
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private readonly closing: AbortController = new AbortController();
  /** The number of each client's last turn, since the queue was empty. */
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

  /** Ends what is running as soon as that can be, refuses what waits, and takes nothing more. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    // What is asked for at the same time can be done together.
    await new Promise(setImmediate);
    for (let turn = this.next(); turn.length > 0; turn = this.next()) {
      try {
        await this.do(turn);
      } catch (error) {
        // A fault with one of them must not be the others' fault.
        if (turn.length === 1) this.end(turn[0] as Portion, error);
        else
          for (const each of turn)
            await this.do([each]).catch((fault: unknown) => this.end(each, fault));
      }
    }
    this.lastTurns.clear();
    this.running = null;
  }

  /** Takes the texts of the next turn: those of the job that is next, and such as can be done with them. */
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
      // What is left of it stands in line again, behind the client's other jobs.
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

  /** Hands a job its results, and ends it if these are the last. */
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

  /** Ends a job with a fault; what of it still waits is given up. */
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
