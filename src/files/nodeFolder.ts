/** @file Folders: the working folder, and making new ones. */

import { realpathSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { codeOf, noWorkingFolder } from "./nodeFaults.ts";

/**
 * Checks that the working folder, on which relative paths depend, still exists.
 *
 * @throws UserError if it has been removed.
 */
export function checkWorkingFolder(): void {
  try {
    // `process.cwd()` remembers its answer, also after the folder has gone.
    realpathSync.native(".");
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw noWorkingFolder(error);
  }
}

/**
 * Creates a folder, and those above it. Node's own recursive `mkdir` tries for ever where a system says that the folder
 * above is missing while it is there: in a working folder that has been removed, and in `/proc`.
 *
 * @returns the outermost folder that was created; undefined if there was nothing to create.
 * @throws UserError if the path is relative and the working folder has been removed.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  if (!isAbsolute(path)) checkWorkingFolder();
  return makeBelow(resolve(path));
}

async function makeBelow(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    const above = dirname(path);
    if (codeOf(error) === "ENOENT" && above !== path) {
      const made = await makeBelow(above);
      // If that did not help, nothing does.
      if (await isMade(path)) return made ?? path;
      return made;
    }
    if (await isFolder(path)) return undefined;
    throw error;
  }
}

/** Makes a folder; false if another program has made it meanwhile. */
async function isMade(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST" && (await isFolder(path))) return false;
    throw error;
  }
}

/** Whether there is a folder; the root of a drive may not be made even so. */
const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
