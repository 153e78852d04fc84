/** Trainings by several processes that Slurm starts, and the script of a job in docs/cluster.md. Not part of `npm test`. */
import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSlurm } from "./support/slurm.ts";
import { trainedBits } from "./support/trainedBits.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "seq2see-slurm-"));
// munged refuses a socket that not everybody can reach.
chmodSync(folder, 0o711);
const node = startSlurm(join(folder, "slurm"));
const programs = join(folder, "bin");
const environment = {
  ...process.env,
  ...node?.variables,
  PATH: `${programs}${delimiter}${process.env["PATH"]}`,
};

interface Ended {
  readonly code: number;
  readonly text: string;
}

function run(program: string, words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: environment };
    execFile(program, [...words], options, (error, out, said) => {
      resolve({ code: error ? Number(error.code) : 0, text: out + said });
    });
  });
}

/** The end of the command line of a new training in the script of docs/cluster.md. */
const epochs = 30;
const newRun = ["--shards", "32", "--epochs", String(epochs), "--evaluate-every", "epoch"];
const training = (out: string, more = newRun): string[] => [
  ...["train", "--data", "pairs.tsv", "--out", out, ...more],
];
const bitsOf = (out: string): string => trainedBits(join(folder, out));

/** The script of a job, from the documentation. */
function jobScript(): string {
  const page = readFileSync(join(root, "docs/cluster.md"), "utf8");
  const [, script] = /```\n(#!\/bin\/bash\n#SBATCH[^`]+)```/.exec(page) as RegExpExecArray;
  return script as string;
}

/** Sends the documentation's script as a job of two ranks that trains into a folder. */
async function submit(out: string, plugin: string): Promise<string> {
  const script = jobScript().replaceAll("my-model", out);
  expect(script).toContain(training(out).join(" "));
  expect(script).toContain("SLURM_MPI_TYPE=pmix");
  writeFileSync(join(folder, `${out}.sh`), script.replace("TYPE=pmix", `TYPE=${plugin}`));
  const small = ["--nodes=1", "--ntasks-per-node=2", "--cpus-per-task=1"];
  const { code, text } = await run("sbatch", [
    ...["--parsable", ...small, `--output=${out}.txt`, `${out}.sh`],
  ]);
  expect(code, text).toBe(0);
  return text.trim();
}

const saidBy = (out: string): string => {
  const file = join(folder, `${out}.txt`);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

const states = async (job: string): Promise<string> =>
  (await run("scontrol", ["show", "job", job])).text;

/** Waits for what a job does; fails with what it has said if it ends before. */
async function until(job: string, out: string, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    const text = await states(job);
    if (/JobState=(COMPLETED|FAILED|CANCELLED)/.test(text)) {
      throw new Error(`The job ended early: ${text}\n${saidBy(out)}`);
    }
    await sleep(100);
  }
}

async function ended(job: string): Promise<string> {
  for (;;) {
    const text = await states(job);
    const [, state] = /JobState=(\S+)/.exec(text) ?? [];
    if (state === undefined || /COMPLETED|FAILED|CANCELLED|TIMEOUT/.test(state)) return text;
    await sleep(200);
  }
}

/** Epochs that a run has evaluated. */
function evaluations(out: string): number {
  const file = join(folder, out, "training/metrics.jsonl");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
}

/** The process of a rank that trains into a folder. */
function processOf(out: string, rank: number): number {
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
      if (words[0] !== process.execPath || !words.includes(out)) continue;
      const variables = readFileSync(`/proc/${id}/environ`, "utf8").split("\0");
      if (variables.includes(`SLURM_PROCID=${rank}`)) return Number(id);
    } catch {} // It has ended.
  }
  throw new Error(`There is no rank ${rank} of ${out}.`);
}

let expected = "";

beforeAll(async () => {
  if (!node) return;
  const { writeDateSamples } = await import("../src/samples/dateFiles.ts");
  await writeDateSamples(folder, { train: 250, dev: 20, seed: 1 });
  copyFileSync(join(folder, "train.tsv"), join(folder, "pairs.tsv"));
  // The command as users type it, with a small model.
  const small = "--tokenizer char --hidden 16 --embedding 8";
  mkdirSync(programs);
  const call = `exec '${process.execPath}' '${join(root, "dist/cli/main.js")}' "$@"`;
  const isNew = `[[ " $* " != *" --resume "* ]]`;
  const script = `#!/bin/bash\nif ${isNew}; then set -- "$@" ${small}; fi\n${call}\n`;
  writeFileSync(join(programs, "seq2see"), script);
  chmodSync(join(programs, "seq2see"), 0o755);
  const { code, text } = await run("seq2see", training("one"));
  expect(code, text).toBe(0);
  expected = bitsOf("one");
});
afterAll(() => {
  node?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(node)("needs Slurm, which is neither here nor can be installed", (context) => {
  context.skip("install Debian's slurm-wlm, munge and libpmix-dev");
});

/** The library that speaks a plug-in, where both are here. */
const plugins = [
  { plugin: "pmix", library: "Open MPI", file: "libmpi.so.40" },
  { plugin: "pmi2", library: "MPICH", file: "libmpich.so.12" },
].filter(
  ({ plugin, file }) =>
    node !== null &&
    spawnSync("ldconfig", ["-p"], { encoding: "utf8" }).stdout?.includes(file) &&
    spawnSync("srun", [`--mpi=${plugin}`, "true"], { env: environment }).status === 0,
);

describe.each(plugins)("srun --mpi=$plugin", ({ plugin, library }) => {
  test(`two ranks over ${library} learn the bits of one process`, async () => {
    const out = `two-${plugin}`;
    const { code, text } = await run("srun", [
      ...["--mpi", plugin, "--ntasks", "2", "seq2see", ...training(out)],
    ]);
    expect(code, text).toBe(0);
    expect(text).toContain(`2 ranks train together, with 16 of 32 shards each (${library}`);
    expect(bitsOf(out)).toBe(expected);
  });

  test("a job is put back from outside, and goes on to the same bits", async () => {
    const out = `back-${plugin}`;
    const job = await submit(out, plugin);
    await until(job, out, () => evaluations(out) >= 2);
    await run("scontrol", ["requeue", job]);
    expect(await ended(job), saidBy(out)).toMatch(/JobState=COMPLETED[\s\S]*Restarts=1/);
    expect(saidBy(out)).toMatch(/Going on from step \d+/);
    expect(bitsOf(out)).toBe(expected);
  });
});

describe.skipIf(plugins.length === 0)("a job", () => {
  const { plugin } = plugins[0] ?? { plugin: "" };

  test("that is asked to stop before its time is over puts itself back", async () => {
    const out = "asked";
    const job = await submit(out, plugin);
    await until(job, out, () => evaluations(out) >= 2);
    // What `#SBATCH --signal=USR2` does.
    await run("scancel", ["--signal=USR2", job]);
    expect(await ended(job), saidBy(out)).toMatch(/JobState=COMPLETED[\s\S]*Restarts=1/);
    expect(saidBy(out)).toMatch(
      /Received SIGUSR2[\s\S]*Stopped at step \d+[\s\S]*Going on from step/,
    );
    expect(bitsOf(out)).toBe(expected);
  });

  test("of which a rank dies ends, and puts itself back", async () => {
    const out = "died";
    const job = await submit(out, plugin);
    await until(job, out, () => evaluations(out) >= 2);
    process.kill(processOf(out, 1), "SIGKILL");
    expect(await ended(job), saidBy(out)).toMatch(/JobState=COMPLETED[\s\S]*Restarts=1/);
    expect(bitsOf(out)).toBe(expected);
  });

  test("that cannot begin ends, and is not put back", async () => {
    const out = "never";
    rmSync(join(folder, "pairs.tsv"));
    const job = await submit(out, plugin);
    expect(await ended(job)).toMatch(/JobState=FAILED[\s\S]*Restarts=0/);
    expect(saidBy(out)).toContain("pairs.tsv: there is no such file");
  });
});

test.skipIf(!plugins.some(({ library }) => library === "MPICH"))(
  "ranks that do not see each other say what srun needs",
  async () => {
    const { code, text } = await run("env", [
      ...["SEQ2SEE_MPI_LIBRARY=libmpich.so.12", "srun", "--mpi=none", "--ntasks=2"],
      ...["seq2see", ...training("alone")],
    ]);
    expect(code).not.toBe(0);
    expect(text).toMatch(/Slurm has started 2 processes .* sees 1: start them with srun --mpi=/);
  },
);
