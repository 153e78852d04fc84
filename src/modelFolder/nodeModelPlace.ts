/** @file Where a named model is: in a folder, or among the models that come with the package. */

import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { packageFolder } from "../files/nodePackage.ts";
import { didYouMean, nearest } from "../options/nearest.ts";
import { UserError } from "../tensor/errors.ts";
import { modelFiles } from "./modelFolder.ts";

/** The folder with the models that come with the package. */
export const packageModels: string = join(packageFolder, "models");

/** The names of the models that come with the package. */
export function packageModelNames(): string[] {
  if (!existsSync(packageModels)) return [];
  return readdirSync(packageModels)
    .filter((name) => existsSync(join(packageModels, name, modelFiles.config)))
    .sort();
}

/**
 * The folder of a model.
 *
 * @param name a folder, or the name of a model that comes with the package, such as `fr-en` or `models/fr-en`. A folder
 * of that name comes first.
 * @param working the folder that a relative name begins at.
 * @returns the name itself if there is neither.
 */
export function modelPlace(name: string, working: string = process.cwd()): string {
  if (existsSync(resolve(working, name))) return name;
  const plain = plainName(name);
  return packageModelNames().includes(plain) ? join(packageModels, plain) : name;
}

/** The error for a model that is neither in a folder nor comes with the package. */
export function noSuchModel(name: string): UserError {
  const names = packageModelNames();
  const question = didYouMean(nearest(plainName(name), names));
  const known =
    names.length === 0 ? "" : `, or one of ${names.join(", ")}, which come with seq2see`;
  return new UserError(
    `${name}: there is no such folder; give the folder of a trained model${known}.${question && ` ${question}`}`,
  );
}

/** What to do about a folder without a model; it may hide a model that comes with the package. */
export function otherPlace(folder: string): string {
  const plain = plainName(folder);
  return packageModelNames().includes(plain)
    ? `give a folder that training wrote, or ${join(packageModels, plain)}, which comes with seq2see`
    : "give a folder that training wrote";
}

/** The name of a model without the folder of all models. */
function plainName(name: string): string {
  return name.replace(/^(\.\/)?models\//, "").replace(/\/+$/, "");
}
