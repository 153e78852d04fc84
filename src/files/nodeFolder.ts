/** @file Folders: the working folder, and making new ones. */

import { realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { isAbsolute } from "node:path";
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
 * Creates a folder, and those above it. In a working folder that has been removed, Node's own `mkdir` would try
 * forever.
 *
 * @returns the outermost folder that was created; undefined if there was nothing to create.
 * @throws UserError if the path is relative and the working folder has been removed.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  if (!isAbsolute(path)) checkWorkingFolder();
  return mkdir(path, { recursive: true });
}
