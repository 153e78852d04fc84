import type { About, Budget } from "../writing/page.ts";
import type { Report } from "../writing/report.ts";

/** The folders and the budget of an experiment. */
export interface Context extends Budget {
  /** The folder of the corpora. */
  readonly corpora: string;
  /** A folder of this experiment, where finished results are kept. */
  readonly work: string;
  /** How many sides are trained and evaluated at once. */
  readonly jobs: number;
  /** Threads of each training and its evaluation. */
  readonly threads: number;
  /** Pretrained word vectors, and a model to compare them with. */
  readonly vectors: string;
  readonly model: string;
  /** Stops the run; finished results are kept. */
  readonly signal: AbortSignal;
  log(line: string): void;
}

/** A paper's claim, and how to test it. */
export interface Experiment {
  readonly about: About;
  /** The budget of a training and the number of seeds; null if nothing is trained. */
  readonly intended: Budget | null;
  /** The number of trainings per seed. */
  readonly trainings: number;
  run(context: Context): Promise<Report>;
}
