/** @file A run as a folder that the command line opens and goes on with. */

import type { CardText } from "../../modelFolder/card.ts";
import { cardFile, makeCard } from "../../modelFolder/card.ts";
import { modelFiles } from "../../modelFolder/modelFolder.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import { runFiles } from "../../training/storage/runStorage.ts";
import type { LabFiles } from "../messages.ts";

/** What the card says of a model of the lab. */
export type LabCard = Pick<CardText, "title" | "date" | "notes" | "minutes"> & {
  readonly heldOut: readonly TextPair[];
};

/** How many held-out sources the card offers to try. */
const mostExamples = 8;

/**
 * The files of a run with the model as it is now. Where the run keeps its best model, that is set aside as at a stop, and
 * comes back when the run goes on.
 */
export function withModelNow(
  run: LabFiles,
  model: LabFiles,
  keepsBest: boolean,
): Map<string, Uint8Array<ArrayBuffer>> {
  const files = new Map([...run, ...model]);
  if (!keepsBest) return files;
  const [weights, config] = [run.get(modelFiles.weights), run.get(modelFiles.config)];
  if (weights && config && !run.has(runFiles.bestConfig)) {
    files.set(runFiles.bestWeights, weights);
    files.set(runFiles.bestConfig, config);
  }
  return files;
}

/**
 * The folder of a run with a card, as a model's folder has one.
 *
 * @param run the files of the run, with the model as it is now.
 * @throws UserError if there is no model among them.
 */
export function downloadFolder(run: LabFiles, { heldOut, ...told }: LabCard): LabFiles {
  const weights = run.get(modelFiles.weights);
  if (!weights) throw new UserError("The run has no model yet; train a step first.");
  const card = makeCard(
    {
      weights: { dtype: "float32", bytes: weights.length },
      evaluation: [],
      heldOutPairs: null,
    },
    { ...told, examples: [...new Set(heldOut.map(({ source }) => source))].slice(0, mostExamples) },
  );
  const files = new Map(run);
  files.delete(runFiles.lock);
  files.set(cardFile, new TextEncoder().encode(`${JSON.stringify(card, null, 2)}\n`));
  return files;
}
