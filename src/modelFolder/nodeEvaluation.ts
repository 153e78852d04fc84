/** @file Reads and writes the record of a model's evaluations. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readWholeFile, writeFileAtomically } from "../files/nodeFiles.ts";
import {
  type EvaluationRecord,
  evaluationFile,
  evaluationOf,
  type RecordedSet,
  withSet,
} from "./evaluationRecord.ts";

/**
 * Reads the evaluations of a model.
 *
 * @returns null if there are none.
 * @throws UserError if the record is damaged.
 */
export async function readEvaluation(folder: string): Promise<EvaluationRecord | null> {
  const path = join(folder, evaluationFile);
  return existsSync(path) ? evaluationOf(await readWholeFile(path), path) : null;
}

/**
 * Adds an evaluation to those of a model, in the place of the same one; what others have added meanwhile stays.
 *
 * @throws UserError if the record is damaged.
 */
export async function addEvaluation(folder: string, measured: RecordedSet): Promise<void> {
  const record = withSet(await readEvaluation(folder), measured);
  const text = `${JSON.stringify(record, null, 2)}\n`;
  await writeFileAtomically(join(folder, evaluationFile), [new TextEncoder().encode(text)]);
}
