import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { presenceAt, presenceOf, thisProcess } from "./nodeProcess.ts";

const own = thisProcess();
/** A process that has ended, and whose number nobody else has got yet. */
const ended = spawnSync("true").pid;

describe("a process is known by more than its number", () => {
  test("this one runs", () => {
    expect(own.pid).toBe(process.pid);
    expect(own.start).not.toBe("");
    expect(presenceOf(own)).toBe("running");
  });
  test("an earlier one of its number, as each is that a container starts, is gone", () => {
    expect(presenceOf({ ...own, start: `${own.start}0` })).toBe("gone");
  });
  test("one whose number is nobody's is gone", () => {
    expect(presenceOf({ ...own, pid: ended })).toBe("gone");
  });
  test("one of another container or machine cannot be seen, whatever its number", () => {
    expect(presenceOf({ ...own, place: "0000beef" })).toBe("unknown");
    expect(presenceOf({ ...own, pid: ended, place: "0000beef" })).toBe("unknown");
  });
  test.runIf(process.platform === "linux")("another program's runs until it ends", async () => {
    const child = spawn("sleep", ["60"]);
    try {
      // What it is known by is what it would say of itself.
      const pid = child.pid as number;
      const { start } = JSON.parse(
        spawnSync(process.execPath, [
          "-e",
          `const text = require("fs").readFileSync("/proc/${pid}/stat", "latin1");
           const ticks = Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[19]);
           console.log(JSON.stringify({ start: ticks.toString(36) }))`,
        ]).stdout.toString(),
      ) as { start: string };
      expect(presenceOf({ ...own, pid, start })).toBe("running");
      expect(presenceOf({ ...own, pid, start: `${start}0` })).toBe("gone");
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(presenceOf({ ...own, pid, start })).toBe("gone");
    } finally {
      child.kill("SIGKILL");
    }
  });
});

describe("where no more than a number is known", () => {
  test("what was done before the process of that number began was done by another", () => {
    expect(presenceAt(process.pid, performance.timeOrigin - 60_000)).toBe("gone");
    expect(presenceAt(process.pid, Date.now())).toBe("unknown");
    expect(presenceAt(ended, Date.now())).toBe("gone");
  });
  test.runIf(process.platform === "linux")("of other processes, too", () => {
    expect(presenceAt(process.ppid, 0)).toBe("gone");
    expect(presenceAt(process.ppid, Date.now())).toBe("unknown");
  });
});
