/** @file The record of evaluations of a model on disk. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readWholeFile, writeFileAtomically } from "../files/nodeFiles.ts";
import { type EvaluationRecord, evaluationFile, evaluationOf } from "./evaluationRecord.ts";

/**
 * Reads what was measured of a model.
 *
 * @returns null if nothing was.
 * @throws UserError if the record is damaged.
 */
export async function readEvaluation(folder: string): Promise<EvaluationRecord | null> {
  const path = join(folder, evaluationFile);
  return existsSync(path) ? evaluationOf(await readWholeFile(path), path) : null;
}

/** Writes what was measured of a model, in place of an older record. */
export async function writeEvaluation(folder: string, record: EvaluationRecord): Promise<void> {
  const text = `${JSON.stringify(record, null, 2)}\n`;
  await writeFileAtomically(join(folder, evaluationFile), [new TextEncoder().encode(text)]);
}
