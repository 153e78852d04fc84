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

/** Milliseconds without a touch after which a holder that cannot be seen counts as gone. */
const silence = 15_000;

/** The holder of a lock. */
export interface LockHolder extends ProcessIdentity {
  /** The inode of the lock file: a copy of the folder is not locked. */
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

/** The content of a released lock. */
export const givenBack = "null\n";

/** A lock file as found. */
export interface FoundLock {
  readonly text: string;
  /** Null if it cannot be read, for example while it is being written. */
  readonly holder: LockHolder | null;
  readonly inode: number;
  /** The time of its last touch, by the clock of the disk. */
  readonly touched: number;
}

/** Options of taking a lock. */
export interface LockOptions {
  /** Called with a message if waiting is necessary. */
  log?(line: string): void;
  /** Milliseconds without a touch after which the lock of a process that cannot be seen expires. */
  readonly silence?: number;
}

/** Creates a lock file and its folder; returns null if there is a lock already. */
export async function createLock(out: string, path: string): Promise<number | null> {
  for (let attempt = 0; ; attempt++) {
    await makeRunFolder(out);
    try {
      return openSync(path, "wx");
    } catch (error) {
      const code = codeOf(error);
      if (code === "EEXIST") return null;
      // A run that failed at once may have removed the folder.
      if (code !== "ENOENT" || attempt === 10) throw writeFault(error, path);
    }
  }
}

/** Reads the lock file; null if there is none. */
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
 * Whether a process holds a lock. If the process cannot be seen, this waits for a touch of the lock.
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
  // The process does not hold the lock of a copied folder; but not all disks keep inode numbers.
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

/**
 * Whether a process trains in a folder now, as far as can be told at once. A folder that was copied or checked out
 * has no lock that is held, whatever the dates of its files.
 *
 * @param path the lock's file.
 */
export function isTraining(path: string): boolean {
  const found = readLock(path);
  if (found === null || found.text === givenBack || found.holder === null) return false;
  const presence = presenceOf(found.holder);
  if (presence === "gone" || found.holder.inode !== found.inode) return false;
  return presence === "running" || Date.now() - found.touched < silence;
}

/** The time by the clock of the disk, which may differ from this machine's clock. */
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

/** Removes a lock without a holder. Another run may already have replaced it by its own. */
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

/** The name of a process in messages. */
export function processName({ pid, start, place, host }: ProcessIdentity): string {
  const own = thisProcess();
  if (host !== own.host) return `process ${pid} on ${host}`;
  if (place !== own.place) return `process ${pid} of another container`;
  return pid === own.pid && start === own.start ? "this process" : `process ${pid}`;
}
