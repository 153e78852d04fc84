import { randomInt } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { codeOf } from "./nodeFaults.ts";

export const temporaryName = (path: string): string =>
  `${path}.tmp-${process.pid}-${randomInt(2 ** 47)}`;

export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.tmp-`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const [, processId] = /^(\d+)-\d+$/.exec(name.slice(prefix.length)) ?? [];
    if (processId !== undefined && !isRunning(Number(processId))) {
      await rm(join(folder, name), { force: true, recursive: true });
    }
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0); // Signal 0 only asks whether the process is there.
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}
