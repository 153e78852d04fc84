/** One run a folder, as processes see it: locks, signals and kills of the whole command line. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const program = join(import.meta.dirname, "..", "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-run-folder-"));
const at = (...names: string[]): string => join(folder, ...names);
const begun = new Set<ChildProcess>();

beforeAll(async () => {
  const { writeDateSamples } = await import("../src/samples/dateFiles.ts");
  await writeDateSamples(folder, { train: 300, dev: 20, seed: 1 });
  // An evaluation of it takes seconds.
  writeFileSync(at("long.tsv"), readFileSync(at("dev.tsv"), "utf8").repeat(300));
});
afterAll(() => {
  for (const child of begun) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const options = [
  "--data",
  "train.tsv",
  "--dev",
  "dev.tsv",
  "--tokenizer",
  "char",
  "--hidden",
  "16",
  "--embedding",
  "8",
  "--threads",
  "1",
  "--evaluate-every",
  "5",
  "--patience",
  "0",
];
const endless = ["--steps", "1000000"];

/** Starts a command, and waits until it has said something. */
async function start(command: readonly string[], says: string, prefix: readonly string[] = []) {
  const [first, ...rest] = [...prefix, process.execPath, program, ...command] as [
    string,
    ...string[],
  ];
  const child = spawn(first, rest, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  begun.add(child);
  let text = "";
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", (code) => {
      begun.delete(child);
      resolve(code);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(says)) resolve();
    });
    void ended.then(() => reject(new Error(`It ended before it said "${says}": ${text}`)));
  });
  return { child, ended, said: () => text };
}

function run(...command: string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [program, ...command], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stderr: stderr.trim() };
}

/** The status of a translation by the model of a run. */
function translated(out: string): number | null {
  return spawnSync(process.execPath, [program, "translate", "--model", out, "--threads", "1"], {
    cwd: folder,
    input: "July 20, 1969\n",
  }).status;
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) as string;

test("another process is told who trains in a folder, and a kill frees it", async () => {
  const { child, ended } = await start(
    ["train", ...options, ...endless, "--out", "one"],
    "step 5 ",
  );
  for (const command of [
    ["train", "--out", "one", "--resume"],
    ["train", "--out", at("one"), "--resume", "--steps", "7"],
  ]) {
    const { status, stderr } = run(...command);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^seq2see: --out \S*one: process \d+ trains in this folder \(since .*\); wait/,
    );
    expect(stderr).toContain(`process ${child.pid} `);
  }
  child.kill("SIGKILL");
  await ended;
  expect(existsSync(at("one", "training", "lock.json"))).toBe(true);
  const { status, stderr } = run("train", "--out", "one", "--resume", "--steps", "1");
  expect(stderr).toMatch(/Going on from step \d+/);
  expect(status).toBe(0);
  expect(existsSync(at("one", "training", "lock.json"))).toBe(false);
});

test.each([
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s saves and ends with %d", async (signal, status) => {
  const out = `stopped-${signal}`;
  const { child, ended, said } = await start(
    ["train", ...options, ...endless, "--out", out],
    "step 5 ",
  );
  child.kill(signal);
  expect(await ended).toBe(status);
  expect(lastLine(said())).toMatch(/^Stopped at step \d+; resume with: .*train --out .* --resume$/);
  const step = /Stopped at step (\d+)/.exec(said())?.[1];
  expect(translated(out)).toBe(0);
  expect(run("train", "--out", out, "--resume", "--steps", "1").stderr).toContain(
    `Going on from step ${step}.`,
  );
  expect(readdirSync(at(out, "training"))).not.toContain("lock.json");
});

const long = options.map((word) => (word === "dev.tsv" ? "long.tsv" : word));

test("a signal during an evaluation waits for it, and the model is that of its step", async () => {
  const command = ["train", ...long, "--out", "evaluating", "--evaluate-every", "1", ...endless];
  const { child, ended, said } = await start(command, "Learning with");
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill("SIGTERM");
  expect(await ended).toBe(143);
  expect(said()).toContain("kept the last weights, with dev perplexity");
  expect(translated("evaluating")).toBe(0);
});

test("a second signal ends the run at once, after the checkpoint", async () => {
  const command = ["train", ...long, "--out", "twice", "--evaluate-every", "1000000", ...endless];
  const { child, ended, said } = await start(command, "Learning with");
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(said()).not.toContain("Stopped at step");
  const { stderr } = run("train", "--out", "twice", "--resume", "--steps", "1");
  expect(Number(/Going on from step (\d+)/.exec(stderr)?.[1])).toBeGreaterThan(0);
  expect(translated("twice")).toBe(0);
});

const canUnshare =
  process.platform === "linux" &&
  spawnSync("unshare", ["--pid", "--fork", "--mount-proc", "true"]).status === 0;

test.skipIf(!canUnshare)(
  "killed containers, in which each run is process 1, leave nothing",
  async () => {
    const container = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let command = ["train", ...options, ...endless, "--out", "contained"];
    for (let life = 0; life < 2; life++) {
      const { child, ended } = await start(command, "step ", container);
      child.kill("SIGKILL");
      await ended;
      command = ["train", "--out", "contained", "--resume"];
    }
    const { status } = run(...command, "--steps", "1");
    expect(status).toBe(0);
    const names = readdirSync(at("contained"), { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => /\.tmp-|\.partial$|lock\.json$/.test(name))).toEqual([]);
  },
  200_000,
);
