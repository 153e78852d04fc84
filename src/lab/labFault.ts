/** @file What can go wrong with a run of the lab, as data that a worker can send and a page can say in its language. */

import { OptionError, OptionErrors, type OptionFault } from "../options/optionError.ts";
import type { Spelling } from "../options/spelling.ts";
import { UserError } from "../tensor/errors.ts";
import { type FaultSentences, sentenceOf } from "../tensor/faultSentences.ts";

/** Why the engine does not do what it is asked, or why a run cannot go on. */
export type LabFault =
  /** The run was ended, by the engine or by the page, before the question was answered. */
  | { readonly kind: "ended" | "closed" }
  /** There is no run, or no checkpoint of it, that the question could be about. */
  | { readonly kind: "noRun" | "noCheckpoint" }
  /** The run has ended by itself: at its limit, or because its dev set did not improve any more. */
  | { readonly kind: "over"; readonly step: number; readonly hasStoppedImproving: boolean }
  /** A quantity is no longer finite; `what` is the library's clause, such as "The loss became NaN". */
  | { readonly kind: "diverged"; readonly what: string; readonly step: number }
  | { readonly kind: "options"; readonly faults: readonly OptionFault[] }
  /** A sentence of the library, for one about a file. */
  | { readonly kind: "library"; readonly sentence: string }
  /** The worker could not be loaded, or has no memory left; `reason` is the browser's, or empty. */
  | { readonly kind: "worker"; readonly reason: string }
  /** A fault of the program. */
  | { readonly kind: "program"; readonly reason: string };

/** Options as people read them: `batch = 0`. */
const spelling: Spelling = {
  name: (key) => key,
  setting: (key, value) => `${key} = ${value}`,
};

const sentences: FaultSentences<LabFault> = {
  ended: () => "The run was ended before this was answered.",
  closed: () => "The run was closed.",
  noRun: () => "There is no run; begin one.",
  noCheckpoint: () => "There is no checkpoint of the run.",
  over: ({ step, hasStoppedImproving }) =>
    hasStoppedImproving
      ? `The run ended at step ${step}, as its dev set did not improve any more. Start another one from its model.`
      : `The run ended at step ${step}. Start another one from its model.`,
  diverged: ({ what, step }) => `${what} at step ${step}. Begin again with a lower learning rate.`,
  options: ({ faults }) =>
    faults.map((fault) => new OptionError(fault).spelled(spelling)).join(" "),
  library: ({ sentence }) => sentence,
  worker: ({ reason }) =>
    `The worker that trains has stopped${reason === "" ? "" : ` (${reason})`}; reload the page.`,
  program: ({ reason }) => `The run has failed (${reason}); begin it again.`,
};

/** A fault of a run; its message is a sentence in English. */
export class LabError extends UserError {
  readonly fault: LabFault;

  constructor(fault: LabFault, options?: ErrorOptions) {
    super(sentenceOf(sentences, fault), options);
    this.fault = fault;
  }
}

/** The faults of options, each alone, without values that cannot be sent. */
export function optionFaultsOf(error: OptionError): readonly OptionFault[] {
  const faults = error instanceof OptionErrors ? error.faults : [error];
  return faults.map(({ key, value, problem, remedy, suggestions }) => ({
    key,
    ...(value !== undefined && {
      value: typeof value === "object" ? JSON.stringify(value) : value,
    }),
    problem,
    remedy,
    suggestions,
  }));
}
