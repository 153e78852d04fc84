/** An experiment as a user runs it, tiny: it survives being killed, and leaves a page that says what it is. */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const program = join(root, ".build/experiments/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-experiments-"));
const at = (...names: string[]) => join(folder, ...names);
const side = (name: string, ...rest: string[]) => at("work/alignment", `${name}-1`, ...rest);
const options = [
  "alignment",
  "--minutes",
  "0.02",
  "--seeds",
  "1",
  "--jobs",
  "1",
  "--work",
  at("work"),
  "--out",
  at("results"),
];

const run = async (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)("node", [program, ...args], { cwd: root });

/** Runs until a line is told, then sends a signal; yields the exit status and all that was told. */
async function endedAt(
  line: RegExp,
  signal: "SIGINT" | "SIGKILL",
): Promise<{ status: number | null; told: string }> {
  const child = spawn("node", [program, ...options], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  let told = "";
  let isSent = false;
  child.stderr?.on("data", (data: Buffer) => {
    told += data.toString();
    if (line.test(told) && !isSent) isSent = child.kill(signal);
  });
  return { status: await ended, told };
}

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("Ctrl-C stops after the step, and the training can go on", async () => {
  const { status, told } = await endedAt(/location, seed 1: luong2015: /, "SIGINT");
  expect(status).toBe(130);
  expect(told).toMatch(
    /experiments: The training in .*location-1 was stopped; run the same command again to resume\./,
  );
  expect(existsSync(side("location", "trained.json"))).toBe(false);
});

test("a run that is killed goes on with the training it was at, and keeps what was finished", async () => {
  const { told } = await endedAt(/dot, seed 1: luong2015: /, "SIGKILL");
  expect(told).toContain("location, seed 1: resuming an interrupted training");
  expect(existsSync(side("location", "measured.json"))).toBe(true);
  expect(existsSync(side("dot", "trained.json"))).toBe(false);
  const finished = statSync(side("location", "trained.json")).mtimeMs;

  const { stdout, stderr } = await run(...options);
  expect(stderr).toContain("location, seed 1: trained before");
  expect(stderr).not.toContain("location, seed 1: measuring");
  expect(stderr).toContain("dot, seed 1: resuming an interrupted training");
  expect(statSync(side("location", "trained.json")).mtimeMs).toBe(finished);
  expect(stdout).toMatch(/^(reproduced|reproduced in part|not at this size): From the best /);
});

test("the page has what was measured, the figure and the verdict, and owns up to its small budget", () => {
  const page = readFileSync(at("results/alignment.md"), "utf8");
  expect(page).toMatch(/^\*\*Verdict: (reproduced|reproduced in part|not at this size)\.\*\*/m);
  expect(page).toContain(
    "**A smaller budget than intended:** 0.02 minutes per training and 1 seed",
  );
  expect(page).toContain("    npm run experiments -- alignment --minutes 0.02 --seeds 1");
  for (const name of ["location", "dot", "general", "local-m", "local-p", "additive"]) {
    const { measured } = JSON.parse(readFileSync(side(name, "measured.json"), "utf8"));
    expect(measured.values["error rate"]).toBeGreaterThan(0);
    const { steps } = JSON.parse(readFileSync(side(name, "trained.json"), "utf8"));
    expect(page).toContain(`| ${measured.values["error rate"].toFixed(1)} |`);
    expect(page).toContain(`| ${steps} |`);
  }
  expect(page).toContain("](alignment-errors.svg)");
  expect(readFileSync(at("results/alignment-errors.svg"), "utf8")).toContain("<desc");
  const list = readFileSync(at("results/README.md"), "utf8");
  expect(list).toMatch(/\[`alignment`\]\(alignment\.md\) .* on a smaller budget \|/);
  expect(list).toMatch(/\| `reversal` \| .* \| not run yet \|/);
});

test("another run has nothing left to do; a changed setting trains anew", async () => {
  const { stderr } = await run(...options);
  expect(stderr).not.toMatch(/training on|going on|measuring/);
  const path = side("dot", "settings.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"hidden": 128', '"hidden": 64'));
  const again = await run(...options);
  expect(again.stderr).toContain("dot, seed 1: a setting has changed: training again");
  expect(again.stderr).toContain("dot, seed 1: measuring");
  expect(again.stderr.match(/training again/g)).toHaveLength(1);
});

test("what is wrong with a command is told in a sentence", async () => {
  await expect(run("nothing")).rejects.toThrow(
    /experiments: There is no experiment "nothing": rev/,
  );
  await expect(run("reversal", "--minutes", "none")).rejects.toThrow(/Give a number above 0/);
  await expect(run("reversal", "--corpora", at("none"), "--work", at("work"))).rejects.toThrow(
    /multi30k.*there is no such file; check the path/,
  );
});
