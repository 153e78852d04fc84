/** @file The input of a trial of the campaign, and how it counts outcomes. */

import type { Random } from "../src/tensor/random.ts";
import type { Material } from "./material.ts";

/** What a trial works with. */
export interface TrialContext {
  readonly material: Material;
  /** An empty folder for this trial. */
  readonly folder: string;
  /** The number of attempts; fewer with `--quick`. */
  readonly count: number;
  /** The source of all randomness; the same seed gives the same faults. */
  readonly random: Random;
  /** Reports progress. */
  log(line: string): void;
}

/** One guarantee, tested many times. */
export interface Trial {
  readonly name: string;
  /** What the trial does to the program. */
  readonly about: string;
  /** The number of attempts in the whole campaign, and in the quick one. */
  readonly counts: { readonly whole: number; readonly quick: number };
  run(context: TrialContext): Promise<Tally>;
}

/** Counts the outcomes of a trial's attempts. */
export class Tally {
  private readonly outcomes: Map<string, number> = new Map();
  /** Broken guarantees, each with how to reproduce it. */
  readonly failures: string[] = [];
  private tries = 0;

  /** The number of counted attempts. */
  get attempts(): number {
    return this.tries;
  }

  /** Counts an attempt that kept the guarantee, by outcome. */
  keep(outcome: string): void {
    this.tries++;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  /** Counts an attempt that broke the guarantee. */
  fail(what: string): void {
    this.tries++;
    this.failures.push(what);
  }

  /** Returns the kept outcomes, most frequent first: "310 rejected with one sentence, 2 the same". */
  summary(): string {
    return [...this.outcomes]
      .sort(([, one], [, other]) => other - one)
      .map(([outcome, count]) => `${count.toLocaleString("en")} ${outcome}`)
      .join(", ");
  }
}
