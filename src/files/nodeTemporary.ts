/** @file Names of files and folders that are being written, and what killed programs left of such. */

import { randomInt } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Presence, presenceAt, presenceOf, thisProcess } from "./nodeProcess.ts";

/** Milliseconds without a change after which nobody writes there any more, whoever began it. */
const abandonedAfter = 3_600_000;

/** A name beside a path for what is to take its place, which tells the process that writes it. */
export function temporaryName(path: string): string {
  const { pid, start, place } = thisProcess();
  return `${path}.tmp-${pid}.${start}.${place}-${randomInt(2 ** 47).toString(36)}`;
}

/**
 * Removes what killed programs left of a path.
 *
 * @param isAlone whether no other process may be writing there; what cannot be told is removed too then.
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

/** Whether the process that wrote a name's end still runs; null if no program writes such names. */
function writerOf(end: string, changed: number): Presence | null {
  const [, pid, start, place] = /^(\d+)\.([0-9a-z]*)\.([0-9a-f]*)-[0-9a-z]+$/.exec(end) ?? [];
  if (pid !== undefined && start !== undefined && place !== undefined) {
    return presenceOf({ pid: Number(pid), start, place });
  }
  // Earlier versions wrote no more than the number.
  const [, number] = /^(\d+)-\d+$/.exec(end) ?? [];
  return number === undefined ? null : presenceAt(Number(number), changed);
}
