/** @file Recognises the kind of an input. */

import { fstatSync } from "node:fs";
import { stat } from "node:fs/promises";
import { standardInputPath } from "../data/paths.ts";

/** Whether someone may still be sending input to one of the paths, and waiting for an answer. */
export async function isOpen(paths: readonly string[]): Promise<boolean> {
  const files = await Promise.all(paths.map(isFile));
  return !files.every(Boolean);
}

/** Whether all paths exist and can be read again from the start. */
export async function isRereadable(paths: readonly string[]): Promise<boolean> {
  return !paths.includes(standardInputPath) && !(await isOpen(paths));
}

async function isFile(path: string): Promise<boolean> {
  if (path === standardInputPath) return fstatSync(0).isFile();
  // A missing path is reported when it is read.
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
