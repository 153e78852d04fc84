/** @file Whether a launcher such as `mpirun` has started this process as one of several, by its environment. */

import { availableParallelism, cpus } from "node:os";

/** What a launcher says of this process. */
export interface Launch {
  readonly launcher: "Open MPI" | "MPICH" | "Slurm";
  readonly rank: number;
  readonly count: number;
  /** The processes on this machine; null if the launcher does not say. */
  readonly local: number | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of a launcher; the first one whose `count` is there counts. */
const launchers = [
  {
    launcher: "Open MPI",
    count: "OMPI_COMM_WORLD_SIZE",
    rank: "OMPI_COMM_WORLD_RANK",
    local: "OMPI_COMM_WORLD_LOCAL_SIZE",
  },
  // Also Intel MPI and MVAPICH, and Slurm's srun with --mpi=pmi2.
  { launcher: "MPICH", count: "PMI_SIZE", rank: "PMI_RANK", local: "MPI_LOCALNRANKS" },
  // Only srun sets the first one; in the script of a job there is one process, however many tasks it has.
  {
    launcher: "Slurm",
    count: "SLURM_STEP_NUM_TASKS",
    rank: "SLURM_PROCID",
    local: "SLURM_STEP_TASKS_PER_NODE",
  },
] as const;

/** The launch of this process; null if it runs alone. */
export function launchOf(environment: Environment = process.env): Launch | null {
  for (const { launcher, count, rank, local } of launchers) {
    const size = Number(environment[count]);
    if (!(size >= 1)) continue;
    const here = Number.parseInt(environment[local] ?? "", 10);
    const own = { launcher, rank: Number(environment[rank]), count: size };
    return size === 1 ? null : { ...own, local: here >= 1 ? here : null };
  }
  return null;
}

/**
 * The threads of one rank: its share of the processors of this machine, or those that the launcher has bound it to, if
 * they are fewer.
 */
export function threadsOf(
  { local }: Launch,
  { all, own }: { readonly all: number; readonly own: number } = {
    all: cpus().length,
    own: availableParallelism(),
  },
): number {
  return Math.max(1, Math.min(own, Math.floor(all / (local ?? 1))));
}
