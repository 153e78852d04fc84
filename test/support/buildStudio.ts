/** @file Set-up of the browser tests: builds the studio and the command that serves it, once for all of them. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Builds all of `dist`. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: "inherit",
  });
}
