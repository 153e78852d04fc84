/** @file Set-up of the slow tests: builds the programs they run, once for all of them. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** Builds the command `seq2see` and the library in `dist`, and the experiments in `.build`. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build:library"], { cwd: root, stdio: "inherit" });
  execFileSync("npx", ["tsc", "-p", "tsconfig.bench.json"], { cwd: root, stdio: "inherit" });
}
