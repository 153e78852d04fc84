/** @file What an experiment found, as data; `page.ts` makes a page of it. */

/** A table of a page. */
export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** As many cells each as the head has. */
  readonly rows: readonly (readonly string[])[];
}

/** A picture of a page. */
export interface Figure {
  /** Tells it from others of the same experiment, as a part of its file's name. */
  readonly name: string;
  readonly svg: string;
  /** What is seen, for those who do not see it. */
  readonly alternative: string;
}

/** Whether a claim was found to hold. */
export type Outcome = "reproduced" | "reproduced in part" | "not at this size";

/** What an experiment says about the paper's claim. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Full sentences with the numbers that decide. */
  readonly reason: string;
}

/** What an experiment found. */
export interface Report {
  /** What was trained and measured on, with licences; a paragraph each, Markdown. */
  readonly data: readonly string[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
  readonly verdict: Verdict;
  /** What a reader has to know to read the numbers rightly; a paragraph each, Markdown. */
  readonly notes: readonly string[];
}
