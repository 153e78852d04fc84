/** @file A cluster of Slurm with one node, this machine. */

import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

const script = join(import.meta.dirname, "../../scripts/slurm.sh");

/** A cluster that runs. */
export interface SlurmNode {
  /** What its commands need to find it. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): void;
}

/** Starts a cluster with its files in a folder; null where Slurm is missing. */
export function startSlurm(folder: string): SlurmNode | null {
  if (spawnSync("bash", [script, "install"], { stdio: "ignore" }).status !== 0) return null;
  // Ranks that wait for a dead one get a second instead of 30.
  const env = { ...process.env, KILL_WAIT: "1" };
  execFileSync("bash", [script, "start", folder], { env, stdio: ["ignore", "ignore", "inherit"] });
  return {
    variables: { SLURM_CONF: join(folder, "slurm.conf") },
    stop: () => {
      spawnSync("bash", [script, "stop", folder], { stdio: "ignore" });
    },
  };
}
