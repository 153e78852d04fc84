/** @file The findings of an experiment as data; `page.ts` formats them. */

/** A table of a page. */
export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** As many cells per row as the head has. */
  readonly rows: readonly (readonly string[])[];
}

/** A figure on a page. */
export interface Figure {
  /** Part of its file name; unique within the experiment. */
  readonly name: string;
  readonly svg: string;
  /** A text alternative. */
  readonly alternative: string;
}

/** Whether a claim held. */
export type Outcome = "reproduced" | "reproduced in part" | "not at this size";

/** The verdict on the paper's claim. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Full sentences with the decisive numbers. */
  readonly reason: string;
}

/** The findings of an experiment. */
export interface Report {
  /** The data for training and evaluation, with licences; one Markdown paragraph each. */
  readonly data: readonly string[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
  readonly verdict: Verdict;
  /** What a reader must know to interpret the numbers; one Markdown paragraph each. */
  readonly notes: readonly string[];
}
