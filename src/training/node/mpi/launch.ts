/** @file Whether a launcher such as `mpirun` has started this process as one of several, by its environment. */

import { availableParallelism, cpus } from "node:os";

/** What a launcher says of this process. */
export interface Launch {
  readonly launcher: "Open MPI" | "MPICH" | "Slurm";
  readonly rank: number;
  readonly count: number;
  /** The processes on this machine; null if the launcher does not say. */
  readonly local: number | null;
  /** The processors of this machine that are theirs; null if the launcher does not say. */
  readonly processors: number | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Variables {
  readonly launcher: Launch["launcher"];
  readonly count: string;
  readonly rank: string;
  readonly local: string;
}

const openMpi: Variables = {
  launcher: "Open MPI",
  count: "OMPI_COMM_WORLD_SIZE",
  rank: "OMPI_COMM_WORLD_RANK",
  local: "OMPI_COMM_WORLD_LOCAL_SIZE",
};

/** Also Intel MPI and MVAPICH. */
const mpich: Variables = {
  launcher: "MPICH",
  count: "PMI_SIZE",
  rank: "PMI_RANK",
  local: "MPI_LOCALNRANKS",
};

/** Only srun sets the first one; in the script of a job there is one process, however many tasks it has. */
const slurm: Variables = {
  launcher: "Slurm",
  count: "SLURM_STEP_NUM_TASKS",
  rank: "SLURM_PROCID",
  local: "SLURM_STEP_TASKS_PER_NODE",
};

/**
 * The launcher that started this process, among those whose variables are there. In a job of Slurm, the launchers of
 * MPI start their helpers by srun, and ranks see the variables of both; and srun itself sets those of MPICH
 * with `--mpi=pmi2`, all but the local one.
 */
function variablesOf(environment: Environment): Variables | undefined {
  const order = environment[mpich.local] ? [openMpi, mpich] : [openMpi, slurm, mpich];
  return order.find(({ count }) => Number(environment[count]) >= 1);
}

/** The launch of this process; null if it runs alone. */
export function launchOf(environment: Environment = process.env): Launch | null {
  const variables = variablesOf(environment);
  if (!variables) return null;
  const { launcher, ...names } = variables;
  const count = Number(environment[names.count]);
  if (count === 1) return null;
  const here = environment[names.local] ?? "";
  const isSlurm = launcher === "Slurm";
  return {
    launcher,
    rank: Number(environment[names.rank]),
    count,
    local: countOf(isSlurm ? tasksOn(Number(environment["SLURM_NODEID"] ?? 0), here) : here),
    processors: isSlurm ? countOf(environment["SLURM_CPUS_ON_NODE"]) : null,
  };
}

function countOf(text: string | undefined): number | null {
  const count = Number.parseInt(text ?? "", 10);
  return count >= 1 ? count : null;
}

/** The tasks of a machine, from a list of Slurm such as "8(x2),4": eight on each of two machines, four on the third. */
function tasksOn(node: number, list: string): string | undefined {
  const counts = list.split(",").flatMap((part) => {
    const [, tasks = "", times = "1"] = /^(\d+)(?:\(x(\d+)\))?$/.exec(part.trim()) ?? [];
    return Array.from({ length: Number(times) }, () => tasks);
  });
  return counts[node];
}

/**
 * The threads of one rank: its share of the processors of this machine, or those that the launcher has bound it to, if
 * they are fewer.
 */
export function threadsOf(
  { local, processors }: Pick<Launch, "local" | "processors">,
  { all, own }: { readonly all: number; readonly own: number } = {
    all: cpus().length,
    own: availableParallelism(),
  },
): number {
  return Math.max(1, Math.min(own, Math.floor((processors ?? all) / (local ?? 1))));
}
