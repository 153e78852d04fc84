/** @file Set-up of the browser tests: builds the studio and the command that serves it, once for all of them. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Builds all of `dist`, unless `scripts/test.sh` has done it. */
export function setup(): void {
  if (process.env["SEQ2SEE_BUILT"] === "1") return;
  execFileSync("npm", ["run", "--silent", "build"], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: "inherit",
  });
}
