/** @file Reads and writes the record of a model's evaluations. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readWholeFile, writeFileAtomically } from "../files/nodeFiles.ts";
import { type EvaluationRecord, evaluationFile, evaluationOf } from "./evaluationRecord.ts";

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

/** Writes the evaluations of a model, replacing an older record. */
export async function writeEvaluation(folder: string, record: EvaluationRecord): Promise<void> {
  const text = `${JSON.stringify(record, null, 2)}\n`;
  await writeFileAtomically(join(folder, evaluationFile), [new TextEncoder().encode(text)]);
}
