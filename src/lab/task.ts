/** @file What a task of the lab is: pairs to learn from, and what is right. */

import type { TextPair } from "../training/memory/memoryRun.ts";

/** The tasks of the lab; `own` are pairs of the reader's. */
export const taskNames = [
  "reverse",
  "copy",
  "sort",
  "add",
  "dates",
  "numbers",
  "pronunciation",
  "own",
] as const;
export type TaskName = (typeof taskNames)[number];

/** The pairs of a run. */
export interface TaskPairs {
  readonly train: readonly TextPair[];
  /** Pairs whose sources do not occur in training. */
  readonly heldOut: readonly TextPair[];
}

/** A task. It needs neither a page nor Node. */
export interface Task {
  readonly name: TaskName;
  /** The tokenizer of the training option of that name. */
  readonly tokenizer: string;
  /** A source whose attention is worth watching. */
  readonly example: string;
  /**
   * Draws the pairs. The same seed gives the same pairs.
   *
   * @param fetchText reads a file that lies beside the page, by its name; a task that needs one says so when it fails.
   */
  pairs(seed: number, fetchText: (file: string) => Promise<string>): Promise<TaskPairs>;
  /** The right output for any source; null if only the pairs know it. */
  answer(source: string): string | null;
}
