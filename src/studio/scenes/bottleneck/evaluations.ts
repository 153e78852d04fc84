import { evaluationFile, evaluationOf } from "../../../modelFolder/evaluationRecord.ts";
import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import { fetchModelFile } from "../../state/modelFile.ts";
import { faultWords } from "../../text/faults.ts";
import type { Translated } from "../../text/translated.ts";
import type { Evaluations } from "./compared.ts";

/** What was measured of the models, and what went wrong. */
export interface Loaded {
  readonly evaluations: Evaluations;
  /** A sentence for each record that could not be read. */
  readonly errors: readonly Translated<string>[];
}

/** Fetches what was measured of all models that were measured. */
export async function loadEvaluations(models: readonly ModelEntry[]): Promise<Loaded> {
  const evaluations = new Map<string, Awaited<ReturnType<typeof evaluationOf>>>();
  const errors: Translated<string>[] = [];
  await Promise.all(
    models
      .filter(({ hasEvaluation }) => hasEvaluation)
      .map(async (entry) => {
        try {
          const file = await fetchModelFile(entry, evaluationFile);
          if (!file) return;
          evaluations.set(entry.name, evaluationOf(file.bytes, `${entry.path}/${evaluationFile}`));
        } catch (error) {
          errors.push(faultWords(error));
        }
      }),
  );
  return { evaluations, errors };
}
