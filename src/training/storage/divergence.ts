/** @file A run whose numbers have grown beyond all that can be counted: it stops, and what was good stays. */

import { z } from "zod";
import { UserError } from "../../tensor/errors.ts";
import type { RunStorage } from "./runStorage.ts";
import { readText, runFiles, writeText } from "./runStorage.ts";

/** Where a run diverged, and what it has saved. */
export interface DivergedState {
  readonly step: number;
  /** The step of the weights kept as the model; 0 if there are none. */
  readonly bestStep: number;
  /** Whether the checkpoint is of this step. */
  readonly isSaved: boolean;
}

/** An error for a quantity that is no longer finite; its message names the step and the saved files. */
export class Divergence extends UserError {
  readonly what: string;
  readonly step: number;

  /**
   * @param what the event, such as "The loss became NaN".
   */
  constructor(storage: RunStorage, what: string, { step, bestStep, isSaved }: DivergedState) {
    const model = bestStep === 0 ? "" : ` and the model of step ${bestStep} in ${storage.name}`;
    const which = isSaved ? "this" : "an earlier";
    const kept = storage.has(runFiles.checkpoint)
      ? `; the checkpoint of ${which} step is kept in ${storage.pathOf(runFiles.checkpoint)}${model}`
      : "";
    const remedy =
      step === 0
        ? "Train again with smaller first weights."
        : "Train again with a lower learning rate or clip.";
    super(`${what} at step ${step}${kept}. ${remedy}`);
    this.what = what;
    this.step = step;
  }
}

/** Describes the first number that is not finite ("The dev perplexity became Infinity"); null if all are finite. */
export function notFinite(numbers: Readonly<Record<string, number | null>>): string | null {
  for (const [name, value] of Object.entries(numbers)) {
    if (value !== null && !Number.isFinite(value)) return `The ${name} became ${value}`;
  }
  return null;
}

/** Whether all numbers are finite. */
export function areFinite(numbers: Float32Array): boolean {
  let zero = 0;
  for (const value of numbers) zero += value * 0; // NaN from the first that is not, and then for ever.
  return zero === 0;
}

const noteSchema = z.object({ what: z.string(), step: z.number() });

/** Records why a run stopped, for the run that resumes it. */
export function noteDivergence(storage: RunStorage, { what, step }: Divergence): Promise<void> {
  return writeText(storage, runFiles.divergence, `${JSON.stringify({ what, step })}\n`);
}

/** Returns the warning for a resumed run, once; null if it did not diverge. */
export async function takeDivergenceNote(
  storage: RunStorage,
  from: number,
): Promise<string | null> {
  if (!storage.has(runFiles.divergence)) return null;
  const text = await readText(storage, runFiles.divergence);
  await storage.remove(runFiles.divergence);
  try {
    const { what, step } = noteSchema.parse(JSON.parse(text));
    return `${what} at step ${step} the last time. The run goes on from step ${from} with the same options and will probably get there again; if it does, train again with a lower learning rate or clip.`;
  } catch {
    return null;
  }
}
