import { ApiError } from "./apiError.ts";

/** Computes something of texts; the signal is aborted when nobody waits for it any more. */
export type Work<Result> = (texts: readonly string[], signal: AbortSignal) => Promise<Result[]>;

/** Texts that wait for their turn. */
interface Job {
  readonly texts: readonly string[];
  /** Jobs of one key may be done together. */
  readonly key: string | null;
  readonly work: Work<unknown>;
  readonly signal: AbortSignal;
  readonly resolve: (results: unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

/** How much a queue takes. */
export interface QueueLimits {
  /** The most texts that wait. */
  readonly waiting: number;
  /** The most texts of different jobs that are done together. */
  readonly together: number;
}

/**
 * Does jobs one after the other, as each keeps all processors busy. Those that wait and are alike are
 * done together, which is many times faster and does not change what comes out.
 */
export class WorkQueue {
  private readonly limits: QueueLimits;
  private waiting: Job[] = [];
  private running: Promise<void> | null = null;
  private readonly closing: AbortController = new AbortController();

  constructor(limits: QueueLimits) {
    this.limits = limits;
  }

  /**
   * Waits for the turn of some texts and yields what the work makes of them, one result for each.
   *
   * @param key what must be the same for texts to be handed to one call; null for a call of their own.
   * @param signal is aborted when the results are not wanted any more.
   * @throws ApiError with status 503 if too many texts wait.
   */
  async add<Result>(
    texts: readonly string[],
    key: string | null,
    work: Work<Result>,
    signal: AbortSignal,
  ): Promise<Result[]> {
    const count = this.waiting.reduce((sum, job) => sum + job.texts.length, 0);
    if (this.closing.signal.aborted || count + texts.length > this.limits.waiting) {
      const why = this.closing.signal.aborted ? "is being stopped" : "has too much to do";
      throw new ApiError(503, `The server ${why}; try again in a few seconds.`, {
        "retry-after": "5",
      });
    }
    return new Promise<Result[]>((resolve, reject) => {
      this.waiting.push({
        ...{ texts, key, work, signal, reject },
        resolve: resolve as Job["resolve"],
      });
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
    for (let jobs = this.next(); jobs.length > 0; jobs = this.next()) {
      try {
        await this.do(jobs);
      } catch (error) {
        // A fault with one of them must not be the others' fault.
        if (jobs.length === 1) jobs[0]?.reject(error);
        else for (const job of jobs) await this.do([job]).catch(job.reject);
      }
    }
    this.running = null;
  }

  /** Takes the first job that waits, and those that can be done with it. */
  private next(): Job[] {
    const isWanted = ({ signal }: Job): boolean => !signal.aborted && !this.closing.signal.aborted;
    for (const job of this.waiting.filter((each) => !isWanted(each))) job.reject(unwanted());
    this.waiting = this.waiting.filter(isWanted);
    const [first] = this.waiting;
    if (!first) return [];
    let count = 0;
    const jobs = this.waiting.filter((job) => {
      if (job !== first && (job.key === null || job.key !== first.key)) return false;
      if (job !== first && count + job.texts.length > this.limits.together) return false;
      count += job.texts.length;
      return true;
    });
    this.waiting = this.waiting.filter((job) => !jobs.includes(job));
    return jobs;
  }

  private async do(jobs: readonly Job[]): Promise<void> {
    const controller = new AbortController();
    const stop = (): void => {
      if (this.closing.signal.aborted || jobs.every(({ signal }) => signal.aborted)) {
        controller.abort(unwanted());
      }
    };
    const signals = [this.closing.signal, ...jobs.map(({ signal }) => signal)];
    for (const signal of signals) signal.addEventListener("abort", stop);
    stop();
    try {
      const texts = jobs.flatMap((job) => job.texts);
      const results = await (jobs[0] as Job).work(texts, controller.signal);
      let start = 0;
      for (const job of jobs) {
        job.resolve(results.slice(start, start + job.texts.length));
        start += job.texts.length;
      }
    } finally {
      for (const signal of signals) signal.removeEventListener("abort", stop);
    }
  }
}

function unwanted(): ApiError {
  return new ApiError(503, "The request was given up before its turn came; send it again.");
}
