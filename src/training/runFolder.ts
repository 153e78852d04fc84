/** @file The folder of a run: where its files are, whether it may begin there, how it goes on there. */

import { existsSync, statSync } from "node:fs";
import { mkdir, readFile, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseJson } from "../checkpoint/json.ts";
import { modelFiles, tokenizerFiles } from "../checkpoint/modelFolder.ts";
import { UserError } from "../tensor/errors.ts";
import type { FullTrainOptions, TrainOptions } from "./options.ts";
import { fullOptions } from "./options.ts";

const runFiles = {
  options: "options.json",
  metrics: "metrics.jsonl",
  watched: "watched.jsonl",
  checkpoint: "checkpoint.safetensors",
  train: "train.ids",
  dev: "dev.ids",
  trainFeatures: "train.features",
  devFeatures: "dev.features",
  links: "train.links",
  checkpoints: "checkpoints",
} as const;

/** The path of a file that only training needs. */
export function runPath(out: string, file: keyof typeof runFiles): string {
  return join(out, "training", runFiles[file]);
}

/**
 * Makes sure that a folder can be made.
 *
 * @throws UserError if the path, or a part of it, is a file.
 */
export function checkFolder(out: string): void {
  const [nearest] = [resolve(out), ...foldersAbove(out)].filter((path) => existsSync(path));
  if (nearest === undefined || statSync(nearest).isDirectory()) return;
  throw new UserError(
    nearest === resolve(out)
      ? `--out ${out}: this is a file; give the name of a folder.`
      : `--out ${out}: ${nearest} is a file, not a folder; choose another folder.`,
  );
}

function foldersAbove(path: string): string[] {
  const above = dirname(resolve(path));
  return above === resolve(path) ? [] : [above, ...foldersAbove(above)];
}

/**
 * Makes sure that a run may begin in its folder.
 *
 * @throws UserError if a model or a run is there, or a file of that name.
 */
export function checkNewRun({ out }: FullTrainOptions): void {
  if (out === "") throw new UserError("--out: give the folder of the model.");
  checkFolder(out);
  const taken = [join(out, modelFiles.config), join(out, modelFiles.weights)];
  if ([...taken, runPath(out, "checkpoint")].some((path) => existsSync(path))) {
    throw new UserError(
      `--out ${out}: the folder holds a model already; choose another, or go on with --resume.`,
    );
  }
}

/**
 * Makes the folder of a run.
 *
 * @throws UserError if it cannot be made.
 */
export async function makeRunFolder(out: string): Promise<void> {
  try {
    await mkdir(join(out, "training"), { recursive: true });
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError(
      `--out ${out}: the folder cannot be made (${reason}); choose another, or see to its permissions and the space left.`,
    );
  }
}

/**
 * The options a run was started with; only limits may change.
 *
 * @throws UserError if there is no run, its options are damaged, or a limit is out of range.
 */
export async function resumedOptions(
  changes: { readonly out: string } & Partial<TrainOptions>,
): Promise<FullTrainOptions> {
  const { out, epochs, minutes, steps } = changes;
  const path = runPath(out, "options");
  if (!existsSync(path)) {
    throw new UserError(`--out ${out}: there is no run to go on with; start it without --resume.`);
  }
  const parsed = parseJson(await readFile(path), path);
  let before: FullTrainOptions;
  try {
    before = fullOptions(parsed as TrainOptions);
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, "");
    throw new UserError(`${path}: ${reason}; restore the file or train the model again.`);
  }
  const limits = { epochs, minutes, steps };
  const isChanged = Object.values(limits).some((limit) => limit !== undefined);
  return fullOptions({ ...before, ...(isChanged && limits), out });
}

/** What a new run adds to the disk before its first step, so that it can be taken away again. */
export class Beginnings {
  private readonly files: readonly string[];
  /** The innermost first. */
  private readonly folders: readonly string[];

  /** Remembers which of the paths of a run are not there yet; what is there is never removed. */
  constructor(out: string) {
    const isMissing = (path: string): boolean => !existsSync(path);
    // Checkpoints are kept only once there is a model.
    const names = (Object.keys(runFiles) as (keyof typeof runFiles)[]).filter(
      (name) => name !== "checkpoints",
    );
    this.files = [
      ...names.map((name) => runPath(out, name)),
      ...Object.values(tokenizerFiles).map((name) => join(out, name)),
    ].filter(isMissing);
    const folders = [join(out, "training"), resolve(out), ...foldersAbove(out)];
    this.folders = folders.filter(isMissing);
  }

  /** Removes what has been added. */
  async remove(): Promise<void> {
    for (const path of this.files) await rm(path, { force: true });
    // A folder with something else in it stays, and one that was not made need not be removed.
    for (const path of this.folders) await rmdir(path).catch(() => undefined);
  }
}
