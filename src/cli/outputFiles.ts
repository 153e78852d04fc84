/** @file Checks before files are written: none is read from as well, or belongs to a model. */

import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../tensor/errors.ts";

/** A file that a flag names. */
export interface NamedFile {
  readonly flag: string;
  readonly path: string | undefined;
}

/**
 * Checks that each file to write has a place of its own.
 *
 * @param outputs what is written; a pipe or a device may be anything.
 * @param inputs  what is read.
 * @param models  folders of models, none of whose files is replaced.
 * @throws UserError naming the two flags, or the model.
 */
export function checkOutputs(
  outputs: readonly NamedFile[],
  inputs: readonly NamedFile[],
  models: readonly string[],
): void {
  const read = placesOf(inputs);
  const folders = models.map(placeOf);
  const written = new Map<string, string>();
  for (const { flag, path } of outputs) {
    if (path === undefined || isStream(path)) continue;
    const place = placeOf(path);
    const other = read.get(place) ?? written.get(place);
    if (other !== undefined) {
      throw new UserError(`${flag} ${path}: this is the file of ${other}, too; give another one.`);
    }
    if (existsSync(place) && folders.includes(dirname(place))) {
      throw new UserError(`${flag} ${path}: this is a file of the model; give another one.`);
    }
    written.set(place, flag);
  }
}

function placesOf(files: readonly NamedFile[]): Map<string, string> {
  const places = files.flatMap(({ flag, path }): [string, string][] =>
    path === undefined ? [] : [[placeOf(path), flag]],
  );
  return new Map(places);
}

/** Whether what is written replaces nothing. */
function isStream(path: string): boolean {
  try {
    return !statSync(path).isFile();
  } catch {
    // What cannot be written there is said when it is tried.
    return false;
  }
}

/** The place that a path leads to, links followed; its last part need not be there. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const whole = resolve(path);
    const above = dirname(whole);
    return above === whole ? whole : join(placeOf(above), basename(whole));
  }
}
