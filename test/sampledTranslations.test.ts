/** Translations that a run shows at its evaluations: they are recorded, and change nothing of the training. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SampleLine } from "../src/modelFolder/trainingRecords.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import type { EvaluationResult } from "../src/training/run/events.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-samples-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
const pairs = Array.from({ length: 60 }, (_, index) => {
  const words = Array.from({ length: 4 + (index % 3) }, (_, at) => letters[(index * (at + 3)) % 8]);
  return { source: words.join(" "), target: words.toReversed().join(" ") };
});
const table = (name: string) => ({ kind: "table", path: at(name), columns: ["1", "2"] }) as const;
const options: Omit<TrainOptions, "out"> = {
  data: table("pairs.tsv"),
  dev: table("dev.tsv"),
  model: { hidden: 8, embedding: 8, dropout: 0.2 },
  scheduledSampling: "linear:10:0.5",
  tokenizer: "word:30",
  batch: 16,
  schedule: "constant",
  keepBest: "perplexity",
  learningRate: 0.001,
  steps: 6,
  evaluateEvery: 3,
  threads: 1,
};

beforeAll(async () => {
  const lines = pairs.map(({ source, target }) => `${source}\t${target}\n`);
  writeFileSync(at("pairs.tsv"), lines.join(""));
  writeFileSync(at("dev.tsv"), lines.slice(0, 25).join(""));
  await train({ ...options, samples: 0, out: at("without") });
}, 60_000);

const file = (run: string, name: string): Buffer => readFileSync(at(run, name));
const timeless = (bytes: Buffer): string =>
  bytes.toString("latin1").replace(/"seconds":[\d.]+/g, "");
const linesOf = (run: string): SampleLine[] =>
  file(run, "training/samples.jsonl")
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("three sentences are told and recorded at each evaluation, and training is the same without", async () => {
  const told: EvaluationResult[] = [];
  await train({ ...options, out: at("with") }, { onEvaluation: (result) => told.push(result) });
  const lines = linesOf("with");
  expect(lines.map(({ step }) => step)).toEqual([3, 6]);
  expect(told.map(({ sample }) => sample)).toEqual(
    lines.map(({ score, translations }) => ({ score, translations })),
  );
  for (const { score, translations } of lines) {
    expect(score).toMatchObject({ metric: "bleu", pairs: 25, tokenizer: "13a" });
    expect(translations).toHaveLength(3);
    for (const { source, reference } of translations) {
      expect(pairs).toContainEqual({ source, target: reference });
    }
  }
  // The same sentences at each evaluation.
  const sources = lines.map(({ translations }) => translations.map(({ source }) => source));
  expect(sources[1]).toEqual(sources[0]);
  expect(existsSync(at("without", "training/samples.jsonl"))).toBe(false);
  expect(file("with", "model.safetensors").equals(file("without", "model.safetensors"))).toBe(true);
  const metrics = (run: string) => timeless(file(run, "training/metrics.jsonl"));
  expect(metrics("with")).toBe(metrics("without"));
});

test("BLEU of the whole dev set needs no other score, and a run without a dev set has no samples", async () => {
  const told: EvaluationResult[] = [];
  const hooks = { onEvaluation: (result: EvaluationResult) => told.push(result) };
  await train({ ...options, steps: 3, samples: 2, keepBest: "bleu", out: at("bleu") }, hooks);
  expect(told[0]?.sample?.score.pairs).toBe(2);
  expect(told[0]?.devBleu).toEqual(expect.any(Number));
  await train({ ...options, steps: 3, dev: false, keepBest: undefined, out: at("none") }, hooks);
  expect(told[1]?.sample).toBeNull();
});
