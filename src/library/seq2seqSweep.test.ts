import { execFileSync } from "node:child_process";
import {
  createWriteStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { train } from "../training/node/train.ts";
import type { TrainOptions } from "../training/plan/options.ts";
import { Seq2Seq } from "./seq2seq.ts";
import type { SweepOptions } from "./seq2seqSweep.ts";
import { sweep } from "./seq2seqSweep.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-sweep-"));
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  const pairs = Array.from({ length: 60 }, (_, index) => `day ${index}\tnumber ${index % 7}\n`);
  writeFileSync(at("train.tsv"), pairs.join(""));
  writeFileSync(at("dev.tsv"), pairs.slice(0, 8).join(""));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (changes: Partial<SweepOptions> = {}): SweepOptions => ({
  data: at("train.tsv"),
  dev: at("dev.tsv"),
  out: at("grid"),
  tokenizer: "char",
  steps: 2,
  batch: 16,
  threads: 1,
  model: { embedding: 6 },
  vary: { hidden: [4, 8] },
  seeds: 2,
  ...changes,
});

test("a sweep is stopped, goes on with the stopped run, and skips what has ended", async () => {
  const controller = new AbortController();
  const started: string[] = [];
  const hooks = { onRun: ({ name }: { name: string }) => started.push(name) };
  const stopped = await sweep(options(), {
    ...hooks,
    signal: controller.signal,
    onProgress: () => {
      if (started.length === 2) controller.abort();
    },
  });
  expect(stopped).toMatchObject({ isInterrupted: true, count: 4 });
  expect(stopped.runs.map(({ name }) => name)).toEqual(["hidden-4_seed-1"]);

  const lines: string[] = [];
  const whole = await sweep(options(), { ...hooks, log: (line) => lines.push(line) });
  expect(started).toEqual([
    "hidden-4_seed-1",
    "hidden-8_seed-1",
    "hidden-8_seed-1",
    "hidden-4_seed-2",
    "hidden-8_seed-2",
  ]);
  expect(lines).toContain("Going on from step 1.");
  expect(whole.isInterrupted).toBe(false);
  for (const run of whole.runs) {
    expect(run).toMatchObject({ state: "measured", steps: 2, exactMatch: 0 });
    expect(run.devPerplexity).toBeGreaterThan(1);
  }
  expect(readdirSync(at("grid")).sort()).toEqual([
    "hidden-4_seed-1",
    "hidden-4_seed-2",
    "hidden-8_seed-1",
    "hidden-8_seed-2",
    "runs.csv",
    "sweep.csv",
    "sweep.json",
    "sweep.md",
  ]);
  const model = await Seq2Seq.load(at("grid/hidden-8_seed-2"), { threads: 1 });
  expect(model.sizes.hidden).toBe(8);
  await model.release();
});

test("a sweep that was stopped in its first run goes on only with the same options", async () => {
  const controller = new AbortController();
  const given = options({ out: at("first"), steps: 50 });
  const stopped = await sweep(given, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(stopped).toMatchObject({ isInterrupted: true, runs: [] });
  await expect(sweep({ ...given, learningRate: 0.3 })).rejects.toThrow(
    /the runs in it were trained with another learningRate; give the same options, or choose/,
  );
  rmSync(at("first/sweep.json"));
  await expect(sweep(given)).rejects.toThrow(/it holds runs, but no record of their options/);
});

test("a sweep that failed before its first step may be corrected", async () => {
  const given = options({ out: at("corrected"), seeds: 1, vary: { hidden: [4] } });
  writeFileSync(at("blank.tsv"), "a\t\n");
  await expect(sweep({ ...given, data: at("blank.tsv") })).rejects.toThrow(/blank/);
  expect((await sweep(given)).runs).toHaveLength(1);
});

test("values and seeds may be added; other options must be the same", async () => {
  const more = await sweep(options({ vary: { hidden: [4, 8, 12] }, seeds: 1 }));
  expect(more.runs.map(({ name }) => name)).toEqual([
    "hidden-4_seed-1",
    "hidden-8_seed-1",
    "hidden-12_seed-1",
  ]);
  expect(readFileSync(at("grid/sweep.csv"), "utf8").trim().split("\n")).toHaveLength(4);
  await expect(sweep(options({ steps: 3 }))).rejects.toThrow("were trained with another steps;");
  await expect(sweep(options({ vary: {} }))).rejects.toThrow("other options vary: hidden;");
});

test("the pairs may come from pipes, which all runs read", async () => {
  const fed = (name: string, file: string): string => {
    execFileSync("mkfifo", [at(name)]);
    createWriteStream(at(name)).end(readFileSync(at(file)));
    return at(name);
  };
  const data = fed("train.pipe", "train.tsv");
  const dev = fed("dev.pipe", "dev.tsv");
  const { runs } = await sweep(options({ data, dev, out: at("piped") }));
  const { runs: others } = await sweep(options({ out: at("from-files") }));
  expect(runs.map(({ devPerplexity }) => devPerplexity)).toEqual(
    others.map(({ devPerplexity }) => devPerplexity),
  );
});

/** The steps at which the first run of a sweep was evaluated. */
async function evaluatedSteps(name: string, changes: Partial<SweepOptions>): Promise<number[]> {
  const { runs } = await sweep(options({ out: at(name), seeds: 1, ...changes }));
  const metrics = readFileSync(at(`${name}/${runs[0]?.name}/training/metrics.jsonl`), "utf8");
  return metrics
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).step);
}

test("what is evaluated does not depend on time, unless one asks for it", async () => {
  const steps = [4, 8, 12, 16, 20, 24, 28, 32, 36, 40];
  expect(await evaluatedSteps("by-steps", { steps: 40 })).toEqual(steps);
  expect(await evaluatedSteps("varied", { steps: undefined, vary: { steps: [10] } })).toEqual(
    steps.map((_, index) => index + 1),
  );
  // 60 pairs are four batches of 16.
  expect(await evaluatedSteps("by-epochs", { steps: undefined, epochs: 2 })).toEqual([4, 8]);
  expect(await evaluatedSteps("by-time", { steps: 8, evaluateEvery: "time" })).toEqual([8]);
  expect(await evaluatedSteps("vary-when", { vary: { evaluateEvery: [1] } })).toEqual([1, 2]);
});

test("a run that diverges is in the table, and the others are trained", async () => {
  const diverging = { optimizer: "sgd", clip: 0, vary: { learningRate: [1e30, 0.1] }, seeds: 1 };
  const { runs } = await sweep(options({ ...diverging, out: at("diverging"), steps: 4 }));
  expect(runs.map(({ state }) => state)).toEqual(["failed", "measured"]);
  expect(readFileSync(at("diverging/sweep.md"), "utf8")).toContain("| 0 (1 failed) |");
});

test("a run whose evaluation yields no numbers has diverged, too", async () => {
  const given = options({
    out: at("no-numbers"),
    steps: 3,
    evaluateEvery: 1,
    clip: 0,
    vary: { learningRate: [1e20, 0.1] },
    seeds: 1,
  });
  const { runs } = await sweep(given);
  expect(runs.map(({ state }) => state)).toEqual(["failed", "measured"]);
  expect(runs[0]?.problem).toMatch(/at step [123].*Train again with a lower learning rate or clip/);
  const first = train({
    ...given,
    vary: undefined,
    seeds: undefined,
    out: at("first-weights"),
    model: { hidden: 4, forgetBias: 1e39 },
  } as unknown as TrainOptions);
  await expect(first).rejects.toThrow(/at step 0\. Train again with smaller first weights\.$/);
});

test("what is wrong is found before anything is trained", async () => {
  const out = at("none");
  await expect(sweep(options({ out, dev: undefined }))).rejects.toThrow("dev: there are no pairs");
  await expect(sweep(options({ out, vary: { hidden: [8, 9] } }))).rejects.toThrow("hidden: 9:");
  await expect(sweep(options({ out, resume: true }))).rejects.toThrow("resume: true: a sweep goes");
  await expect(sweep(options({ out: "" }))).rejects.toThrow("out: give the folder");
  expect(readdirSync(folder)).not.toContain("none");
});

test("a folder with something else is left as it is", async () => {
  await expect(sweep(options({ out: at("grid/hidden-4_seed-1") }))).rejects.toThrow(
    "the folder holds a model; choose another.",
  );
  writeFileSync(at("grid/sweep.json"), "{}");
  await expect(sweep(options())).rejects.toThrow("it is not the record of a sweep; remove it.");
});
