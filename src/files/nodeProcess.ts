/**
 * @file Which process something belongs to. A number alone does not tell: it is given again to others, and in
 * containers nearly every program has the number 1.
 */

import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told from all others that had or have its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, as its system counts: no two processes of one number began at one time. */
  readonly start: string;
  /** Eight digits for the run of the machine, and its part (the PID namespace), in which the number counts. */
  readonly place: string;
  readonly host: string;
}

/** Whether a process runs; `unknown` where this process cannot see it, as from another container. */
export type Presence = "running" | "gone" | "unknown";

let own: ProcessIdentity | null = null;

/** This process. */
export function thisProcess(): ProcessIdentity {
  own ??= {
    pid: process.pid,
    host: hostname(),
    // Where there is no /proc, others' beginnings cannot be known, but one's own can be told apart.
    start: statOf("self")?.start ?? Math.round(performance.timeOrigin).toString(36),
    place: createHash("sha256").update(placeName()).digest("hex").slice(0, 8),
  };
  return own;
}

/** Whether a process still runs. */
export function presenceOf({ pid, start, place }: Omit<ProcessIdentity, "host">): Presence {
  const self = thisProcess();
  if (place !== self.place) return "unknown";
  if (pid === self.pid) return start === self.start ? "running" : "gone";
  const found = seen(pid);
  if (found === "gone" || found === "unknown") return found;
  return found.start === start ? "running" : "gone";
}

/**
 * Whether the process of a number can have done something at a time. Of what carries no more than the number
 * of its process, this is all that can be asked.
 *
 * @param time in milliseconds, of the time of day.
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

/** In what Linux tells times to programs, on all machines that Node runs on. */
const ticksPerSecond = 100;
/** By how much two ways of telling one moment may differ, in milliseconds. */
const clockSlack = 2000;

/** What is to be seen of the process of a number. */
function seen(pid: number): "gone" | "unknown" | { readonly start: string } {
  try {
    process.kill(pid, 0); // Signal 0 only asks whether the process is there.
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "gone";
  }
  // A /proc of another namespace, as a container may see it, counts otherwise.
  if (statOf("self")?.pid !== process.pid) return "unknown";
  const stat = statOf(pid);
  if (!stat) return "unknown";
  return stat.hasEnded ? "gone" : stat;
}

/** What Linux tells of a process: see proc_pid_stat(5). */
function statOf(
  pid: number | "self",
): { readonly pid: number; readonly start: string; readonly hasEnded: boolean } | null {
  const text = textOf(`/proc/${pid}/stat`);
  // The name of the program stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, ticks] = [fields[0], Number(fields[19])];
  if (text === "" || !Number.isInteger(ticks)) return null;
  return {
    pid: Number.parseInt(text, 10),
    start: ticks.toString(36),
    // Z and X: it has ended, and only its parent has not asked for it yet.
    hasEnded: state === "Z" || state === "X",
  };
}

function placeName(): string {
  const boot = textOf("/proc/sys/kernel/random/boot_id").trim();
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {}
  // Without both, no number can be trusted to be of the same machine but by the machine's name.
  return boot === "" || namespace === "" ? `host ${hostname()}` : `${boot} ${namespace}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
