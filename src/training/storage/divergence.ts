/** @file A run whose numbers have grown beyond all that can be counted: it stops, and what was good stays. */

import { z } from "zod";
import { UserError } from "../../tensor/errors.ts";
import type { RunStorage } from "./runStorage.ts";
import { readText, runFiles, writeText } from "./runStorage.ts";

/** Says at which step what was no number any more, and what is kept. */
export class Divergence extends UserError {
  readonly what: string;
  readonly step: number;

  /**
   * @param what     such as "The loss became NaN".
   * @param bestStep of the weights that are kept as the model; 0 if none are.
   */
  constructor(storage: RunStorage, what: string, step: number, bestStep: number) {
    const model = bestStep === 0 ? "" : ` and the model of step ${bestStep} in ${storage.name}`;
    super(
      `${what} at step ${step}; the checkpoint of an earlier step is kept in ${storage.pathOf(runFiles.checkpoint)}${model}. Train again with a lower learning rate or clip.`,
    );
    this.what = what;
    this.step = step;
  }
}

/** The first of some numbers that is none, by its name: "dev perplexity became Infinity"; null if all are. */
export function notFinite(numbers: Readonly<Record<string, number | null>>): string | null {
  for (const [name, value] of Object.entries(numbers)) {
    if (value !== null && !Number.isFinite(value)) return `The ${name} became ${value}`;
  }
  return null;
}

/** Whether all of many numbers are finite. */
export function areFinite(numbers: Float32Array): boolean {
  let zero = 0;
  for (const value of numbers) zero += value * 0; // NaN from the first that is not, and then for ever.
  return zero === 0;
}

const noteSchema = z.object({ what: z.string(), step: z.number() });

/** Writes down why a run stopped, for the one that goes on with it. */
export function noteDivergence(storage: RunStorage, { what, step }: Divergence): Promise<void> {
  return writeText(storage, runFiles.divergence, `${JSON.stringify({ what, step })}\n`);
}

/** Yields what is to be said of how a run stopped when it goes on, once; null if it did not diverge. */
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
