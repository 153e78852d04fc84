/** What a stopped run leaves: a model that translates, and a folder that goes on as if it had never stopped. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { UserError } from "../src/tensor/errors.ts";
import { folderStorage } from "../src/training/node/folderStorage.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import type { EvaluationResult, TrainHooks } from "../src/training/run/events.ts";
import { readCheckpoint } from "../src/training/storage/checkpoint.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), "seq2see-stop-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
const lines = Array.from({ length: 60 }, (_, index) => {
  const words = Array.from({ length: 4 + (index % 3) }, (_, at) => letters[(index * (at + 3)) % 8]);
  return `${words.join(" ")}\t${words.toReversed().join(" ")}\n`;
});
writeFileSync(at("pairs.tsv"), lines.join(""));
writeFileSync(at("dev.tsv"), lines.slice(0, 20).join(""));

const table = (path: string) => ({ kind: "table", path, columns: ["1", "2"] }) as const;
const options: Omit<TrainOptions, "out"> = {
  data: table(at("pairs.tsv")),
  dev: table(at("dev.tsv")),
  watch: table(at("dev.tsv")),
  model: { hidden: 8, embedding: 8, dropout: 0.2 },
  tokenizer: "word:30",
  learningRate: 0.01,
  batch: 16,
  schedule: "plateau",
  keepBest: "perplexity",
  patience: 5,
  steps: 12,
  evaluateEvery: 5,
  keepCheckpoints: 2,
  threads: 1,
  seed: 5,
};
/** Gets worse and worse, so that the first evaluation stays the best. */
const worsening: Partial<TrainOptions> = {
  learningRate: 2,
  schedule: "warmup:8",
  clip: 0,
};

interface Case {
  readonly options?: Partial<TrainOptions>;
  /** Steps after which a run is stopped, one after the other. */
  readonly stops: readonly number[];
  /** The step of the model's weights after the last stop. */
  readonly best: number;
}

const cases: Record<string, Case> = {
  "before the first evaluation": { stops: [1], best: 1 },
  "between two evaluations": { stops: [7], best: 7 },
  "at an evaluation": { stops: [5], best: 5 },
  "several times": { stops: [2, 3, 8, 9, 11], best: 11 },
  "where the kept weights are better": { options: worsening, stops: [8], best: 5 },
  "with the last weights kept": { options: { keepBest: "none" }, stops: [7], best: 7 },
  "with averaged weights": { options: { average: 0.5, steps: 40 }, stops: [18, 33], best: 33 },
  "with BLEU deciding": { options: { keepBest: "bleu" }, stops: [3, 7], best: 5 },
  "without a dev set": {
    options: { dev: false, schedule: "constant", keepBest: undefined, patience: undefined },
    stops: [3, 7],
    best: 7,
  },
  "in the middle of an epoch, with an evaluation an epoch": {
    options: { evaluateEvery: "epoch" },
    stops: [2, 6],
    best: 6,
  },
};

/** Stops a run after a step, or after an evaluation of it. */
function stopping(step: number, more: TrainHooks = {}): TrainHooks {
  const stop = new AbortController();
  return {
    ...more,
    signal: stop.signal,
    onProgress: (progress) => progress.step === step && stop.abort(),
  };
}

async function translates(run: string): Promise<boolean> {
  const model = await Seq2Seq.load(at(run), { threads: 1 });
  try {
    const [best] = await model.translate("a b c", { beam: 1 });
    return typeof best?.text === "string";
  } finally {
    await model.release();
  }
}

const timeless = (text: string): string => text.replace(/"seconds": ?[\d.]+/g, "");

const hashOf = (data: string | NodeJS.ArrayBufferView): string =>
  createHash("sha256").update(data).digest("hex").slice(0, 8);

/** Hashes of all files of a run, without times. */
async function filesOf(run: string): Promise<Record<string, unknown>> {
  const names = readdirSync(at(run), { recursive: true, encoding: "utf8" }).sort();
  // New limits are written down; they change nothing else.
  const left = /checkpoint\.safetensors|limits\.json/;
  const files = names.filter((name) => /\.\w+$/.test(name) && !left.test(name));
  const { tensors, state } = await readCheckpoint(folderStorage(at(run)));
  return {
    ...Object.fromEntries(
      files.map((name) => [name, hashOf(timeless(readFileSync(at(run, name), "latin1")))]),
    ),
    "training/options.json": "of another folder",
    ...Object.fromEntries([...tensors].map(([name, { data }]) => [name, hashOf(data)])),
    state: { ...state, seconds: 0, evaluatedAt: 0, evaluationSeconds: 0 },
  };
}

/** The files of each run that was never stopped, by how it differs from {@link options}. */
const wholes = new Map<string, Promise<Record<string, unknown>>>();

/** What a run leaves that is never stopped; it is trained once for all who ask. */
function wholeOf(changes: Partial<TrainOptions> = {}): Promise<Record<string, unknown>> {
  const key = JSON.stringify(changes);
  const made = wholes.get(key) ?? trainedWhole(`whole ${wholes.size}`, changes);
  wholes.set(key, made);
  return made;
}

async function trainedWhole(
  name: string,
  changes: Partial<TrainOptions>,
): Promise<Record<string, unknown>> {
  await train({ ...options, ...changes, out: at(name) });
  return filesOf(name);
}

describe("a run that is stopped", () => {
  test.each(Object.entries(cases))("%s", async (name, { options: changes, stops, best }) => {
    const all = { ...options, ...changes };
    const out = at(name);
    let kept = 0;
    for (const [index, step] of stops.entries()) {
      const evaluations: EvaluationResult[] = [];
      const hooks = stopping(step, { onEvaluation: (result) => evaluations.push(result) });
      const result = await train(index === 0 ? { ...all, out } : { out, resume: true }, hooks);
      const last = evaluations.at(-1) as EvaluationResult;
      expect(result).toMatchObject({ reason: "interrupted", steps: step });
      expect(last.step).toBe(step);
      kept = evaluations.findLast(({ atStop, isBest }) => isBest && !atStop)?.step ?? kept;
      expect(result.bestStep).toBe(last.isBest ? step : kept);
      const { training } = JSON.parse(readFileSync(join(out, "config.json"), "utf8"));
      expect(training.steps).toBe(result.bestStep);
    }
    expect(await translates(name)).toBe(true);
    expect(JSON.parse(readFileSync(join(out, "config.json"), "utf8")).training.steps).toBe(best);
    await train({ out, resume: true });
    expect(await filesOf(name)).toEqual(await wholeOf(changes));
  });
});

describe("a run that reaches a limit between two evaluations", () => {
  test.each<[string, Partial<TrainOptions>]>([
    ["steps", { steps: 7 }],
    ["minutes", { steps: undefined, minutes: 0.16 }],
    ["epochs", { steps: undefined, epochs: 2 }],
  ])("of %s is evaluated, and goes on to the same bits", async (name, limit) => {
    let seconds = 0;
    const result = await train(
      { ...options, ...limit, out: at(name) },
      { clock: () => 1000 * seconds++ },
    );
    expect(result.reason).toBe("limit");
    expect(result.steps % 5).not.toBe(0);
    expect(result.bestStep).toBe(result.steps);
    expect(await translates(name)).toBe(true);
    // A limit that is reached already changes nothing.
    const before = await filesOf(name);
    expect(await train({ out: at(name), resume: true })).toMatchObject({ bestStep: result.steps });
    expect(await filesOf(name)).toEqual(before);
    await train({ out: at(name), resume: true, steps: 12 });
    expect(await filesOf(name)).toEqual(await wholeOf());
  });
});

describe("a stop that is killed while it writes the model", () => {
  const model = ["model.safetensors", "config.json"];
  const stopped = at("stopped");

  beforeAll(async () => {
    await train({ ...options, out: stopped }, stopping(7));
    await train({ ...options, steps: 5, out: at("kept") });
  });

  /** A copy of the stopped run with some files as they were before the stop. */
  function copyOf(name: string, ofKept: readonly string[], missing: readonly string[]): string {
    cpSync(stopped, at(name), { recursive: true });
    for (const file of ofKept) cpSync(at("kept", file), at(name, file));
    for (const file of missing) rmSync(at(name, "training", file));
    return at(name);
  }

  test.each([
    ["before the first copy", model, ["best.safetensors", "best.json"]],
    ["between the copies", model, ["best.json"]],
    ["before it is replaced", model, []],
    ["between the weights and their configuration", ["config.json"], []],
    ["at the end", [], []],
  ])("%s leaves a model, and goes on to the same bits", async (name, ofKept, missing) => {
    const out = copyOf(name, ofKept, missing);
    expect(await translates(name)).toBe(true);
    await train({ out, resume: true });
    expect(await filesOf(name)).toEqual(await wholeOf());
  });

  test("also if it is killed while the kept model is put back", async () => {
    // First the weights are put back, then the configuration; the copies are removed in the other order.
    const halves = copyOf("putting", ["model.safetensors"], []);
    const over = copyOf("put", model, ["best.json"]);
    for (const out of [halves, over]) await train({ out, resume: true });
    expect(await filesOf("putting")).toEqual(await wholeOf());
    expect(await filesOf("put")).toEqual(await wholeOf());
  });

  test.each([
    ["altered", "best.safetensors", /training\/best\.safetensors/],
    ["not JSON", "best.json", /training\/best\.json/],
  ])("a kept model that was %s is named", async (name, file, says) => {
    const out = copyOf(name, [], []);
    const path = join(out, "training", file);
    const bytes = readFileSync(path);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 64;
    writeFileSync(path, file === "best.json" ? "{" : bytes);
    const error = await train({ out, resume: true }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(says);
  });
});
