/** Training as a user sees it: it learns, it repeats itself bit for bit, and it survives being killed. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-training-"));
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  const { writeDateSamples } = await import("../src/samples/dateFiles.ts");
  await writeDateSamples(folder, { train: 600, dev: 100, seed: 1 });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const options = [
  "--data",
  at("train.tsv"),
  "--dev",
  at("dev.tsv"),
  "--tokenizer",
  "char",
  "--hidden",
  "32",
  "--embedding",
  "16",
  "--batch",
  "32",
  "--dropout",
  "0.2",
  "--average",
  "0.5",
  "--seed",
  "3",
  "--label-smoothing",
  "0.1",
  "--evaluate-every",
  "20",
  "--steps",
  "100",
];

function run(...args: string[]): string {
  return execFileSync("node", [program, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const weights = (name: string) => readFileSync(join(at(name), "model.safetensors"));
/** The metrics without the times. */
const metrics = (name: string) =>
  readFileSync(join(at(name), "training", "metrics.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => ({ ...JSON.parse(line), seconds: 0 }));

/** The milliseconds of a whole run. */
let whole = 0;

test("two runs with one seed give the same bits", () => {
  run("train", "--out", at("one"), ...options);
  const began = performance.now();
  run("train", "--out", at("two"), ...options);
  whole = performance.now() - began;
  expect(weights("two").equals(weights("one"))).toBe(true);
  expect(metrics("two")).toEqual(metrics("one"));
  expect(metrics("one")).toHaveLength(5);
  expect(metrics("one").at(-1).devPerplexity).toBeLessThan(metrics("one")[0].devPerplexity);
});

test("another seed gives others", () => {
  run("train", "--out", at("other"), ...options.map((option) => (option === "3" ? "4" : option)));
  expect(weights("other").equals(weights("one"))).toBe(false);
});

async function killed(
  child: ChildProcess,
  signal: NodeJS.Signals,
  after: number,
): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => {
    child.on("exit", (code) => resolve(code));
  });
  setTimeout(() => child.kill(signal), after);
  return ended;
}

test("killed at any moment and resumed gives the bits of a run that was not", async () => {
  let isKilled = 0;
  const start = ["train", "--out", at("killed"), ...options];
  const resume = ["train", "--out", at("killed"), "--resume"];
  // Each life a bit longer than the last, until one reaches the end. The first may end before its run can be resumed.
  for (let life = 1; life < 30; life++) {
    const isStarted = existsSync(join(at("killed"), "training", "options.json"));
    const child = spawn("node", [program, ...(isStarted ? resume : start)], { stdio: "ignore" });
    const code = await killed(child, "SIGKILL", whole * (0.45 + 0.1 * life));
    if (code === 0) break;
    // Nothing but the signal ends it.
    expect(code).toBeNull();
    isKilled++;
  }
  expect(isKilled).toBeGreaterThan(0);
  expect(weights("killed").equals(weights("one"))).toBe(true);
  expect(metrics("killed")).toEqual(metrics("one"));
});

test("Ctrl-C saves and says how to go on, and going on gives the same bits", async () => {
  const child = spawn("node", [program, "train", "--out", at("stopped"), ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    const isFirst = !said.includes("step 20 ");
    said += chunk.toString();
    if (isFirst && said.includes("step 20 ")) child.kill("SIGINT");
  });
  const code = await new Promise((resolve) => {
    child.on("exit", resolve);
  });
  expect(code).toBe(130);
  expect(said).toMatch(/Stopped at step \d+; resume with: .*train --out .* --resume/);
  run("train", "--out", at("stopped"), "--resume");
  expect(weights("stopped").equals(weights("one"))).toBe(true);
  expect(metrics("stopped")).toEqual(metrics("one"));
});

test("a model is fitted to other pairs from its weights, and goes on without the first model", () => {
  cpSync(at("one"), at("general"), { recursive: true });
  const devPerplexity = metrics("one").at(-1).devPerplexity as number;
  const more = [
    "--data",
    at("train.tsv"),
    "--dev",
    at("dev.tsv"),
    "--from",
    at("general"),
    "--evaluate-every",
    "10",
    "--batch",
    "32",
    "--average",
    "0.5",
    "--learning-rate",
    "0.0005",
  ];
  run("train", "--out", at("fitted"), ...more, "--steps", "20");
  // A fresh model of this shape has a perplexity near the size of its vocabulary.
  expect(metrics("fitted")[0].devPerplexity).toBeLessThan(1.3 * devPerplexity);
  run("train", "--out", at("whole"), ...more, "--steps", "40");
  rmSync(at("general"), { recursive: true });
  run("train", "--out", at("fitted"), "--resume", "--steps", "40");
  expect(weights("fitted").equals(weights("whole"))).toBe(true);
  for (const side of ["source", "target"]) {
    const tokenizer = (name: string) => readFileSync(join(at(name), `${side}.tokenizer.json`));
    expect(tokenizer("fitted").equals(tokenizer("one"))).toBe(true);
  }
});

test("the best weights can be chosen by BLEU on the dev set", () => {
  run("train", "--out", at("bleu"), ...options, "--keep-best", "bleu", "--learning-rate", "0.01");
  const scores = metrics("bleu").map(({ devBleu }) => devBleu as number);
  expect(scores).toHaveLength(5);
  const best = metrics("bleu")
    .filter(({ isBest }) => isBest)
    .at(-1);
  expect(best.devBleu).toBe(Math.max(...scores));
  expect(best.devBleu).toBeGreaterThan(0);
});

test("--keep-best none keeps the last weights, however the dev set likes them", () => {
  const rising = ["--learning-rate", "1", "--schedule", "warmup:100", "--clip", "0"];
  run("train", "--out", at("last"), ...options, ...rising, "--keep-best", "none");
  const steps = metrics("last").map(({ step }) => step);
  expect(metrics("last").map(({ isBest }) => isBest)).toEqual(steps.map(() => true));
  const perplexities = metrics("last").map(({ devPerplexity }) => devPerplexity as number);
  // The rate has risen far too high; the dev set would have chosen others.
  expect(perplexities.at(-1)).toBeGreaterThan(Math.min(...perplexities));
  const { training } = JSON.parse(readFileSync(join(at("last"), "config.json"), "utf8"));
  expect(training).toMatchObject({ steps: steps.at(-1), devPerplexity: perplexities.at(-1) });
});

test("watched pairs are recorded at each evaluation, once, also over a resumption", () => {
  const [source, target] = readFileSync(at("dev.tsv"), "utf8").split("\n")[0]?.split("\t") ?? [];
  writeFileSync(at("watch.tsv"), `${source}\t${target}\n`);
  const limit = [...options.slice(0, -1), "40"];
  run("train", "--out", at("watched"), ...limit, "--watch", at("watch.tsv"));
  run("train", "--out", at("watched"), "--resume", "--steps", "60");
  const looks = readFileSync(join(at("watched"), "training", "watched.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(looks.map(({ step }) => step)).toEqual([20, 40, 60]);
  for (const { sourceTokens, targetTokens, attention, logProbability } of looks) {
    expect(sourceTokens).toHaveLength([...(source ?? "")].length);
    expect(targetTokens.join("")).toBe(target);
    expect(attention).toHaveLength(targetTokens.length + 1);
    for (const row of attention) {
      expect(row).toHaveLength(sourceTokens.length);
      expect(row.reduce((sum: number, weight: number) => sum + weight, 0)).toBeCloseTo(1, 2);
    }
    expect(logProbability).toBeLessThan(0);
  }
  expect(looks[2].logProbability).toBeGreaterThan(looks[0].logProbability);
});

test("a loss that is not finite stops the run, names the step and keeps the checkpoint", () => {
  const wild = [
    ...options.slice(0, -4),
    "--optimizer",
    "sgd",
    "--learning-rate",
    "1e38",
    "--clip",
    "0",
    "--steps",
    "50",
  ];
  expect(() => run("train", "--out", at("wild"), ...wild)).toThrow(
    /The loss became NaN at step \d+; the checkpoint of an earlier step is kept in .*checkpoint\.safetensors/,
  );
  expect(
    readFileSync(join(at("wild"), "training", "checkpoint.safetensors")).length,
  ).toBeGreaterThan(1000);
});
