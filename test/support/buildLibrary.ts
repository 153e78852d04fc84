/** @file Set-up of the slow tests: builds the programs they run, once for all of them. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** Builds the command `seq2see` and the library in `dist`, also for pages, and the experiments
 * in `.build`, unless `scripts/test.sh` has done it. */
export function setup(): void {
  if (process.env["SEQ2SEE_BUILT"] === "1") return;
  for (const script of ["build:library", "build:page"]) {
    execFileSync("npm", ["run", "--silent", script], { cwd: root, stdio: "inherit" });
  }
  execFileSync("npx", ["tsc", "-p", "tsconfig.bench.json"], { cwd: root, stdio: "inherit" });
}
