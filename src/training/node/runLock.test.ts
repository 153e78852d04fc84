import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { thisProcess } from "../../files/nodeProcess.ts";
import { UserError } from "../../tensor/errors.ts";
import { isTraining, type LockOptions } from "./lockFile.ts";
import { RunLock } from "./runLock.ts";

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seq2see-lock-"));
  out = join(folder, "run");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockOf = (run: string): string => join(run, "training", "lock.json");
/** Whether the lock could be taken, and was, and is given back. */
async function isFree(run: string, options: LockOptions = {}): Promise<boolean> {
  const lock = await RunLock.take(run, options);
  const isThere = existsSync(lockOf(run));
  lock.release();
  return isThere;
}

/** Leaves a lock of another process, touched some seconds ago. */
function leave(holder: Record<string, unknown>, secondsAgo = 0): void {
  mkdirSync(join(out, "training"), { recursive: true });
  const lock = { ...thisProcess(), inode: 1, since: "2026-01-01T00:00:00.000Z", ...holder };
  writeFileSync(lockOf(out), JSON.stringify(lock));
  const time = new Date(Date.now() - 1000 * secondsAgo);
  utimesSync(lockOf(out), time, time);
}

describe("the lock of a run's folder", () => {
  test("is there while the run goes on, and gone when it is given back", async () => {
    const lock = await RunLock.take(out);
    expect(JSON.parse(readFileSync(lockOf(out), "utf8"))).toMatchObject(thisProcess());
    expect(() => lock.check()).not.toThrow();
    lock.release();
    lock.release();
    expect(readdirSync(join(out, "training"))).toEqual([]);
    expect(await isFree(out)).toBe(true);
  });
  test("is one run's: another is told the folder and the process", async () => {
    const lock = await RunLock.take(out);
    const other = RunLock.take(out);
    await expect(other).rejects.toThrow(UserError);
    await expect(other).rejects.toThrow(
      /out: ".*run": this process trains in this folder \(since .*\); wait until it has ended/,
    );
    lock.check();
    lock.release();
  });
  test("goes to one of several that begin at once, also in a folder that is not there", async () => {
    const takes = await Promise.allSettled(Array.from({ length: 5 }, () => RunLock.take(out)));
    const taken = takes.flatMap((take) => (take.status === "fulfilled" ? [take.value] : []));
    expect(taken).toHaveLength(1);
    taken[0]?.release();
  });
  test.each([
    ["has ended", { pid: spawnSync("true").pid }],
    ["had this one's number, as in a container", { start: "1" }],
  ])("is taken over from a process that %s", async (_, holder) => {
    leave(holder);
    const lock = await RunLock.take(out);
    lock.check();
    expect(readdirSync(join(out, "training"))).toEqual(["lock.json"]);
    lock.release();
  });
  test("goes to one of several that take it over at once", async () => {
    leave({ start: "1" });
    const takes = await Promise.allSettled(Array.from({ length: 5 }, () => RunLock.take(out)));
    const taken = takes.flatMap((take) => (take.status === "fulfilled" ? [take.value] : []));
    expect(taken).toHaveLength(1);
    taken[0]?.check();
    taken[0]?.release();
  });
});

describe("a lock of a process that cannot be seen", () => {
  const elsewhere = { pid: 1, place: "0000beef" };
  test("is none if it was not touched for long", async () => {
    leave(elsewhere, 3600);
    expect(await isFree(out)).toBe(true);
  });
  test("is none if nobody touches it", async () => {
    leave({ ...elsewhere, host: "another-host" });
    const log: string[] = [];
    const lock = await RunLock.take(out, { log: (line) => log.push(line), silence: 300 });
    expect(log.join()).toMatch(
      /process 1 on another-host may still be training there; waiting up to 1 s/,
    );
    lock.release();
  });
  test("is one if somebody does", async () => {
    leave(elsewhere);
    const timer = setInterval(() => leave(elsewhere), 20);
    try {
      await expect(RunLock.take(out, { silence: 5000 })).rejects.toThrow(
        /process 1 of another container trains in this folder/,
      );
    } finally {
      clearInterval(timer);
    }
  });
  test("is none if nothing can be read from it and nobody touches it", async () => {
    mkdirSync(join(out, "training"), { recursive: true });
    writeFileSync(lockOf(out), "");
    expect(await isFree(out, { silence: 100 })).toBe(true);
  });
});

test("a copy of a folder is not locked by the run that goes on in the other", async () => {
  const lock = await RunLock.take(out);
  cpSync(out, join(folder, "copy"), { recursive: true });
  expect(await isFree(join(folder, "copy"), { silence: 100 })).toBe(true);
  lock.check();
  lock.release();
});

describe("a folder is being trained in", () => {
  test("while a run goes on there, and not before or after", async () => {
    expect(isTraining(lockOf(out))).toBe(false);
    const lock = await RunLock.take(out);
    expect(isTraining(lockOf(out))).toBe(true);
    lock.release();
    expect(isTraining(lockOf(out))).toBe(false);
  });

  test("not if it is a copy, however new its files are", async () => {
    const lock = await RunLock.take(out);
    cpSync(out, join(folder, "copy"), { recursive: true });
    expect(isTraining(lockOf(join(folder, "copy")))).toBe(false);
    lock.release();
  });

  test("by a process that cannot be seen while it touches its lock", () => {
    const seen = (secondsAgo: number): boolean => {
      leave({ place: "elsewhere", inode: 1 }, secondsAgo);
      const { ino } = statSync(lockOf(out));
      writeFileSync(
        lockOf(out),
        readFileSync(lockOf(out), "utf8").replace('"inode":1', `"inode":${ino}`),
      );
      const time = new Date(Date.now() - 1000 * secondsAgo);
      utimesSync(lockOf(out), time, time);
      return isTraining(lockOf(out));
    };
    expect([seen(3), seen(60)]).toEqual([true, false]);
  });
});

describe("a run finds out that its folder", () => {
  test("was removed, and does not make it again", async () => {
    const lock = await RunLock.take(out);
    rmSync(out, { recursive: true });
    lock.touch();
    expect(() => lock.check()).toThrow(/run: the folder, .*, was removed or renamed while the run/);
    const write = lock.writing(async () => mkdirSync(out));
    await expect(write).rejects.toThrow(UserError);
    lock.release();
    expect(existsSync(out)).toBe(false);
  });
  test("was renamed while it wrote", async () => {
    const lock = await RunLock.take(out);
    const write = lock.writing(async () => {
      renameSync(out, join(folder, "elsewhere"));
      readFileSync(lockOf(out));
    });
    await expect(write).rejects.toThrow(/removed or renamed while the run went on; the run stops/);
    lock.release();
  });
  test("was taken by another, whose lock it leaves alone", async () => {
    const lock = await RunLock.take(out);
    leave({ pid: 77, host: "another-host" });
    expect(() => lock.check()).toThrow(/process 77 on another-host has taken the folder/);
    lock.release();
    expect(existsSync(lockOf(out))).toBe(true);
  });
  test("can be written no more, which is said as it is", async () => {
    const lock = await RunLock.take(out);
    const write = lock.writing(() => Promise.reject(new UserError("the disk is full.")));
    await expect(write).rejects.toThrow("the disk is full.");
    lock.release();
  });
});
