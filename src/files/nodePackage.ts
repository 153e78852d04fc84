/** @file The installed package: its folder and its version. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's folder: the nearest above this file with a `package.json`, wherever the file was compiled to. */
export const packageFolder: string = packageAbove(dirname(fileURLToPath(import.meta.url)));

function packageAbove(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error("The files of seq2see lie outside its package.");
  return packageAbove(above);
}

/** The version of the package, as `package.json` has it. */
export function packageVersion(): string {
  const text = readFileSync(join(packageFolder, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
