/** @file Unfinished files under temporary names, which a program removes when it is asked to end. */
import { rmSync } from "node:fs";

const unfinished = new Set<string>();

/** Records that a file or folder is being written; it is removed at exit unless {@link finished}. */
export function begun(path: string): void {
  unfinished.add(path);
}

/** Records that it has got its name or has been removed. */
export function finished(path: string): void {
  unfinished.delete(path);
}

/** Removes everything begun and not finished; synchronous, because there is no time to wait. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true, recursive: true });
  unfinished.clear();
}
