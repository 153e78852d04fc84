import { constants, existsSync, statSync } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { checkWorkingFolder } from "../files/nodeFolder.ts";
import { modelFiles } from "../modelFolder/modelFolder.ts";
import { UserError } from "../tensor/errors.ts";

/**
 * Checks that a folder can be written whole: it is new or empty, and something may be written above it.
 *
 * @param flag the flag that names it, in errors.
 * @throws UserError if not.
 */
export async function checkNewFolder(path: string, flag = "--out"): Promise<void> {
  if (path === "") throw new UserError(`${flag}: give the name of a folder.`);
  const refuse = (problem: string): never => {
    throw new UserError(`${flag} ${path}: ${problem}.`);
  };
  if (!isAbsolute(path)) checkWorkingFolder();
  const whole = resolve(path);
  let nearest = whole;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  const isThere = nearest === whole;
  if (!statSync(nearest).isDirectory()) {
    const what = isThere ? "this is a file" : `${nearest} is a file, not a folder`;
    refuse(`${what}; choose another folder`);
  }
  const names = isThere ? await readdir(whole) : [];
  if (names.some((name) => (Object.values(modelFiles) as string[]).includes(name))) {
    refuse("the folder holds a model already; choose another");
  }
  if (names[0] !== undefined)
    refuse(`the folder holds ${names[0]}; choose one that is new or empty`);
  const above = isThere ? dirname(whole) : nearest;
  await access(above, constants.W_OK).catch(() =>
    refuse(`nothing may be written in ${above}; choose another folder, or see to its permissions`),
  );
}
