/** @file A trained model on disk: `config.json`, `model.safetensors` and two tokenizers. */

import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { codeOf, explain, readFaults } from "../files/nodeFaults.ts";
import { readWholeFile } from "../files/nodeFiles.ts";
import { UserError } from "../tensor/errors.ts";
import { largestOf } from "../tensor/extremes.ts";
import { cardFile, cardOf, type ModelCard } from "./card.ts";
import type { ModelBytes, ReadOptions, StoredModel } from "./modelFolder.ts";
import { modelFiles, modelOf, tellMissingChecksums, tokenizerFiles } from "./modelFolder.ts";
import { modelPlace, noSuchModel, otherPlace } from "./nodeModelPlace.ts";

/**
 * Reads a model completely or not at all: files that do not belong together are rejected, and a folder that
 * is being replaced is read again as long as something changes in it.
 *
 * @param folder a folder, or the name of a model that comes with the package; see `modelPlace`.
 * @throws UserError naming the file that is missing, damaged or of another model.
 */
export async function readModel(folder: string, options: ReadOptions = {}): Promise<StoredModel> {
  return (await readModelFiles(folder, options)).model;
}

/** Like {@link readModel}, with the bytes of the files. */
export async function readModelFiles(
  name: string,
  options: ReadOptions = {},
): Promise<{ readonly model: StoredModel; readonly files: ModelBytes }> {
  const folder = modelPlace(name);
  for (let attempt = 0; ; attempt++) {
    const stamp = await modelStamp(folder);
    try {
      const files = await readFiles(folder);
      const model = modelOf(files, (file) => join(folder, file));
      // Without checksums, only this shows whether all files are of the same state.
      if (!model.hasChecksums && stamp.text !== (await modelStamp(folder)).text) {
        throw new UserError(
          `${folder}: its files changed while they were read; try again once they are written.`,
        );
      }
      tellMissingChecksums(model, folder, options);
      return { model, files };
    } catch (error) {
      const pause = options.isAwaited === false ? undefined : pauses[attempt];
      if (!(error instanceof UserError) || pause === undefined) throw error;
      const now = await modelStamp(folder);
      const isSame = now.text === stamp.text;
      if (isSame && Date.now() - now.changed > settledAfter) throw error;
      await setTimeout(pause);
      if (isSame && now.text === (await modelStamp(folder)).text) throw error;
    }
  }
}

/** Successive waits in milliseconds; an incomplete folder must change during each of them. */
const pauses = [100, 200, 400, 800];

/** Milliseconds after its last change from which a folder counts as no longer being written. */
const settledAfter = 5000;

/** Distinguishes states of a model's files, with the time of the last change. */
export interface ModelStamp {
  /** Sizes, times and locations of all four files. */
  readonly text: string;
  /** Milliseconds since 1970; −∞ if there is no file. */
  readonly changed: number;
}

/** Inspects the files of a model without reading them. */
export async function modelStamp(folder: string): Promise<ModelStamp> {
  const files = [...Object.values(modelFiles), ...Object.values(tokenizerFiles)];
  const found = await Promise.all(
    files.map((file) => stat(join(folder, file), { bigint: true }).catch(() => null)),
  );
  return {
    text: found
      .map((file) => (file ? [file.size, file.mtimeNs, file.ctimeNs, file.ino].join(" ") : "-"))
      .join(),
    changed: largestOf(found.map((file) => (file ? Number(file.ctimeMs) : -Infinity))),
  };
}

async function readFiles(folder: string): Promise<ModelBytes> {
  if (!(await isThere(folder, folder))) {
    throw noSuchModel(folder);
  }
  const path = join(folder, modelFiles.config);
  if (!(await isThere(path, path))) {
    // An exported copy has records of its training, and nothing that could be gone on with.
    const isRun = existsSync(join(folder, "training/options.json"));
    const reason = isRun
      ? "its training has not reached its first evaluation; resume it"
      : otherPlace(folder);
    throw new UserError(`${folder}: there is no config.json; ${reason}.`);
  }
  const [config, weights, source, target] = await Promise.all(
    [modelFiles.config, modelFiles.weights, tokenizerFiles.source, tokenizerFiles.target].map(
      (file) => readWholeFile(join(folder, file)),
    ),
  );
  return { config, weights, source, target } as ModelBytes;
}

/** Whether something exists at a path. Throws a UserError if the system cannot tell. */
async function isThere(path: string, name: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw explain(error, `${name} could not be read`, readFaults);
  }
}

/**
 * Reads the card of a model.
 *
 * @returns null if there is none.
 * @throws UserError if it is damaged.
 */
export async function readCard(folder: string): Promise<ModelCard | null> {
  const path = join(folder, cardFile);
  return existsSync(path) ? cardOf(await readWholeFile(path), path) : null;
}
