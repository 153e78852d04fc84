import { expect, test } from "vitest";
import { launchOf, threadsOf } from "./launch.ts";

test("Open MPI, MPICH and Slurm say that a process is one of several", () => {
  const open = { OMPI_COMM_WORLD_SIZE: "4", OMPI_COMM_WORLD_RANK: "2" };
  expect(launchOf({ ...open, OMPI_COMM_WORLD_LOCAL_SIZE: "2" })).toEqual({
    launcher: "Open MPI",
    rank: 2,
    count: 4,
    local: 2,
  });
  expect(launchOf({ PMI_SIZE: "8", PMI_RANK: "7" })).toEqual({
    launcher: "MPICH",
    rank: 7,
    count: 8,
    local: null,
  });
  const slurm = { SLURM_STEP_NUM_TASKS: "2", SLURM_PROCID: "1" };
  expect(launchOf({ ...slurm, SLURM_STEP_TASKS_PER_NODE: "1(x2)" })).toMatchObject({
    launcher: "Slurm",
    rank: 1,
    local: 1,
  });
});

test("a process alone is not launched, also in the script of a job with several tasks", () => {
  expect(launchOf({})).toBe(null);
  expect(launchOf({ OMPI_COMM_WORLD_SIZE: "1", OMPI_COMM_WORLD_RANK: "0" })).toBe(null);
  expect(launchOf({ SLURM_NTASKS: "4", SLURM_PROCID: "0" })).toBe(null);
});

test("ranks share the processors of a machine, within what each is bound to", () => {
  const launch = { launcher: "MPICH", rank: 0, count: 8, local: 4 } as const;
  expect(threadsOf(launch, { all: 16, own: 16 })).toBe(4);
  expect(threadsOf(launch, { all: 16, own: 1 })).toBe(1);
  expect(threadsOf(launch, { all: 2, own: 2 })).toBe(1);
  expect(threadsOf({ ...launch, local: null }, { all: 8, own: 8 })).toBe(8);
});
