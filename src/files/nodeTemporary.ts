/** @file Names of files and folders that are being written, and leftovers of killed programs. */

import { randomInt } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Presence, presenceAt, presenceOf, thisProcess } from "./nodeProcess.ts";

/** Milliseconds without a change after which a temporary file counts as abandoned, whoever began it. */
const abandonedAfter = 3_600_000;

/** A name beside a path for its replacement; it identifies the process that writes it. */
export function temporaryName(path: string): string {
  const { pid, start, place } = thisProcess();
  return `${path}.tmp-${pid}.${start}.${place}-${randomInt(2 ** 47).toString(36)}`;
}

/**
 * Removes the leftovers of killed programs for a path.
 *
 * @param isAlone whether no other process can be writing there; names with unknown writers are then removed too.
 */
export async function removeLeftovers(path: string, isAlone = false): Promise<void> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.tmp-`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const whole = join(folder, name);
    const changed = (await stat(whole).catch(() => null))?.mtimeMs;
    if (changed === undefined) continue;
    const writer = writerOf(name.slice(prefix.length), changed);
    const isLeft =
      writer === "gone" ||
      (writer === "unknown" && (isAlone || changed < Date.now() - abandonedAfter));
    if (isLeft) await rm(whole, { force: true, recursive: true });
  }
}

/** Whether the process in a name's suffix is still running; null if no program writes such names. */
function writerOf(end: string, changed: number): Presence | null {
  const [, pid, start, place] = /^(\d+)\.([0-9a-z]*)\.([0-9a-f]*)-[0-9a-z]+$/.exec(end) ?? [];
  if (pid !== undefined && start !== undefined && place !== undefined) {
    return presenceOf({ pid: Number(pid), start, place });
  }
  // Earlier versions wrote only the process id.
  const [, number] = /^(\d+)-\d+$/.exec(end) ?? [];
  return number === undefined ? null : presenceAt(Number(number), changed);
}
