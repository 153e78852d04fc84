/** @file Runs the documented commands as a reader would, with small files and short trainings. */

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ShellBlock } from "./commands.ts";
import { whyLeftOut } from "./leftOut.ts";
import { writeMaterial } from "./material.ts";

/** What became of a command. */
export interface CommandResult {
  readonly block: ShellBlock;
  readonly command: string;
  /** What was run in its place. */
  readonly run: string;
  readonly status: number;
  readonly seconds: number;
  readonly output: string;
}

/** The steps of a training, and of one that is resumed. */
const [steps, resumedSteps] = [4, 6];
const secondsForCommand = 120;

/** A command with what makes it short: few steps, one seed, a free port, no browser; no page of the repository is written anew. */
export function shortened(command: string): string {
  return command
    .replace(/ --seeds \d+/, " --seeds 1")
    .replace(/^npm run experiments -- analogies$/, "$& --out .tmp/documentation")
    .replace(
      /\bseq2see train\b(?=.*--resume)[^|;&]*/,
      (train) => `${train.trim()} --steps ${resumedSteps}`,
    )
    .replace(
      /\bseq2see (?:train|sweep)\b(?!.*--resume)[^|;&]*/,
      (train) => `${train.trim()} --steps ${steps} --evaluate-every 2`,
    )
    .replace(
      /\bseq2see studio\b(?!.*--export)[^|;&]*/,
      (studio) => `${studio.trim()} --no-open --port 0`,
    );
}

const isServer = (command: string): boolean => /\bseq2see studio\b(?!.*--export)/.test(command);

/** Folder and programs of a run. */
interface Place {
  readonly root: string;
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly trained: string | null;
}

/** How the commands are run. */
export interface RunOptions {
  /** The built repository. */
  readonly root: string;
  /** Which of the commands to run, besides those that are left out. */
  readonly isWanted?: (command: string) => boolean;
  onResult?(result: CommandResult): void;
}

/** Runs all commands of some blocks that are not left out, each text once, and returns what became of them. */
export async function runBlocks(
  blocks: readonly ShellBlock[],
  { root, isWanted = () => true, onResult }: RunOptions,
): Promise<CommandResult[]> {
  const scratch = mkdtempSync(join(tmpdir(), "seq2see-documentation-"));
  const results: CommandResult[] = [];
  const before = new Set<string>();
  try {
    const place = await prepare(root, scratch);
    for (const block of blocks) {
      const commands = block.commands.filter(
        (command) => whyLeftOut(command) === null && isWanted(command),
      );
      if (commands.every((command) => before.has(command))) continue;
      const folder = mkdtempSync(join(scratch, "block-"));
      const hasPictures = commands.some((command) => command.includes("captions.tsv"));
      writeMaterial(folder, { ...place, hasPictures });
      for (const command of commands) {
        before.add(command);
        const result = await runCommand({ block, command }, folder, place);
        results.push(result);
        onResult?.(result);
      }
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return results;
}

/** Makes the programs that commands call, and the model that stands for those of readers. */
async function prepare(root: string, scratch: string): Promise<Place> {
  const programs = join(scratch, "bin");
  const program = join(root, "dist/cli/main.js");
  mkdirSync(programs);
  const write = (name: string, script: string): void => {
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  };
  write("seq2see", `exec ${process.execPath} '${program}' "$@"`);
  write("npx", `[ "$1" = seq2see ] || PATH="$PATH_BEFORE" exec npx "$@"\nshift\nexec seq2see "$@"`);
  const { PATH } = process.env;
  const environment = { ...process.env, PATH: `${programs}:${PATH}`, PATH_BEFORE: PATH };
  const place = { root, scratch, environment };
  writeMaterial(scratch, { root, trained: null, hasPictures: false });
  const train = `seq2see train --data pairs.tsv --dev dev.tsv --out trained --hidden 16 --embedding 8 --tokenizer word:100 --steps ${steps}`;
  const { status, output } = await execute(train, scratch, environment);
  if (status !== 0) throw new Error(`${train}\n${output}`);
  return { ...place, trained: join(scratch, "trained") };
}

async function runCommand(
  { block, command }: Pick<CommandResult, "block" | "command">,
  folder: string,
  { root, environment }: Place,
): Promise<CommandResult> {
  const begin = performance.now();
  let run = shortened(command);
  // A page that trains into a folder twice shows two ways.
  const [, out] = /--(?:out|export) (\S+)/.exec(command) ?? [];
  if (out !== undefined && !command.includes("--resume")) {
    rmSync(join(folder, out), { recursive: true, force: true });
  }
  let finished: Finished;
  if (command.startsWith("curl ")) {
    const studio = await startServer("seq2see studio --no-open --port 0", folder, environment);
    run = run.replace(/http:\/\/[\w.]+:5173/, studio.url ?? "http://127.0.0.1:9");
    run = run.replace(/^curl /, "curl --fail --silent --show-error ");
    finished = await execute(run, folder, environment);
    stop(studio.child);
  } else if (isServer(command)) {
    const { url, child, output } = await startServer(run, folder, environment);
    stop(child);
    finished = { status: url === null ? 1 : 0, output };
  } else {
    // The scripts of npm are those of the repository.
    finished = await execute(run, command.startsWith("npm ") ? root : folder, environment);
  }
  return { block, command, run, ...finished, seconds: (performance.now() - begin) / 1000 };
}

interface Finished {
  readonly status: number;
  readonly output: string;
}

function start(command: string, folder: string, environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn("bash", ["-c", `set -o pipefail; ${command}`], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that all programs of a pipe can be ended.
    detached: true,
  });
}

function stop({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGTERM");
  } catch {
    // It has ended.
  }
}

function execute(
  command: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Finished> {
  const child = start(command, folder, environment);
  const late = setTimeout(() => stop(child), secondsForCommand * 1000);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(late);
      resolve({ status: code ?? 1, output });
    });
  });
}

/** Starts a server, and resolves when it has printed its address or has ended. */
function startServer(
  command: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly url: string | null; readonly child: ChildProcess; readonly output: string }> {
  const child = start(command, folder, environment);
  let output = "";
  return new Promise((resolve) => {
    const end = (url: string | null): void => {
      clearTimeout(late);
      resolve({ url, child, output });
    };
    const late = setTimeout(() => end(null), secondsForCommand * 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const [url] = /http:\/\/[\w.]+:\d+/.exec(output) ?? [];
        if (url !== undefined) end(url);
      });
    }
    child.on("close", () => end(null));
  });
}
