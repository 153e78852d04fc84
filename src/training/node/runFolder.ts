/** @file The folder of a run: where its files are, whether it may begin there, how it goes on there. */

import { existsSync, statSync } from "node:fs";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { removeLeftovers } from "../../files/nodeTemporary.ts";
import { modelFiles } from "../../modelFolder/modelFolder.ts";
import { OptionError } from "../../options/optionError.ts";
import type { TrainOptions } from "../plan/options.ts";
import type { Plan } from "../plan/plan.ts";
import { runFiles, writtenFiles } from "../storage/runStorage.ts";
import { resumedPlan } from "../storage/storedOptions.ts";
import { folderStorage } from "./folderStorage.ts";

/** The path of a file that only training needs. */
export function runPath(out: string, file: keyof typeof runFiles): string {
  return join(out, runFiles[file]);
}

/**
 * Makes sure that a folder can be made.
 *
 * @throws UserError if the path, or a part of it, is a file.
 */
export function checkFolder(out: string): void {
  const [nearest] = [resolve(out), ...foldersAbove(out)].filter((path) => existsSync(path));
  if (nearest === undefined || statSync(nearest).isDirectory()) return;
  throw wrongFolder(
    out,
    nearest === resolve(out) ? "this is a file" : `${nearest} is a file, not a folder`,
    "choose another folder",
  );
}

/** An error in the choice of a folder to write to. */
export function wrongFolder(out: string, problem: string, remedy: string): OptionError {
  return new OptionError({ key: "out", value: out, problem, remedy });
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
export function checkNewRun(out: string): void {
  checkFolder(out);
  const taken = [join(out, modelFiles.config), join(out, modelFiles.weights)];
  if ([...taken, runPath(out, "checkpoint")].some((path) => existsSync(path))) {
    const remedy = "choose another, or go on with {resume=true}";
    throw wrongFolder(out, "the folder holds a model already", remedy);
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
    const remedy = "choose another, or see to its permissions and the space left";
    throw wrongFolder(out, `the folder cannot be made (${reason})`, remedy);
  }
}

/**
 * The plan of the rest of the run in a folder; only limits may change.
 *
 * @throws UserError if there is no run, its options are damaged, or another option than a limit is given.
 */
export async function planOfFolder({
  out,
  resume: _,
  epochs,
  minutes,
  steps,
  model,
  ...others
}: TrainOptions): Promise<Plan> {
  const other = Object.entries({ ...others, ...model }).find(([, value]) => value !== undefined);
  if (other) {
    throw new OptionError({
      key: other[0],
      value: other[1],
      problem: "a resumed run keeps the options it was started with",
      remedy: "change only {epochs}, {minutes} or {steps}",
    });
  }
  const storage = folderStorage(out);
  if (!storage.has(runFiles.options)) {
    throw wrongFolder(out, "there is no run to go on with", "start it without {resume}");
  }
  const plan = await resumedPlan(storage, { epochs, minutes, steps });
  return { ...plan, options: { ...plan.options, out } };
}

/** What a new run adds to its folder before its first step, so that it can be taken away again. */
export class Beginnings {
  private readonly files: readonly string[];

  /** Remembers which of the paths of a run are not there yet; what is there is never removed. */
  constructor(out: string) {
    const isMissing = (path: string): boolean => !existsSync(path);
    const kept: readonly string[] = [runFiles.lock, ...Object.values(modelFiles)];
    this.files = writtenFiles
      .filter((file) => !kept.includes(file))
      .map((file) => join(out, file))
      .filter(isMissing);
  }

  /** Removes what has been added. */
  async remove(): Promise<void> {
    for (const path of this.files) await rm(path, { force: true });
  }
}

/**
 * Removes what killed runs left half written in a folder, which is this run's alone: files under another
 * name, on their way to their own.
 */
export async function removeHalves(out: string): Promise<void> {
  const paths = writtenFiles.map((file) => join(out, file));
  for (const path of paths) {
    await removeLeftovers(path, true);
    // Earlier versions wrote corpora so.
    await rm(`${path}.partial`, { force: true });
  }
}

/** The folders of a run that are not there yet, the innermost first. */
export function missingFolders(out: string): string[] {
  const folders = [join(out, "training"), resolve(out), ...foldersAbove(out)];
  return folders.filter((path) => !existsSync(path));
}

/** Removes those of some folders, the innermost first, that are empty. */
export async function removeEmptyFolders(folders: readonly string[]): Promise<void> {
  for (const path of folders) await rmdir(path).catch(() => undefined);
}
