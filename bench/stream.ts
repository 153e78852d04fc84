/**
 * @file `npm run bench:stream -- MODEL [COUNT …]`: translates generated short lines from a file (default: 100 and
 * 1,000,000 lines). It reports when the first translation was printed, the throughput, and the peak memory of
 * the process. Memory should not grow with the number of lines.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Random } from "../src/tensor/random.ts";

const [model, ...asked] = process.argv.slice(2);
if (!model) {
  console.error("npm run bench:stream -- MODEL [COUNT …]");
  process.exit(1);
}
const program = join(import.meta.dirname, "../src/cli/main.js");
const words =
  "un homme une femme deux enfants jouent dort regarde la rue le chien dans parc rouge".split(" ");

/** Short sentences, the same in every run. */
function* lines(count: number): Generator<string> {
  const random = new Random(1);
  for (let line = 0; line < count; line++) {
    const length = 3 + (random.nextUint32() % 6);
    const chosen = Array.from({ length }, () => words[random.nextUint32() % words.length]);
    yield `${chosen.join(" ")}\n`;
  }
}

/** The peak memory of a process, in bytes; null if the system does not report it. */
async function peakMemory(processId: number): Promise<number | null> {
  const status = await readFile(`/proc/${processId}/status`, "utf8").catch(() => "");
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(status) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

async function measure(folder: string, path: string, count: number): Promise<void> {
  await pipeline(lines(count), createWriteStream(path));
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [program, "translate", "--model", folder, "--input", path, "--beam", "1", "--threads", "2"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let first = 0;
  let printed = 0;
  let peak: number | null = null;
  for await (const chunk of child.stdout) {
    if (printed === 0) first = performance.now() - start;
    for (const byte of chunk as Buffer) if (byte === 10) printed++;
    // The last reading is at or near the end.
    peak = (await peakMemory(child.pid as number)) ?? peak;
  }
  if (child.exitCode === null) await once(child, "exit");
  const seconds = (performance.now() - start) / 1000;
  if (printed !== count) throw new Error(`${printed} of ${count} lines were printed.`);
  console.log(
    `${count} lines: first after ${(first / 1000).toFixed(2)} s, all in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second, ${peak === null ? "memory unknown" : `at most ${(peak / 1e6).toFixed(0)} MB`}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), "seq2see-stream-"));
try {
  for (const count of asked.length > 0 ? asked.map(Number) : [100, 1_000_000]) {
    await measure(model, join(folder, "lines.txt"), count);
  }
} finally {
  rmSync(folder, { recursive: true });
}
