/**
 * @file Gives each worker of Vitest a processor of its own, with all processes that it starts. Otherwise each of them
 * computes on all processors, and they wait for each other. Tests that need more threads ask for them.
 */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The processors that a process may use, from a list such as "0-2,5". */
export function processorsOf(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Does nothing where there is no Linux, or one processor alone. */
function takeOne(): void {
  if (process.platform !== "linux") return;
  const status = readFileSync("/proc/self/status", "utf8");
  const processors = processorsOf(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? "0");
  if (processors.length < 2) return;
  const worker = Number(process.env["VITEST_POOL_ID"] ?? "1") - 1;
  const own = String(processors[worker % processors.length]);
  spawnSync("taskset", ["--all-tasks", "--cpu-list", "--pid", own, String(process.pid)]);
}

takeOne();
