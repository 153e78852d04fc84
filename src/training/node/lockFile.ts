/** @file The file of a run's lock: how it is made, read, judged and stepped over. */

import {
  closeSync,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { codeOf, writeFault } from "../../files/nodeFaults.ts";
import type { ProcessIdentity } from "../../files/nodeProcess.ts";
import { presenceOf, thisProcess } from "../../files/nodeProcess.ts";
import { temporaryName } from "../../files/nodeTemporary.ts";
import { makeRunFolder } from "./runFolder.ts";

/** How long a lock may stay untouched before its holder counts as gone, where it cannot be seen. */
const silence = 15_000;

/** Who holds a lock. */
export interface LockHolder extends ProcessIdentity {
  /** Of the lock's own file: a copy of the folder is not locked. */
  readonly inode: number;
  /** When the run began, as ISO 8601. */
  readonly since: string;
}

const holderSchema: z.ZodType<LockHolder> = z.object({
  pid: z.number().int(),
  start: z.string(),
  place: z.string(),
  host: z.string(),
  inode: z.number(),
  since: z.string(),
});

/** What a lock that nobody holds any more says. */
export const givenBack = "null\n";

/** What lies there as a lock. */
export interface FoundLock {
  readonly text: string;
  /** Null if it cannot be read, such as one that is just being written. */
  readonly holder: LockHolder | null;
  readonly inode: number;
  /** When it was touched, by the clock of the disk. */
  readonly touched: number;
}

/** How a lock is taken. */
export interface LockOptions {
  /** Told if it has to be waited. */
  log?(line: string): void;
  /** Milliseconds after which an untouched lock of a process that cannot be seen is none. */
  readonly silence?: number;
}

/** Makes the file of a lock, with its folder; null if there is one. */
export async function createLock(out: string, path: string): Promise<number | null> {
  for (let attempt = 0; ; attempt++) {
    await makeRunFolder(out);
    try {
      return openSync(path, "wx");
    } catch (error) {
      const code = codeOf(error);
      if (code === "EEXIST") return null;
      // A run that failed at once may have taken the folder away again.
      if (code !== "ENOENT" || attempt === 10) throw writeFault(error, path);
    }
  }
}

/** Yields what lies there; null if there is nothing. */
export function readLock(path: string): FoundLock | null {
  try {
    const { ino, mtimeMs } = statSync(path);
    const text = readFileSync(path, "utf8");
    return { text, holder: holderOf(text), inode: ino, touched: mtimeMs };
  } catch (error) {
    const code = codeOf(error);
    if (["ENOENT", "ENOTDIR", "ESTALE"].includes(code)) return null;
    throw writeFault(error, path);
  }
}

function holderOf(text: string): FoundLock["holder"] {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Whether somebody holds a lock. Where that cannot be seen, it is waited whether it is touched.
 *
 * @throws UserError if the folder cannot be written.
 */
export async function isHeld(
  found: FoundLock,
  out: string,
  path: string,
  { log, silence: limit = silence }: LockOptions,
): Promise<boolean> {
  if (found.text === givenBack) return false;
  const presence = found.holder ? presenceOf(found.holder) : "unknown";
  if (presence === "gone") return false;
  // Of a copy of the folder the process is not the holder; but not all disks keep the number of a file.
  if (presence === "running" && found.holder?.inode === found.inode) return true;
  const age = Math.max(0, diskTime(path) - found.touched);
  if (age >= limit) return false;
  const seconds = Math.ceil((limit - age) / 1000);
  if (found.holder) {
    log?.(
      `${out}: ${processName(found.holder)} may still be training there; waiting up to ${seconds} s to find out.`,
    );
  }
  const end = performance.now() + limit - age;
  while (performance.now() < end) {
    await wait(Math.min(250, limit / 10));
    const now = readLock(path);
    if (now === null) return false;
    if (now.text !== found.text) return isHeld(now, out, path, { silence: limit });
    if (now.touched !== found.touched) return true;
  }
  return false;
}

/** The time by the clock of a disk, which may be another than this machine's. */
function diskTime(path: string): number {
  const probe = temporaryName(path);
  try {
    const file = openSync(probe, "wx");
    try {
      return fstatSync(file).mtimeMs;
    } finally {
      closeSync(file);
      rmSync(probe, { force: true });
    }
  } catch (error) {
    throw writeFault(error, path);
  }
}

/** Removes a lock that is nobody's. Another run may do the same, and have its own there by now. */
export function stepOver(path: string, dead: FoundLock): void {
  const aside = temporaryName(path);
  try {
    renameSync(path, aside);
    if (readLock(aside)?.text !== dead.text) linkSync(aside, path);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "EEXIST") throw writeFault(error, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** What people call a process. */
export function processName({ pid, start, place, host }: ProcessIdentity): string {
  const own = thisProcess();
  if (host !== own.host) return `process ${pid} on ${host}`;
  if (place !== own.place) return `process ${pid} of another container`;
  return pid === own.pid && start === own.start ? "this process" : `process ${pid}`;
}
