/** @file The installed package: its folder and its version. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's folder, two levels above this file in both `src` and `dist`. */
export const packageFolder: string = fileURLToPath(new URL("../..", import.meta.url));

/** The version of the package, as `package.json` has it. */
export function packageVersion(): string {
  const text = readFileSync(join(packageFolder, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
