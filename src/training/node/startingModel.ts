/** @file A run that starts from a trained model: fine-tuning on other pairs. */

import type { PatchSizes } from "../../features/patches.ts";
import type { StoredModel } from "../../modelFolder/modelFolder.ts";
import { readModel } from "../../modelFolder/nodeModelFolder.ts";
import { UserError } from "../../tensor/errors.ts";
import type { FullTrainOptions, TrainOptions } from "../plan/options.ts";
import { fullOptions, optionName } from "../plan/options.ts";

/** What the model of `--from` has settled already. */
const settled = ["preset", "tokenizer", "lowercase"] as const;

/**
 * Reads the model that a run starts from, and lets its shape be the run's: it is written down with
 * the run's options, so that the run goes on without that model.
 *
 * @throws UserError if the model cannot be read, or an option would change what it fixes.
 */
export async function withStartingModel(
  given: TrainOptions,
  onNotice?: (sentence: string) => void,
): Promise<{ readonly options: FullTrainOptions; readonly start: StoredModel | null }> {
  const options = fullOptions(given);
  if (options.from === undefined) return { options, start: null };
  const fixed = settled.find((key) => given[key] !== undefined);
  if (fixed) throw new UserError(`${optionName(fixed)}: ${isFixed(options.from)}; leave it out.`);
  const start = await readModel(options.from, { ...(onNotice && { onNotice }) }).catch(
    (error: unknown) => {
      if (error instanceof UserError)
        throw new UserError(error.message.replace("--model", "--from"));
      throw error;
    },
  );
  const { preset, sourceVocabulary: _, targetVocabulary: __, ...shape } = start.sizes;
  const { dropout = shape.dropout, patchRows, patchColumns, ...changes } = options.model;
  if (patchRows !== undefined && gridName(options.model) !== gridName(shape)) {
    throw new UserError(
      `--patches ${gridName(options.model)}: ${isFixed(options.from)} (${gridName(shape)}); leave it out, or train without --from.`,
    );
  }
  for (const [key, value] of Object.entries(changes)) {
    const kept = shape[key as keyof typeof shape];
    if (value === undefined || value === kept) continue;
    throw new UserError(
      `${optionName(key)} ${String(value)}: ${isFixed(options.from)} (${String(kept)}); leave it out, or train without --from.`,
    );
  }
  return { options: { ...options, preset, model: { ...shape, dropout } }, start };
}

const gridName = ({ patchRows = 0, patchColumns = 0 }: Partial<PatchSizes>): string =>
  patchRows > 0 ? `${patchRows}x${patchColumns}` : "none";

const isFixed = (from: string): string => `the model of --from ${from} fixes it`;
