import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readdir, rm, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { PairSource } from "../../src/data/pairs.ts";
import { describeSource } from "../../src/data/pairs.ts";
import { presenceAt } from "../../src/files/nodeProcess.ts";
import { UserError } from "../../src/tensor/errors.ts";
import { runPath } from "../../src/training/node/runFolder.ts";
import type { TrainOptions } from "../../src/training/plan/options.ts";
import type { TrainResult } from "../../src/training/run/events.ts";
import type { TrainMessage, TrainOrder } from "./messages.ts";
import { checksum, jsonText, textIfThere, writeJson, writeText } from "./workFiles.ts";

/** The options of a side: all except those that every side of an experiment shares. */
export type SideOptions = Omit<
  TrainOptions,
  "data" | "dev" | "out" | "watch" | "from" | "minutes" | "steps" | "epochs" | "seed" | "threads"
>;

/** A training. */
export interface TrainRequest {
  /** The folder of the model and its records. */
  readonly folder: string;
  readonly data: PairSource & { readonly kind: "table" };
  readonly dev: PairSource & { readonly kind: "table" };
  readonly options: SideOptions;
  /** Minutes of processor time, divided by the threads. */
  readonly minutes: number;
  readonly seed: number;
  readonly threads: number;
}

/** The outcome of a training; its seconds are processor time, divided by the threads. */
export type Trained = Pick<TrainResult, "steps" | "seconds" | "bestStep">;

/** The environment of a training. */
export interface TrainSurroundings {
  readonly signal: AbortSignal;
  log(line: string): void;
}

/** How long an earlier process whose parent was killed may take to write its checkpoint. */
const patienceMs = 60_000;

/** The folder of the model within a training's folder. */
export const modelFolder = (folder: string): string => join(folder, "model");

/**
 * Trains a model in a separate process, unless that was done already with the same settings and data. It resumes
 * an interrupted training, and starts again if a setting has changed.
 *
 * @throws UserError if the signal stopped it, an option is wrong, the folder holds something else, or another
 *   process trains there.
 */
export async function trainSide(
  request: TrainRequest,
  surroundings: TrainSurroundings,
): Promise<Trained> {
  const { folder, data, dev, options, minutes, seed, threads } = request;
  const { log, signal } = surroundings;
  const settings = jsonText({
    version: 2,
    options,
    minutes,
    seed,
    threads,
    data: await checksum(data.path),
    dev: await checksum(dev.path),
  });
  await waitForEarlier(folder, log);
  await prepareFolder(folder, settings, log);
  const done = await textIfThere(join(folder, "trained.json"));
  if (done !== null) {
    log("trained before");
    return JSON.parse(done) as Trained;
  }
  const out = modelFolder(folder);
  const isBegun = existsSync(runPath(out, "checkpoint"));
  // Leftovers of a process that ended before its first checkpoint.
  if (!isBegun) await rm(out, { recursive: true, force: true });
  log(isBegun ? "resuming an interrupted training" : `training on ${describeSource(data)}`);
  const order: TrainOrder = isBegun
    ? { kind: "resume", out, threads }
    : { kind: "begin", threads, options: { ...options, data, dev, out, minutes, seed, threads } };
  const result = await runChild(folder, order, surroundings);
  if (signal.aborted || result.reason === "interrupted") {
    throw new UserError(
      `The training in ${folder} was stopped at step ${result.steps}; run the same command again to resume.`,
    );
  }
  const { steps, seconds, bestStep } = result;
  const trained: Trained = { steps, seconds, bestStep };
  await writeJson(join(folder, "trained.json"), trained);
  return trained;
}

/** Stores the settings in the folder and removes what other settings produced. */
async function prepareFolder(
  folder: string,
  settings: string,
  log: (line: string) => void,
): Promise<void> {
  const path = join(folder, "settings.json");
  const known = await textIfThere(path);
  if (known === settings) return;
  if (known !== null) {
    log("a setting has changed: training again");
    await rm(folder, { recursive: true });
  } else if (await holdsOther(folder)) {
    throw new UserError(
      `${folder} does not hold a training of an experiment; empty it, or choose another --work.`,
    );
  }
  await writeText(path, settings);
}

/** Whether the folder holds more than a process leaves that was killed while it wrote its settings. */
async function holdsOther(folder: string): Promise<boolean> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  return names.some((name) => !name.startsWith("settings.json.tmp-"));
}

/** Waits for a process whose parent was killed, and which is about to write a checkpoint. */
async function waitForEarlier(folder: string, log: (line: string) => void): Promise<void> {
  const path = join(folder, "process");
  const end = Date.now() + patienceMs;
  for (let isTold = false; ; ) {
    const number = Number(await textIfThere(path));
    // Another process may have got the same id since.
    const written = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
    if (!(number > 0) || presenceAt(number, written) === "gone") return;
    if (!isTold) log(`process ${number} is still finishing a training here; waiting`);
    isTold = true;
    if (Date.now() > end) {
      throw new UserError(
        `${folder}: process ${number} trains here; wait until it ends, or remove ${path} if that process does something else.`,
      );
    }
    await wait(250);
  }
}

/** Runs the process and returns its final message. */
async function runChild(
  folder: string,
  order: TrainOrder,
  { log, signal }: TrainSurroundings,
): Promise<TrainResult> {
  const path = join(folder, "order.json");
  await writeJson(path, order);
  const output = await open(join(folder, "output.log"), "a");
  const program = join(import.meta.dirname, `trainChild${extname(import.meta.filename)}`);
  const child = fork(program, [path], { stdio: ["ignore", output.fd, output.fd, "ipc"] });
  const stop = (): void => {
    if (child.connected) child.disconnect();
  };
  const processFile = join(folder, "process");
  let last: TrainMessage | null = null;
  try {
    await writeText(processFile, `${child.pid}\n`);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    await new Promise<void>((resolve, reject) => {
      child.on("message", (message: TrainMessage) => {
        if (message.kind === "log") log(message.line);
        else last = message;
      });
      child.on("error", reject);
      child.on("exit", () => resolve());
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await rm(processFile, { force: true });
    await output.close();
  }
  return resultOf(folder, last, signal);
}

function resultOf(folder: string, last: TrainMessage | null, signal: AbortSignal): TrainResult {
  if (last?.kind === "end") return last.result;
  if (last?.kind === "error") {
    throw last.isUserError ? new UserError(last.message) : new Error(last.message);
  }
  throw new UserError(
    signal.aborted
      ? `The training in ${folder} was stopped; run the same command again to resume.`
      : `The process that trains in ${folder} ended without a result; see output.log there, and run the same command again to resume.`,
  );
}
