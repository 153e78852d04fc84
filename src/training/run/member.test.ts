/** @file Runs of several ranks, within one process: what MPI carries elsewhere lies in queues here. */

import { expect, test } from "vitest";
import { ranksInMemory } from "../../../test/support/ranksInMemory.ts";
import { pairsInMemory } from "../../data/pairs.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { MemoryStorage } from "../memory/memoryStorage.ts";
import type { TrainOptions } from "../plan/options.ts";
import { plan } from "../plan/plan.ts";
import { runFiles } from "../storage/runStorage.ts";
import { resumedPlan } from "../storage/storedOptions.ts";
import type { EvaluationResult, RunResult, TrainHooks } from "./events.ts";
import { workForRun } from "./member.ts";
import type { Run } from "./runParts.ts";
import { runTraining } from "./trainer.ts";

const runtime = nodeRuntime({ threads: 1 });
const words = ["one", "two", "three", "four", "five", "six"];
const pair = (index: number) => {
  const own = Array.from({ length: 1 + (index % 4) }, (_, at) => words[(index + at) % 6] as string);
  return { source: own.join(" "), target: own.toReversed().join(" ") };
};
const data = Array.from({ length: 45 }, (_, index) => pair(index));
const dev = Array.from({ length: 9 }, (_, index) => pair(index * 5));
const table = { kind: "table", path: "pairs", columns: ["1", "2"] } as const;

const options: TrainOptions = {
  out: "",
  data: table,
  dev: table,
  tokenizer: "word:100",
  model: { hidden: 10, embedding: 6, dropout: 0.25 },
  learningRate: 0.01,
  batch: 10,
  average: 0.9,
  evaluateEvery: 6,
  keepBest: "bleu",
  steps: 18,
};

interface Team {
  readonly ranks: number;
  readonly storage?: MemoryStorage;
  readonly hooks?: TrainHooks;
}

/** Trains with several ranks; returns the checkpoint and what evaluations found. */
async function trainTogether(
  changes: Partial<TrainOptions>,
  { ranks: count, storage = new MemoryStorage(), hooks = {} }: Team,
) {
  const isNew = !storage.has(runFiles.options);
  const planned = isNew
    ? plan({ ...options, ...changes } as TrainOptions)
    : await resumedPlan(storage, {});
  const pairs = (name: string, given: typeof data) => ({
    ...pairsInMemory(given, name),
    features: null,
  });
  const sources = { data: [pairs("data", data)], dev: pairs("dev", dev), watch: null };
  const run: Run = {
    plan: planned,
    storage,
    sources: { ...sources, alignments: null },
    runtime,
    beginning: isNew ? { tokenizers: null } : null,
  };
  const evaluations: EvaluationResult[] = [];
  const results = await Promise.all(
    ranksInMemory(count).map(async (ranks): Promise<RunResult | null> => {
      if (ranks.rank > 0) return workForRun(ranks, () => runtime);
      const onEvaluation = (found: EvaluationResult) => evaluations.push(found);
      const result = await runTraining({ ...run, ranks }, { ...hooks, onEvaluation });
      for (let rank = 1; rank < count; rank++) await ranks.send(rank, { kind: "end", result });
      return result;
    }),
  );
  expect(results).toEqual(results.map(() => results[0]));
  const checkpoint = Buffer.from(await storage.read(runFiles.checkpoint));
  const found = evaluations.map(({ seconds: _, ...each }) => each);
  return { numbers: numbersOf(checkpoint), found, storage };
}

/** The numbers of a checkpoint, without its state, which has seconds. */
function numbersOf(checkpoint: Buffer): string {
  const header = Number(checkpoint.readBigUInt64LE(0));
  return checkpoint.subarray(8 + header).toString("base64");
}

test("4 shards give the same weights, moments, averages and evaluations on 1, 2 and 4 ranks", async () => {
  const one = await trainTogether({ shards: 4 }, { ranks: 1 });
  for (const ranks of [2, 4]) {
    const { numbers, found } = await trainTogether({ shards: 4 }, { ranks });
    expect(numbers === one.numbers, `${ranks} ranks`).toBe(true);
    expect(found).toEqual(one.found);
  }
  const [first, last] = [one.found[0], one.found.at(-1)] as [EvaluationResult, EvaluationResult];
  expect(last.devPerplexity).toBeLessThan(first.devPerplexity as number);
});

test("so do 6 shards on 3 ranks, scheduled sampling, and batches with fewer pairs than shards", async () => {
  const changes = { shards: 6, batch: 5, scheduledSampling: "linear:30", steps: 12 };
  const one = await trainTogether(changes, { ranks: 1 });
  const three = await trainTogether(changes, { ranks: 3 });
  expect(three.numbers === one.numbers).toBe(true);
  expect(three.found).toEqual(one.found);
});

test("other shards draw other dropout masks, so the number of shards is part of the training", async () => {
  const one = await trainTogether({ shards: 1, steps: 2 }, { ranks: 1 });
  const two = await trainTogether({ shards: 2, steps: 2 }, { ranks: 1 });
  expect(two.numbers === one.numbers).toBe(false);
});

test("the gradients of accumulated batches and of shards are those of one large batch", async () => {
  const without = {
    model: { hidden: 10, embedding: 6, dropout: 0 },
    average: 0,
    steps: 3,
    clip: 0,
  };
  const weights = async (changes: Partial<TrainOptions>) => {
    const { numbers } = await trainTogether(
      { ...without, optimizer: "sgd", ...changes },
      { ranks: 1 },
    );
    return new Float32Array(new Uint8Array(Buffer.from(numbers, "base64")).buffer);
  };
  // One batch is the whole corpus, so that all runs see the same pairs in a step.
  const large = await weights({ batch: 45 });
  for (const changes of [
    { batch: 45, shards: 4 },
    { batch: 10, accumulate: 5 },
  ]) {
    const shared = await weights(changes);
    expect(shared.length).toBe(large.length);
    const differences = shared.map((each, index) => Math.abs(each - (large[index] as number)));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  }
});

test("a run goes on with another number of ranks as if it had never stopped", async () => {
  const changes = { shards: 2, accumulate: 2 };
  const whole = await trainTogether(changes, { ranks: 1 });
  const stop = new AbortController();
  const onProgress: TrainHooks["onProgress"] = ({ step }) => step === 8 && stop.abort();
  const hooks = { signal: stop.signal, onProgress };
  const { storage, numbers } = await trainTogether(changes, { ranks: 2, hooks });
  expect(numbers === whole.numbers).toBe(false);
  const resumed = await trainTogether({}, { ranks: 1, storage });
  expect(resumed.numbers === whole.numbers).toBe(true);
});
