/** @file The built program as a user runs it: `node dist/cli/main.js …` in a separate process. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../dist/cli/main.js");

/** The outcome of a run of the program. */
export interface Ending {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** A run of the program that may still be in progress. */
export interface Started {
  readonly child: ChildProcess;
  /** What it has printed on standard output so far. */
  output(): string;
  readonly ended: Promise<Ending>;
}

/** How to start the program. */
export interface StartOptions {
  /** Milliseconds after which it is killed, because nothing here takes that long. Default: 120,000. */
  readonly limit?: number;
  /** Whether it is process 1 of its own namespace, as in a container; see {@link canBeFirst}. */
  readonly isFirst?: boolean;
}

/** Makes a program process 1 of its own namespace, like the main program of a container. */
const asFirst = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];

/** Whether this machine allows a program to be process 1 of its own namespace. */
export function canBeFirst(): boolean {
  const [program = "", ...options] = asFirst;
  return spawnSync(program, [...options, "true"]).status === 0;
}

/** Starts the program. */
export function start(
  options: readonly string[],
  { limit = 120_000, isFirst = false }: StartOptions = {},
): Started {
  const words = [...(isFirst ? asFirst : []), process.execPath, main, ...options];
  const child = spawn(words[0] as string, words.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), limit);
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, output: textOf(output), errors: textOf(errors) });
    });
  });
  return { child, output: () => textOf(output), ended };
}

/** Runs the program to its end. */
export function run(options: readonly string[], how?: StartOptions): Promise<Ending> {
  return start(options, how).ended;
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}

/** Whether an error was reported as users should see it: one line from the program, no stack. */
export function isOneSentence(errors: string): boolean {
  const told = errors.split("\n").filter((line) => line.startsWith("seq2see: "));
  return told.length === 1 && !/^\s+at /m.test(errors);
}

/** Returns the last line that the program printed, for a report. */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
