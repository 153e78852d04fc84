import { constants, existsSync } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { modelFiles } from "../modelFolder/modelFolder.ts";
import { UserError } from "../tensor/errors.ts";
import { checkFolder } from "../training/node/runFolder.ts";

/**
 * Checks that a model can be written to the folder that `--out` names.
 *
 * @throws UserError if something is there already, or nothing may be written.
 */
export async function checkNewFolder(out: string): Promise<void> {
  if (out === "") throw new UserError("--out: give the folder of the model.");
  checkFolder(out);
  const names = existsSync(out) ? await readdir(out) : [];
  if (names.some((name) => (Object.values(modelFiles) as string[]).includes(name))) {
    throw new UserError(`--out ${out}: the folder holds a model already; choose another.`);
  }
  if (names[0] !== undefined) {
    throw new UserError(
      `--out ${out}: the folder holds ${names[0]}; choose one that is new or empty.`,
    );
  }
  let above = dirname(resolve(out));
  while (!existsSync(above)) above = dirname(above);
  await access(above, constants.W_OK).catch(() => {
    throw new UserError(
      `--out ${out}: nothing may be written in ${above}; choose another folder, or see to its permissions.`,
    );
  });
}
