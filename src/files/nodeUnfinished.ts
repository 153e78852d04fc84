/** @file What is being written under other names, so that a program that is told to end leaves no part of it. */
import { rmSync } from "node:fs";

const unfinished = new Set<string>();

/** Notes that a file or folder is being written, of which nothing is to stay unless {@link finished}. */
export function begun(path: string): void {
  unfinished.add(path);
}

/** Notes that it has its name, or has been removed. */
export function finished(path: string): void {
  unfinished.delete(path);
}

/** Removes all that has begun and is not finished; there is no time to wait for anything. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true, recursive: true });
  unfinished.clear();
}
