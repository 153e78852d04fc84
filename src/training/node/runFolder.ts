/** @file The folder of a run: where its files are, whether it may begin there, how it goes on there. */

import { existsSync, statSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { checkWorkingFolder, makeFolder } from "../../files/nodeFolder.ts";
import { removeLeftovers } from "../../files/nodeTemporary.ts";
import { modelFiles } from "../../modelFolder/modelFolder.ts";
import { checkTogether, OptionError } from "../../options/optionError.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TrainOptions } from "../plan/options.ts";
import type { Plan } from "../plan/plan.ts";
import { checkOut } from "../plan/plan.ts";
import { runFiles, writtenFiles } from "../storage/runStorage.ts";
import { resumedPlan } from "../storage/storedOptions.ts";
import { folderStorage } from "./folderStorage.ts";

/** The path of a file in `training`. */
export function runPath(out: string, file: keyof typeof runFiles): string {
  return join(out, runFiles[file]);
}

/**
 * Checks that a folder can be created.
 *
 * @throws UserError if the path, or a part of it, is a file, or the working folder is gone.
 */
export function checkFolder(out: string): void {
  if (!isAbsolute(out)) checkWorkingFolder();
  const [nearest] = [resolve(out), ...foldersAbove(out)].filter((path) => existsSync(path));
  if (nearest === undefined || statSync(nearest).isDirectory()) return;
  throw wrongFolder(
    out,
    nearest === resolve(out) ? "this is a file" : `${nearest} is a file, not a folder`,
    "choose another folder",
  );
}

/** An error about the output folder. */
export function wrongFolder(out: string, problem: string, remedy: string): OptionError {
  return new OptionError({ key: "out", value: out, problem, remedy });
}

function foldersAbove(path: string): string[] {
  const above = dirname(resolve(path));
  return above === resolve(path) ? [] : [above, ...foldersAbove(above)];
}

/**
 * Checks that a run may start in its folder.
 *
 * @throws UserError if the folder holds a model or a run, or the path is a file.
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
 * Creates the folder of a run.
 *
 * @throws UserError if it cannot be created.
 */
export async function makeRunFolder(out: string): Promise<void> {
  try {
    await makeFolder(join(out, "training"));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = (error as Error).message;
    const remedy = "choose another, or see to its permissions and the space left";
    throw wrongFolder(out, `the folder cannot be made (${reason})`, remedy);
  }
}

/**
 * Plans to resume the run in a folder; only limits may change.
 *
 * @throws UserError if there is no run, its options are damaged, or an option other than a limit is given.
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
  const fixed = Object.entries({ ...others, ...model }).filter(([, value]) => value !== undefined);
  checkTogether(
    () => checkFixed(fixed),
    () => checkOut({ out }),
  );
  const storage = folderStorage(out);
  if (!storage.has(runFiles.options)) {
    throw wrongFolder(out, "there is no run to go on with", "start it without {resume}");
  }
  const plan = await resumedPlan(storage, { epochs, minutes, steps });
  return { ...plan, options: { ...plan.options, out } };
}

/** Refuses options that a resumed run keeps, in one sentence. */
function checkFixed([first, ...more]: readonly (readonly [key: string, value: unknown])[]): void {
  if (first === undefined) return;
  const [key, value] = first;
  const others = more.map(([other]) => `{${other}}`).join(", ");
  throw new OptionError({
    key,
    value,
    problem: `a resumed run keeps the options it was started with${others && ` (as for ${others})`}`,
    remedy:
      "change only {epochs}, {minutes} or {steps}; to train this model on other pairs, or with other options of training, start a new run with {from} and its folder",
  });
}

/** The files that a new run adds before its first step, to remove them if it cannot start. */
export class Beginnings {
  private readonly files: readonly string[];

  /** Remembers which paths of a run do not exist yet; existing files are never removed. */
  constructor(out: string) {
    const isMissing = (path: string): boolean => !existsSync(path);
    const kept: readonly string[] = [runFiles.lock, ...Object.values(modelFiles)];
    this.files = writtenFiles
      .filter((file) => !kept.includes(file))
      .map((file) => join(out, file))
      .filter(isMissing);
  }

  /** Removes the added files. */
  async remove(): Promise<void> {
    for (const path of this.files) await rm(path, { force: true });
  }
}

/**
 * Removes the partial files of killed runs from a folder that belongs to this run. Partial files have temporary
 * names.
 */
export async function removeHalves(out: string): Promise<void> {
  const paths = writtenFiles.map((file) => join(out, file));
  for (const path of paths) {
    await removeLeftovers(path, true);
    // The name of partial corpora in earlier versions.
    await rm(`${path}.partial`, { force: true });
  }
}

/** The folders of a run that do not exist yet, innermost first. */
export function missingFolders(out: string): string[] {
  const folders = [join(out, "training"), resolve(out), ...foldersAbove(out)];
  return folders.filter((path) => !existsSync(path));
}

/** Removes the empty ones among folders, innermost first. */
export async function removeEmptyFolders(folders: readonly string[]): Promise<void> {
  for (const path of folders) await rmdir(path).catch(() => undefined);
}
