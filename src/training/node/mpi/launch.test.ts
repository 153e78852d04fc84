import { expect, test } from "vitest";
import { launchOf, threadsOf } from "./launch.ts";

test("Open MPI, MPICH and Slurm say that a process is one of several", () => {
  const open = { OMPI_COMM_WORLD_SIZE: "4", OMPI_COMM_WORLD_RANK: "2" };
  expect(launchOf({ ...open, OMPI_COMM_WORLD_LOCAL_SIZE: "2" })).toEqual({
    launcher: "Open MPI",
    rank: 2,
    count: 4,
    local: 2,
    processors: null,
  });
  expect(launchOf({ PMI_SIZE: "8", PMI_RANK: "7" })).toEqual({
    launcher: "MPICH",
    rank: 7,
    count: 8,
    local: null,
    processors: null,
  });
  expect(launchOf(ofSlurm)).toEqual({
    launcher: "Slurm",
    rank: 1,
    count: 2,
    local: 1,
    processors: 4,
  });
});

const ofSlurm = {
  SLURM_STEP_NUM_TASKS: "2",
  SLURM_PROCID: "1",
  SLURM_STEP_TASKS_PER_NODE: "1(x2)",
  SLURM_NODEID: "1",
  SLURM_CPUS_ON_NODE: "4",
};

test("a task of Slurm knows how many are on its own machine", () => {
  const locals = ["0", "1", "2", "3"].map(
    (node) =>
      launchOf({ ...ofSlurm, SLURM_STEP_TASKS_PER_NODE: "8(x2),4", SLURM_NODEID: node })?.local,
  );
  expect(locals).toEqual([8, 8, 4, null]);
});

test("the launcher is told from what it has started others with", () => {
  // srun --mpi=pmi2
  expect(launchOf({ ...ofSlurm, PMI_SIZE: "2", PMI_RANK: "1" })).toMatchObject({
    launcher: "Slurm",
    local: 1,
  });
  // Both launchers start one helper on each machine by srun.
  const helper = { ...ofSlurm, SLURM_PROCID: "0" };
  const hydra = { PMI_SIZE: "8", PMI_RANK: "5", MPI_LOCALNRANKS: "4" };
  expect(launchOf({ ...helper, ...hydra })).toMatchObject({ launcher: "MPICH", rank: 5, local: 4 });
  const open = { OMPI_COMM_WORLD_SIZE: "8", OMPI_COMM_WORLD_RANK: "5" };
  expect(launchOf({ ...helper, ...open })).toMatchObject({ launcher: "Open MPI", rank: 5 });
});

test("a process alone is not launched, also in the script of a job with several tasks", () => {
  expect(launchOf({})).toBe(null);
  expect(launchOf({ OMPI_COMM_WORLD_SIZE: "1", OMPI_COMM_WORLD_RANK: "0" })).toBe(null);
  expect(launchOf({ SLURM_NTASKS: "4", SLURM_PROCID: "0" })).toBe(null);
});

test("ranks share the processors of a machine, within what each is bound to", () => {
  const launch = { local: 4, processors: null };
  expect(threadsOf(launch, { all: 16, own: 16 })).toBe(4);
  expect(threadsOf(launch, { all: 16, own: 1 })).toBe(1);
  expect(threadsOf(launch, { all: 2, own: 2 })).toBe(1);
  expect(threadsOf({ ...launch, local: null }, { all: 8, own: 8 })).toBe(8);
  // A job has four of sixteen.
  expect(threadsOf({ local: 2, processors: 4 }, { all: 16, own: 16 })).toBe(2);
});
