/** @file Weights of other programs on disk: a file, or a folder of `.npy` files. */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { explain, readFaults } from "../files/nodeFaults.ts";
import { readWholeFile } from "../files/nodeFiles.ts";
import { UserError } from "../tensor/errors.ts";
import type { ForeignArray, ForeignArrays } from "./foreignArrays.ts";
import { arraysOf } from "./foreignArrays.ts";

/**
 * Reads the arrays of a file, or of all `.npy` files in a folder and in folders inside of it, whose names are then
 * parts of the arrays' names: `encoder/weight.npy` is `encoder/weight`.
 *
 * @throws UserError if nothing is there, or something in it is damaged or of another format.
 */
export async function readArrays(path: string): Promise<ForeignArrays> {
  const found = await stat(path).catch((error: unknown) => {
    throw explain(error, `${path} could not be read`, readFaults);
  });
  if (!found.isDirectory()) return arraysOf(await readWholeFile(path), path);
  const files = (await readdir(path, { recursive: true })).filter((file) => file.endsWith(".npy"));
  if (files.length === 0) {
    throw new UserError(`${path}: there is no .npy file in this folder; give one with weights.`);
  }
  const arrays = new Map<string, ForeignArray>();
  for (const file of files.toSorted()) {
    const name = file.replaceAll("\\", "/").slice(0, -".npy".length);
    const [array] = arraysOf(await readWholeFile(join(path, file)), join(path, file)).values();
    if (array) arrays.set(name, { ...array, name });
  }
  return arrays;
}
