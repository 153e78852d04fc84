/** Trainings by several processes, over Open MPI and MPICH, on one host and on two. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Launcher } from "./support/mpi.ts";
import { installedLaunchers, twoHosts } from "./support/mpi.ts";
import { checkpointFile, numbersOf, trainedBits } from "./support/trainedBits.ts";

const program = join(import.meta.dirname, "..", "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-cluster-"));
const launchers = installedLaunchers();
const hosts = twoHosts();
const begun = new Set<ChildProcess>();

const steps = 40;
const training = (out: string, more: readonly string[] = []): string[] => [
  ...[process.execPath, program, "train", "--data", "train.tsv", "--dev", "dev.tsv"],
  ...["--tokenizer", "char", "--hidden", "16", "--embedding", "8", "--batch", "16"],
  ...["--average", "0.9", "--keep-best", "bleu", "--evaluate-every", "10", "--threads", "1"],
  ...["--steps", String(steps), "--shards", "4", ...more, "--out", out],
];
const resuming = (out: string): string[] => [
  ...[process.execPath, program, "train", "--resume", "--out", out],
];

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Starts a command in the folder of the tests. */
function start(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended>; said(): string } {
  const [first, ...rest] = words as [string, ...string[]];
  const env = { ...process.env, ...variables };
  const child = spawn(first, rest, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  begun.add(child);
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => {
      begun.delete(child);
      resolve({ code, text });
    });
  });
  return { child, ended, said: () => text };
}

function launch(launcher: Launcher, ranks: number, command: readonly string[]) {
  return start([launcher.program, ...launcher.start(ranks), ...command], launcher.variables);
}

const bitsOf = (out: string): string => trainedBits(join(folder, out));

/** Waits until a run has evaluated a step. Throws what it said if it ends before. */
async function evaluated(
  out: string,
  step: number,
  ended: Promise<{ readonly text: string }>,
): Promise<void> {
  const file = join(folder, out, "training/metrics.jsonl");
  let end: { readonly text: string } | null = null;
  void ended.then((result) => {
    end = result;
  });
  while (!existsSync(file) || !readFileSync(file, "utf8").includes(`"step":${step},`)) {
    if (end !== null) throw new Error(`The run ended early: ${(end as { text: string }).text}`);
    await sleep(20);
  }
}

/** The processes that train into a folder, by their ranks. */
function ranksOf(out: string): Map<number, number> {
  const found = new Map<number, number>();
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
      if (words[0] !== process.execPath || !words.includes(out)) continue;
      const variables = readFileSync(`/proc/${id}/environ`, "utf8");
      const rank = /(?:^|\0)(?:OMPI_COMM_WORLD_RANK|PMI_RANK)=(\d+)/.exec(variables);
      if (rank) found.set(Number(rank[1]), Number(id));
    } catch {} // It has ended.
  }
  return found;
}

let expected = "";

beforeAll(async () => {
  const { writeDateSamples } = await import("../src/samples/dateFiles.ts");
  await writeDateSamples(folder, { train: 300, dev: 20, seed: 1 });
  const { code, text } = await start(training("one")).ended;
  expect(code, text).toBe(0);
  expected = bitsOf("one");
});
afterAll(() => {
  for (const child of begun) child.kill("SIGKILL");
  hosts?.remove();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(launchers.length > 0)(
  "needs MPI, which is neither here nor can be installed",
  (context) => {
    context.skip("install Debian's openmpi-bin or mpich");
  },
);

describe.each([...launchers])("$name", (launcher) => {
  const name = (what: string): string => `${what}-${launcher.program}`;

  // Two with one and four with the other; what goes on after a kill has four with both.
  test.each(launcher.name === "MPICH" ? [2] : [4])(
    "%i ranks learn the bits of one process, and find the same",
    async (ranks) => {
      const out = name(`ranks${ranks}`);
      const { code, text } = await launch(launcher, ranks, training(out)).ended;
      expect(code, text).toBe(0);
      expect(text).toContain(`${ranks} ranks train together, with ${4 / ranks} of 4 shards each`);
      expect(bitsOf(out)).toBe(expected);
    },
  );

  // One of both with each launcher: each takes many seconds.
  test.each(launcher.name === "MPICH" ? [1] : [0])(
    "rank %i is killed: the job ends, and goes on from its checkpoint",
    async (rank) => {
      const out = name(`killed${rank}`);
      const { ended } = launch(launcher, 2, training(out));
      await evaluated(out, 10, ended);
      process.kill(ranksOf(out).get(rank) as number, "SIGKILL");
      expect((await ended).code).not.toBe(0);
      // The launcher may end a moment before its last process.
      await expect.poll(() => ranksOf(out).size, { timeout: 5000 }).toBe(0);
      const { code, text } = await launch(launcher, 4, resuming(out)).ended;
      expect(code, text).toBe(0);
      expect(text).toMatch(/Going on from step \d+/);
      expect(bitsOf(out)).toBe(expected);
    },
  );

  test("a signal stops all ranks after a step, and the run goes on as if it had not been", async () => {
    const out = name("stopped");
    const { child, ended } = launch(launcher, 2, training(out));
    await evaluated(out, 10, ended);
    child.kill(launcher.stopSignal);
    const { text } = await ended;
    expect(text).toContain(`Received ${launcher.stopSignal}: this step ends`);
    expect(text).toMatch(/Stopped at step \d+; resume with/);
    expect(existsSync(join(folder, out, "training/lock.json"))).toBe(false);
    // Also with a process alone.
    const resumed = await start(resuming(out)).ended;
    expect(resumed.code, resumed.text).toBe(0);
    const [stopped, whole] = [out, "one"].map((each) =>
      numbersOf(readFileSync(join(folder, each, checkpointFile))),
    );
    expect(stopped?.equals(whole as Buffer)).toBe(true);
  });

  test("what cannot be is refused in a sentence", async () => {
    const odd = await launch(launcher, 3, training(name("odd"))).ended;
    expect(odd.code).not.toBe(0);
    expect(odd.text).toContain(
      `--shards 4: ${launcher.name} has started 3 processes, which cannot share 4 shards evenly; start a new run with --shards 3 or a multiple of it, or start as many processes as divide 4.`,
    );
    const missing = await launch(launcher, 2, training(name("none"), ["--data", "none.tsv"])).ended;
    expect(missing.code).not.toBe(0);
    expect(missing.text).toContain("seq2see: none.tsv: there is no such file");
    expect(existsSync(join(folder, name("none")))).toBe(false);
  });

  test.skipIf(launchers.length < 2)("the library of another launcher is refused", async () => {
    const wrong = launcher.name === "MPICH" ? "libmpi.so.40" : "libmpich.so.12";
    const { ended } = start([launcher.program, ...launcher.start(2), ...training(name("wrong"))], {
      ...launcher.variables,
      SEQ2SEE_MPI_LIBRARY: wrong,
    });
    const { code, text } = await ended;
    expect(code).not.toBe(0);
    expect(text).toMatch(
      new RegExp(`${launcher.name} has started 2 processes to train together, and .* sees 1`),
    );
  });

  describe.skipIf(hosts === null)("on two hosts", () => {
    const onBoth = (command: readonly string[], more: Launcher["noticing"] = null) => {
      const { onFirst, variables } = hosts as NonNullable<typeof hosts>;
      const inFolder = ["bash", "-c", `cd '${folder}' && exec "$@"`, "bash", ...command];
      const started = launcher.startOn(hosts as NonNullable<typeof hosts>, 2);
      return start([...onFirst, launcher.program, ...started, ...inFolder], {
        ...launcher.variables,
        ...launcher.hostVariables,
        ...more,
        ...variables,
      });
    };

    test("two ranks learn the bits of one process", async () => {
      const out = name("hosts");
      const { code, text } = await onBoth(training(out)).ended;
      expect(code, text).toBe(0);
      expect(bitsOf(out)).toBe(expected);
    });

    test("the connection is cut: each rank ends itself, and the run goes on from its checkpoint", async () => {
      const out = name("cut");
      const { ended, said } = onBoth(training(out, ["--stall-timeout", "2"]));
      await evaluated(out, 10, ended);
      hosts?.cut();
      while (ranksOf(out).size > 0 || !said().includes("has waited")) await sleep(100);
      // The launcher may wait for the other host much longer.
      hosts?.clear();
      hosts?.mend();
      const { text } = await ended;
      // Where the processors are busy, it looks later than after 2 s.
      expect(text).toMatch(
        /rank 0 of 2 on \S+ has waited \d+ s for another rank in (step \d+|the )/,
      );
      const { code, text: told } = await start(resuming(out)).ended;
      expect(code, told).toBe(0);
      expect(bitsOf(out)).toBe(expected);
    });

    test.skipIf(launcher.noticing === null)(
      "the launcher notices that the connection is cut, and ends the job on both",
      async () => {
        const out = name("noticed");
        const { ended } = onBoth(training(out), launcher.noticing);
        await evaluated(out, 10, ended);
        hosts?.cut();
        try {
          const { code, text } = await ended;
          expect(code, text).not.toBe(0);
          expect(text).toContain("lost communication with a remote daemon");
          while (ranksOf(out).size > 0) await sleep(100);
        } finally {
          hosts?.clear();
          hosts?.mend();
        }
        const { code, text } = await start(resuming(out)).ended;
        expect(code, text).toBe(0);
        expect(bitsOf(out)).toBe(expected);
      },
    );
  });
});
