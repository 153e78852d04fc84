/**
 * @file The kept model of a stopped run. A stop writes the weights that it reached as the model if they are better than
 * the kept ones. These are set aside, and put back when the run goes on as if it had never stopped.
 */

import { modelFiles } from "../../modelFolder/modelFolder.ts";
import { readModel } from "./model.ts";
import type { RunStorage } from "./runStorage.ts";
import { runFiles } from "./runStorage.ts";

/** The model's files and their copies, in the order of writing: where the last copy exists, all are complete. */
const copies: readonly (readonly [file: string, copy: string])[] = [
  [modelFiles.weights, runFiles.bestWeights],
  [modelFiles.config, runFiles.bestConfig],
];

/** Copies the kept model, file by file, so that its own files may be replaced. */
export async function setAsideModel(storage: RunStorage): Promise<void> {
  for (const [file, copy] of copies) await storage.write(copy, [await storage.read(file)]);
}

/**
 * Puts back the model that was set aside, if there is one. If a stop was killed while it copied, the kept model is still
 * in its place, and the partial copy is removed.
 *
 * @throws UserError naming the copy that is missing or damaged.
 */
export async function putBackModel(storage: RunStorage): Promise<void> {
  if (storage.has(runFiles.bestConfig)) {
    const copyOf = new Map(copies);
    await readModel(storage, (file) => copyOf.get(file) ?? file);
    for (const [file, copy] of copies) await storage.write(file, [await storage.read(copy)]);
  }
  for (const [, copy] of copies.toReversed()) await storage.remove(copy);
}
