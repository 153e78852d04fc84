/**
 * @file The lock of a run's folder: `training/lock.json` names the process that trains there. The holder
 * touches it regularly, so that others can tell a live run from a dead one even if processes cannot see each
 * other: in containers, and on machines that share a disk.
 */

import { closeSync, fstatSync, ftruncateSync, rmSync, writeSync } from "node:fs";
import { writeFault } from "../../files/nodeFaults.ts";
import { thisProcess } from "../../files/nodeProcess.ts";
import { OptionError } from "../../options/optionError.ts";
import { UserError } from "../../tensor/errors.ts";
import type { FoundLock, LockHolder, LockOptions } from "./lockFile.ts";
import { createLock, givenBack, isHeld, processName, readLock, stepOver } from "./lockFile.ts";
import { runPath } from "./runFolder.ts";

/** Milliseconds between two touches; a long step may delay one. */
const touchEvery = 2000;

/** The right to write into the folder of a run, held until it is released or the process ends. */
export class RunLock {
  private readonly out: string;
  private readonly path: string;
  private readonly text: Buffer;
  private readonly timer: NodeJS.Timeout;
  private file: number | null;
  private touched = performance.now();
  private readonly atExit = (): void => this.release();

  private constructor(out: string, file: number) {
    this.out = out;
    this.path = runPath(out, "lock");
    const since = new Date().toISOString();
    const content: LockHolder = { ...thisProcess(), inode: fstatSync(file).ino, since };
    this.text = Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
    writeSync(file, this.text, 0, this.text.length, 0);
    this.file = file;
    this.timer = setInterval(() => this.touch(), touchEvery).unref();
    process.on("exit", this.atExit);
  }

  /**
   * Takes the lock of a folder, and creates the folder if it is missing. The lock of a process that has ended is
   * taken over.
   *
   * @throws UserError naming the folder and the holder of the lock, or why the folder cannot be written.
   */
  static async take(out: string, options: LockOptions = {}): Promise<RunLock> {
    const path = runPath(out, "lock");
    for (;;) {
      const file = await createLock(out, path);
      if (file !== null) return RunLock.begin(out, path, file);
      const found = readLock(path);
      if (found === null) continue;
      if (await isHeld(found, out, path, options)) throw inUse(out, found.holder);
      stepOver(path, found);
    }
  }

  private static begin(out: string, path: string, file: number): RunLock {
    try {
      return new RunLock(out, file);
    } catch (error) {
      closeSync(file);
      rmSync(path, { force: true });
      throw writeFault(error, path);
    }
  }

  /** Touches the lock; called at each step, because a timer does not fire during a step. */
  touch(): void {
    const now = performance.now();
    if (this.file === null || now - this.touched < touchEvery / 2) return;
    this.touched = now;
    try {
      writeSync(this.file, this.text, 0, this.text.length, 0);
    } catch {} // `check` reports any problem.
  }

  /**
   * Checks that the folder still exists and still belongs to this run; called before each write.
   *
   * @throws UserError if it does not.
   */
  check(): void {
    const found = readLock(this.path);
    if (found !== null && this.text.equals(Buffer.from(found.text))) return;
    const holder = found?.holder;
    throw new UserError(
      holder
        ? `${this.out}: ${processName(holder)} has taken the folder while this run went on; this run stops without writing anything more.`
        : `${this.out}: the folder, or training/lock.json in it, was removed or renamed while the run went on; the run stops, and can be resumed from its last checkpoint where the folder still is.`,
    );
  }

  /**
   * Writes into the folder, if it still belongs to this run.
   *
   * @throws UserError if it does not, even if this shows only during the write.
   */
  async writing<Result>(write: () => Promise<Result>): Promise<Result> {
    this.check();
    try {
      return await write();
    } catch (error) {
      this.check();
      throw error;
    }
  }

  /** Releases the lock. */
  release(): void {
    if (this.file === null) return;
    clearInterval(this.timer);
    process.off("exit", this.atExit);
    const file = this.file;
    this.file = null;
    try {
      if (readLock(this.path)?.text === this.text.toString()) rmSync(this.path, { force: true });
      // The folder has moved, and nobody holds its lock.
      ftruncateSync(file, 0);
      writeSync(file, givenBack, 0);
    } catch {} // What is left is the lock of a process that will have ended.
    closeSync(file);
  }
}

function inUse(out: string, holder: FoundLock["holder"]): OptionError {
  const who = holder ? processName(holder) : "another process";
  const since = holder ? ` (since ${holder.since})` : "";
  return new OptionError({
    key: "out",
    value: out,
    problem: `${who} trains in this folder${since}`,
    remedy: "wait until it has ended, or choose another folder",
  });
}
