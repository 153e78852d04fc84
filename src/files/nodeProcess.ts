/**
 * @file Identifies processes. A process id alone is not enough: the system reuses it, and in containers
 * nearly every program has the id 1.
 */

import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, distinct from all others that have or had its id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in its system's units: no two processes with one id started at the same time. */
  readonly start: string;
  /** Eight digits for the boot of the machine and the PID namespace in which the id is valid. */
  readonly place: string;
  readonly host: string;
}

/** Whether a process runs; `unknown` if this process cannot see it, for example from another container. */
export type Presence = "running" | "gone" | "unknown";

let own: ProcessIdentity | null = null;

/** This process. */
export function thisProcess(): ProcessIdentity {
  own ??= {
    pid: process.pid,
    host: hostname(),
    // Without /proc, the start times of other processes are unknown, but one's own is unique.
    start: statOf("self")?.start ?? Math.round(performance.timeOrigin).toString(36),
    place: createHash("sha256").update(placeName()).digest("hex").slice(0, 8),
  };
  return own;
}

/** Whether a process is still running. */
export function presenceOf({ pid, start, place }: Omit<ProcessIdentity, "host">): Presence {
  const self = thisProcess();
  if (place !== self.place) return "unknown";
  if (pid === self.pid) return start === self.start ? "running" : "gone";
  const found = seen(pid);
  if (found === "gone" || found === "unknown") return found;
  return found.start === start ? "running" : "gone";
}

/**
 * Whether the process with an id can have done something at a given time. Names that contain only a process
 * id allow no stricter test.
 *
 * @param time in milliseconds, by the wall clock.
 */
export function presenceAt(pid: number, time: number): Presence {
  const self = thisProcess();
  if (pid === self.pid) return time < performance.timeOrigin - clockSlack ? "gone" : "unknown";
  const found = seen(pid);
  if (found === "gone" || found === "unknown") return found;
  const uptime = Number.parseFloat(textOf("/proc/uptime"));
  if (Number.isNaN(uptime)) return "unknown";
  const age = uptime - Number.parseInt(found.start, 36) / ticksPerSecond;
  return time < Date.now() - 1000 * age - clockSlack ? "gone" : "unknown";
}

/** The unit in which Linux reports times to programs, on all machines that Node supports. */
const ticksPerSecond = 100;
/** The maximum difference between two readings of one moment, in milliseconds. */
const clockSlack = 2000;

/** What this process can see of the process with an id. */
function seen(pid: number): "gone" | "unknown" | { readonly start: string } {
  try {
    process.kill(pid, 0); // Signal 0 only asks whether the process is there.
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "gone";
  }
  // A /proc of another namespace, which a container may see, has other ids.
  if (statOf("self")?.pid !== process.pid) return "unknown";
  const stat = statOf(pid);
  if (!stat) return "unknown";
  return stat.hasEnded ? "gone" : stat;
}

/** Linux's status of a process: see proc_pid_stat(5). */
function statOf(
  pid: number | "self",
): { readonly pid: number; readonly start: string; readonly hasEnded: boolean } | null {
  const text = textOf(`/proc/${pid}/stat`);
  // The name of the program is in parentheses and may contain anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, ticks] = [fields[0], Number(fields[19])];
  if (text === "" || !Number.isInteger(ticks)) return null;
  return {
    pid: Number.parseInt(text, 10),
    start: ticks.toString(36),
    // Z and X: it has ended, but its parent has not collected its status yet.
    hasEnded: state === "Z" || state === "X",
  };
}

function placeName(): string {
  const boot = textOf("/proc/sys/kernel/random/boot_id").trim();
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {}
  // Without both, only the machine's name shows that an id belongs to the same machine.
  return boot === "" || namespace === "" ? `host ${hostname()}` : `${boot} ${namespace}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
