/** @file What kind of thing input comes from. */

import { fstatSync } from "node:fs";
import { stat } from "node:fs/promises";
import { standardInputPath } from "../data/paths.ts";

/** Whether somebody may still send what is read from one of some paths, and wait for an answer. */
export async function isOpen(paths: readonly string[]): Promise<boolean> {
  const files = await Promise.all(paths.map(isFile));
  return !files.every(Boolean);
}

/** Whether all is there and can be read again from its beginning. */
export async function isRereadable(paths: readonly string[]): Promise<boolean> {
  return !paths.includes(standardInputPath) && !(await isOpen(paths));
}

async function isFile(path: string): Promise<boolean> {
  if (path === standardInputPath) return fstatSync(0).isFile();
  // What is not there is told when it is read.
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
