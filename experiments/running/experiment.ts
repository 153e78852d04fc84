import type { About, Budget } from "../writing/page.ts";
import type { Report } from "../writing/report.ts";

/** Where an experiment finds things, and how much it may do. */
export interface Context extends Budget {
  /** The folder of the corpora. */
  readonly corpora: string;
  /** A folder of the experiment's own, in which what is finished is kept. */
  readonly work: string;
  /** How many sides are trained and measured at once. */
  readonly jobs: number;
  /** Of each training and of measuring it. */
  readonly threads: number;
  /** Pretrained word vectors, and a model to compare them with. */
  readonly vectors: string;
  readonly model: string;
  /** Stops the run; what is finished stays. */
  readonly signal: AbortSignal;
  log(line: string): void;
}

/** A claim of a paper, and how it is put to the test. */
export interface Experiment {
  readonly about: About;
  /** What one training takes and how many seeds there are; null if nothing is trained. */
  readonly intended: Budget | null;
  /** Trainings for each seed. */
  readonly trainings: number;
  run(context: Context): Promise<Report>;
}
