/** @file Reads what a training wrote down in its model's folder. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readWholeFile } from "../files/nodeFiles.ts";
import { readBySchema } from "../files/schema.ts";
import { UserError } from "../tensor/errors.ts";
import { modelPlace, noSuchModel } from "./nodeModelPlace.ts";
import { type EvaluationLine, evaluationLineSchema, trainingRecords } from "./trainingRecords.ts";

/**
 * Reads the evaluations of a model's training, in their order.
 *
 * @param name the model's folder, or the name of a model that comes with the package.
 * @throws UserError if there is no such folder, no evaluation, or a line is damaged.
 */
export async function readEvaluations(name: string): Promise<EvaluationLine[]> {
  const folder = modelPlace(name);
  if (!existsSync(folder)) throw noSuchModel(name);
  const path = join(folder, trainingRecords.metrics);
  const text = existsSync(path) ? new TextDecoder().decode(await readWholeFile(path)) : "";
  const evaluations = text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const remedy = "restore the file, or remove the line";
    const place = `${path}, line ${index + 1}`;
    return [
      readBySchema(evaluationLineSchema, jsonOf(line, place, remedy), {
        name: place,
        whole: "it",
        remedy,
      }),
    ];
  });
  if (evaluations.length === 0) {
    throw new UserError(
      `${name}: there are no evaluations of its training, ${trainingRecords.metrics}; give a model that seq2see train has evaluated.`,
    );
  }
  return evaluations;
}

function jsonOf(line: string, place: string, remedy: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UserError(`${place}: it is not JSON; ${remedy}.`);
  }
}
