/** Runs in memory, in Node: the same numbers as in a folder, and what is refused. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeRuntime } from "../../runtime/node.ts";
import { UserError } from "../../tensor/errors.ts";
import { folderStorage } from "../node/folderStorage.ts";
import { train } from "../node/train.ts";
import { readCheckpoint } from "../storage/checkpoint.ts";
import { readModel } from "../storage/model.ts";
import type { MemoryTrainOptions } from "./memoryRun.ts";
import { MemoryTraining } from "./memoryRun.ts";
import { MemoryStorage } from "./memoryStorage.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-memory-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
const pairs = Array.from({ length: 60 }, (_, index) => {
  const words = Array.from({ length: 2 + (index % 3) }, (_, at) => letters[(index * (at + 3)) % 8]);
  return { source: words.join(" "), target: words.toReversed().join(" ") };
});
const options: MemoryTrainOptions = {
  data: pairs,
  dev: pairs.slice(0, 20),
  watch: pairs.slice(3, 9),
  keepBest: "bleu",
  keepCheckpoints: 2,
  model: { hidden: 8, embedding: 8 },
  tokenizer: "word:30",
  average: 0.9,
  batch: 16,
  steps: 12,
  evaluateEvery: 4,
  seed: 5,
};
const runtime = nodeRuntime({ threads: 1 });
const whole = new MemoryTraining();
beforeAll(() => whole.train(options, runtime), 60_000);

const withoutSeconds = (bytes: Uint8Array | undefined): string =>
  Buffer.from(bytes as Uint8Array)
    .toString("latin1")
    .replace(/"seconds":\s*[\d.]+/g, "");
const kept = [
  "model.safetensors",
  "config.json",
  "training/metrics.jsonl",
  "training/watched.jsonl",
];

test("a run in memory has the files of one in a folder, to the same bits", async () => {
  const out = join(folder, "run");
  const table = (name: string, of: typeof pairs) => {
    const path = join(folder, name);
    writeFileSync(path, of.map(({ source, target }) => `${source}\t${target}\n`).join(""));
    return { kind: "table", path, columns: ["1", "2"] } as const;
  };
  const { data, dev, watch, from: _, ...others } = options;
  await train({
    ...others,
    data: table("data", pairs),
    dev: table("dev", pairs.slice(0, 20)),
    watch: table("watch", pairs.slice(3, 9)),
    out,
    threads: 1,
  });
  const same = [
    ...kept,
    "source.tokenizer.json",
    "target.tokenizer.json",
    "training/train.ids",
    "training/dev.ids",
    "training/dev.pairs.jsonl",
    "training/checkpoints/step-00000008/model.safetensors",
  ];
  for (const file of same) {
    expect(withoutSeconds(whole.files.get(file)), file).toBe(
      withoutSeconds(readFileSync(join(out, file))),
    );
  }
  const [inMemory, onDisk] = await Promise.all(
    [new MemoryStorage(whole.files), folderStorage(out)].map(readCheckpoint),
  );
  expect(inMemory?.tensors).toEqual(onDisk?.tensors);
  expect([...whole.files.keys()].filter((file) => file.includes("checkpoints/step-"))).toHaveLength(
    8,
  );
});

test("a run from a model in memory is one from that model's folder, to the same bits", async () => {
  const from = join(folder, "start");
  mkdirSync(from);
  const files = new Map([...whole.files].filter(([path]) => !path.includes("/")));
  for (const [name, bytes] of files) writeFileSync(join(from, name), bytes);
  const others = { steps: 3, batch: 8, seed: 2, optimizer: "sgd", learningRate: 0.1 } as const;
  const inMemory = new MemoryTraining();
  await inMemory.train({ ...others, data: pairs, dev: false, from: files }, runtime);
  const path = join(folder, "pairs");
  writeFileSync(path, pairs.map(({ source, target }) => `${source}\t${target}\n`).join(""));
  const data = { kind: "table", path, columns: ["1", "2"] } as const;
  const out = join(folder, "further");
  await train({ ...others, data, dev: false, from, out, threads: 1 });
  expect(inMemory.files.get("model.safetensors")?.slice()).toEqual(
    Uint8Array.from(readFileSync(join(out, "model.safetensors"))),
  );
  expect(inMemory.files.get("source.tokenizer.json")).toEqual(
    whole.files.get("source.tokenizer.json"),
  );
  await inMemory.resume({ steps: 4 }, runtime);
  const frozen = new MemoryTraining();
  const fixed = { dev: false, freezeEmbeddings: true } as const;
  await frozen.train({ ...others, ...fixed, data: pairs, from: files }, runtime);
  const [before, after] = await Promise.all(
    [whole, frozen].map(async (run) => (await readModel(new MemoryStorage(run.files))).weights),
  );
  expect(after?.get("source_embedding")).toEqual(before?.get("source_embedding"));
  expect(after?.get("decoder.0.bias")).not.toEqual(before?.get("decoder.0.bias_ih"));
});

test("a run that was stopped goes on from its files to the same bits", async () => {
  const begun = new MemoryTraining();
  const stop = new AbortController();
  const result = await begun.train(options, runtime, {
    signal: stop.signal,
    onProgress: ({ step }) => step === 6 && stop.abort(),
  });
  expect(result).toMatchObject({ reason: "interrupted", steps: 6 });
  const model = await readModel(new MemoryStorage(begun.files));
  expect(model.summary?.steps).toBe(result.bestStep);
  const resumed = new MemoryTraining(begun.files);
  expect(await resumed.resume({}, runtime)).toMatchObject({ reason: "limit", steps: 12 });
  for (const file of kept) {
    expect(withoutSeconds(resumed.files.get(file)), file).toBe(
      withoutSeconds(whole.files.get(file)),
    );
  }
});

test("a file that was altered is named", async () => {
  const files = new Map(whole.files);
  files.set("training/train.ids", Uint8Array.of(1, 2, 3));
  await expect(new MemoryTraining(files).resume({ steps: 13 }, runtime)).rejects.toThrow(
    /^training\/train\.ids: it was cut short after the run wrote it/,
  );
});

test("what cannot be done in memory is refused in a sentence", async () => {
  const refused = async (run: Promise<unknown>, says: RegExp): Promise<void> => {
    const error = await run.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(says);
  };
  const empty = () => new MemoryTraining();
  await refused(whole.train(options, runtime), /^The run has begun already/);
  await refused(empty().resume({}, runtime), /^There is no run in memory/);
  await refused(empty().train({ ...options, data: [] }, runtime), /^data: there are no pairs/);
  const wrong = { ...options, guidedAlignment: "links" };
  await refused(empty().train(wrong, runtime), /^guidedAlignment: a run in memory has no such/);
  const features = { ...options, model: { sourceInput: "features" } as const };
  await refused(empty().train(features, runtime), /trained on texts/);
  const from = new Map([...whole.files].filter(([path]) => path !== "config.json"));
  await refused(
    empty().train({ data: pairs, steps: 1, from }, runtime),
    /^config\.json: it is not among the files of the model/,
  );
  const failing = empty();
  await refused(failing.train({ ...options, tokenizer: "wrong" }, runtime), /tokenizer/);
  expect([...failing.files]).toEqual([]);
  await failing.train({ ...options, steps: 1 }, runtime);
  expect(failing.files.has("model.safetensors")).toBe(true);
});

test("a resumed run keeps its new limits, however often it is stopped", async () => {
  const run = new MemoryTraining();
  await run.train({ ...options, steps: 2 }, runtime);
  const stopping = new AbortController();
  const stopped = await run.resume({ steps: 6 }, runtime, {
    signal: stopping.signal,
    onProgress: ({ step }) => {
      if (step === 4) stopping.abort();
    },
  });
  expect(stopped).toMatchObject({ steps: 4, reason: "interrupted" });
  const moved = new MemoryTraining(run.files);
  expect(await moved.resume({}, runtime)).toMatchObject({ steps: 6, reason: "limit" });
  expect(await moved.resume({}, runtime)).toMatchObject({ steps: 6, reason: "limit" });
  moved.files.get("training/limits.json")?.set(new TextEncoder().encode('{"steps":-'));
  await expect(moved.resume({}, runtime)).rejects.toThrow(/limits\.json/);
});

test("before its first update the running average is the weights", async () => {
  const perplexities = async (average: number): Promise<(number | null)[]> => {
    const found: (number | null)[] = [];
    const onEvaluation = (result: { devPerplexity: number | null }): void => {
      found.push(result.devPerplexity);
    };
    await new MemoryTraining().train({ ...options, average }, runtime, { onEvaluation });
    return found;
  };
  const averaged = await perplexities(0.9);
  expect(averaged).toHaveLength(3);
  expect(averaged).toEqual(await perplexities(0));
});

test("texts that are all very long are sampled at an evaluation too", async () => {
  const word = "abcdefgh".repeat(8);
  const long = pairs.map(({ source, target }) => ({
    source: `${source} ${Array(7).fill(word).join(" ")}`,
    target,
  }));
  const samples: number[] = [];
  await new MemoryTraining().train(
    { ...options, keepBest: "none", data: long, dev: long.slice(0, 20), steps: 4 },
    runtime,
    { onEvaluation: ({ sample }) => samples.push(sample?.score.pairs ?? 0) },
  );
  expect(samples).toEqual([20]);
});
