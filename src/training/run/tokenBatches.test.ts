/** A run whose batches are limited by their tokens: an epoch may have more batches than the one before. */
import { beforeAll, expect, test } from "vitest";
import { pairsPerBlock } from "../../data/corpusFile.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { Random } from "../../tensor/random.ts";
import type { MemoryTrainOptions } from "../memory/memoryRun.ts";
import { MemoryTraining } from "../memory/memoryRun.ts";
import { MemoryStorage } from "../memory/memoryStorage.ts";
import { readCheckpoint } from "../storage/checkpoint.ts";

const runtime = nodeRuntime({ threads: 1 });

const random = new Random(7);
/** Short words, and in every second block also long ones: how many batches pairs fill depends on which blocks come together. */
const pairs = Array.from({ length: 4 * pairsPerBlock + 4 }, (_, index) => {
  const isLong = random.integer(100) < (Math.floor(index / pairsPerBlock) % 2 ? 30 : 2);
  const length = isLong ? 6 + random.integer(4) : 1 + random.integer(3);
  const letters = Array.from({ length }, () => "abcdef"[random.integer(6)]);
  return { source: letters.join(""), target: letters.toReversed().join("") };
});
const options: MemoryTrainOptions = {
  data: pairs,
  dev: pairs.slice(0, 10),
  model: { hidden: 4, embedding: 4 },
  tokenizer: "char",
  batchTokens: 8,
  evaluateEvery: "epoch",
  steps: 275,
  seed: 1,
};

/** The epoch of each step of the whole run. */
const epochs: number[] = [];
const whole = new MemoryTraining();
beforeAll(async () => {
  await whole.train(options, runtime, { onProgress: ({ epoch }) => epochs.push(epoch) });
}, 60_000);

/** All numbers of a run, and what its evaluations found. */
async function resultOf({ files }: MemoryTraining): Promise<object> {
  const { tensors, state } = await readCheckpoint(new MemoryStorage(files));
  const metrics = new TextDecoder().decode(files.get("training/metrics.jsonl"));
  return {
    tensors,
    state: { ...state, seconds: 0, evaluatedAt: 0, evaluationSeconds: 0 },
    metrics: metrics.replace(/"seconds":[\d.]+/g, ""),
  };
}

test("the second epoch has more batches than the first", () => {
  const [first, second] = [0, 1].map((epoch) => epochs.filter((each) => each === epoch).length);
  expect(second).toBeGreaterThan(first as number);
});

test("a run that is stopped around the end of such an epoch goes on to the same bits", async () => {
  const last = epochs.lastIndexOf(1) + 1;
  const expected = await resultOf(whole);
  let files: MemoryTraining["files"] | null = null;
  for (const step of [last - 1, last, last + 1]) {
    const run: MemoryTraining = new MemoryTraining(files ?? []);
    const stop = new AbortController();
    const hooks = {
      signal: stop.signal,
      onProgress: (progress: { step: number }) => progress.step === step && stop.abort(),
    };
    const { reason, steps } = await (files
      ? run.resume({}, runtime, hooks)
      : run.train(options, runtime, hooks));
    expect([reason, steps]).toEqual(["interrupted", step]);
    files = new Map(run.files);
    const resumed = new MemoryTraining(files);
    await resumed.resume({}, runtime);
    expect(await resultOf(resumed), `stopped at step ${step}`).toEqual(expected);
  }
}, 60_000);
