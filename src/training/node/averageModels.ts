/** @file One model of several: the mean of their weights. */

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { writeFolderAtomically } from "../../files/nodeFiles.ts";
import { add, divide, subtract } from "../../graph/operators/elementwise.ts";
import { input } from "../../graph/operators/source.ts";
import type { ReadOptions, StoredModel } from "../../modelFolder/modelFolder.ts";
import { modelBytes, modelFiles, tokenizerFiles } from "../../modelFolder/modelFolder.ts";
import { readModel } from "../../modelFolder/nodeModelFolder.ts";
import { parametersOf } from "../../models/graphs.ts";
import { emitModel } from "../../onnx/emit.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { tensorValue } from "../../tensor/value.ts";
import { Arena } from "../step/arena.ts";
import { checkFolder, wrongFolder } from "./runFolder.ts";

/** Parts of a configuration that describe training and not the model. */
const trainingOnly: ReadonlySet<string> = new Set(["preset", "dropout", "initialRange"]);

/**
 * Writes the average of models, usually of the last checkpoints
 * of one run (Junczys-Dowmunt et al. 2016, https://arxiv.org/abs/1610.01108). Models of
 * runs with different seeds cannot be averaged in a meaningful way; use them as an ensemble.
 *
 * @param folders models of one shape with the same vocabularies.
 * @param out     the folder of the new model.
 * @returns the number of models.
 * @throws UserError naming the model that is missing, damaged or different, or if `out` holds a model.
 */
export async function averageModels(
  runtime: Runtime,
  folders: readonly string[],
  out: string,
  options: ReadOptions = {},
): Promise<number> {
  checkFolder(out);
  if ([modelFiles.config, modelFiles.weights].some((file) => existsSync(join(out, file)))) {
    throw wrongFolder(out, "the folder holds a model already", "choose another");
  }
  const [other] = existsSync(out) ? await readdir(out) : [];
  if (other !== undefined) {
    throw wrongFolder(out, `the folder holds ${other}`, "choose one that is new or empty");
  }
  const [path, ...others] = folders;
  if (path === undefined)
    throw new UserError("An average needs at least one model; name its folder.");
  const first = await readModel(path, options);
  const specifications = parametersOf(first.sizes);
  const [mean, next] = [new Arena(specifications), new Arena(specifications)];
  mean.take(first.weights);
  const program = await runtime.compile(emitModel("mean", meanGraph()));
  let summary = first.summary;
  for (const [index, folder] of others.entries()) {
    const other = await readModel(folder, options);
    checkSame(first, other, path, folder);
    summary = later(summary, other.summary);
    next.take(other.weights);
    const added = next.parts();
    const count = tensorValue("float32", [], index + 2);
    for (const [at, part] of mean.parts().entries()) {
      const feeds = { mean: part, added: added[at] as TensorValue, count };
      await program.run(feeds, { next_mean: part });
    }
  }
  await program.release();
  const files = modelBytes({ ...first, weights: mean.views, summary }, "float32");
  // All files or none, so that two concurrent writers never mix their files.
  await writeFolderAtomically(
    out,
    new Map([
      [modelFiles.config, [files.config]],
      [modelFiles.weights, [files.weights]],
      [tokenizerFiles.source, [files.source]],
      [tokenizerFiles.target, [files.target]],
    ]),
  );
  // Check that the new model opens.
  await readModel(out);
  return folders.length;
}

/** Updates the running mean with one more model; the mean of equal weights is exact. */
function meanGraph(): Record<string, ReturnType<typeof add>> {
  const mean = input("mean", "float32", ["part"]);
  const added = input("added", "float32", ["part"]);
  const count = input("count", "float32", []);
  return { next_mean: add(mean, divide(subtract(added, mean), count)) };
}

/** The training summary: the longest training. The average has no dev score yet. */
function later(one: StoredModel["summary"], other: StoredModel["summary"]): StoredModel["summary"] {
  if (!one || !other) return null;
  const { steps, epochs, seconds } = one.steps >= other.steps ? one : other;
  return { steps, epochs, seconds };
}

function checkSame(one: StoredModel, other: StoredModel, path: string, folder: string): void {
  for (const [key, value] of Object.entries(one.sizes)) {
    const found = other.sizes[key as keyof typeof other.sizes];
    if (found === value || trainingOnly.has(key)) continue;
    throw new UserError(
      `${folder}: ${key} is ${found}, but ${value} in ${path}; only models of one shape can be averaged.`,
    );
  }
  for (const side of ["source", "target"] as const) {
    if (JSON.stringify(one[side].toJson()) === JSON.stringify(other[side].toJson())) continue;
    throw new UserError(
      `${folder}: its ${side} vocabulary differs from the vocabulary of ${path}; only models with the same vocabularies can be averaged.`,
    );
  }
}
