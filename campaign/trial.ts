/** @file What a trial of the campaign is given, and how it counts what it saw. */

import type { Random } from "../src/tensor/random.ts";
import type { Material } from "./material.ts";

/** What a trial works with. */
export interface TrialContext {
  readonly material: Material;
  /** An empty folder of the trial's own. */
  readonly folder: string;
  /** How often it should try; less with `--quick`. */
  readonly count: number;
  /** Decides all that is random; a seed gives the same faults again. */
  readonly random: Random;
  /** Says how far the trial is. */
  log(line: string): void;
}

/** One promise, tried many times. */
export interface Trial {
  readonly name: string;
  /** What is done to the program. */
  readonly about: string;
  /** How often it is tried in the whole campaign, and in the quick one. */
  readonly counts: { readonly whole: number; readonly quick: number };
  run(context: TrialContext): Promise<Tally>;
}

/** Counts what came of the attempts of a trial. */
export class Tally {
  private readonly outcomes: Map<string, number> = new Map();
  /** What broke a promise, each with what makes it happen again. */
  readonly failures: string[] = [];
  private tries = 0;

  /** How many attempts were counted. */
  get attempts(): number {
    return this.tries;
  }

  /** Counts an attempt that kept the promise, under the name of what came of it. */
  keep(outcome: string): void {
    this.tries++;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  /** Counts an attempt that broke the promise. */
  fail(what: string): void {
    this.tries++;
    this.failures.push(what);
  }

  /** Yields what came of the kept attempts, the most frequent first: "310 refused in a sentence, 2 the same". */
  summary(): string {
    return [...this.outcomes]
      .sort(([, one], [, other]) => other - one)
      .map(([outcome, count]) => `${count.toLocaleString("en")} ${outcome}`)
      .join(", ");
  }
}
