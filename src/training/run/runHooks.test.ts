/** Hooks that look at a run: when they are called, and that nothing of the run depends on them. */
import { expect, test } from "vitest";
import { labRuntime, numbersOfRun, reversedWords } from "../../../test/support/labRuns.ts";
import type { MemoryTrainOptions } from "../memory/memoryRun.ts";
import { MemoryTraining } from "../memory/memoryRun.ts";
import type { RunHooks, RunView } from "./runHooks.ts";

const options: MemoryTrainOptions = {
  data: reversedWords(60),
  dev: reversedWords(20, 2),
  tokenizer: "char",
  model: { hidden: 8, embedding: 8, layers: 1, dropout: 0.2 },
  batch: 16,
  learningRate: 0.01,
  schedule: "plateau:0.5:1",
  evaluateEvery: 3,
  average: 0.9,
  seed: 5,
  steps: 9,
};

async function trained(hooks: RunHooks = {}, changes: Partial<MemoryTrainOptions> = {}) {
  const run = new MemoryTraining();
  await run.train({ ...options, ...changes }, labRuntime, hooks);
  return run;
}

test("a run waits for its hooks: before the first step, before and after each", async () => {
  const calls: string[] = [];
  const late = async (call: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    calls.push(call);
  };
  await trained(
    {
      begin: ({ state, parts }) => late(`begin ${state.step} ${parts.sizes.hidden}`),
      beforeStep: ({ step, batches }) => late(`before ${step} ${batches[0]?.pairs.length}`),
      afterStep: ({ step, result }) => late(`after ${step} ${result.gradientNorm > 0}`),
      onProgress: ({ step }) => calls.push(`progress ${step}`),
    },
    { steps: 2 },
  );
  expect(calls.map((call) => call.replace(/(before \d) \d+/, "$1"))).toEqual([
    "begin 0 8",
    "before 1",
    "progress 1",
    "after 1 true",
    "before 2",
    "progress 2",
    "after 2 true",
  ]);
});

test("the time of a hook is not that of the run", async () => {
  let now = 0;
  const wait = async (): Promise<void> => {
    now += 5000;
  };
  const seconds: number[] = [];
  await trained(
    {
      clock: () => ++now,
      begin: wait,
      beforeStep: wait,
      afterStep: wait,
      onProgress: (progress) => seconds.push(progress.seconds),
    },
    { steps: 4 },
  );
  expect(seconds).toHaveLength(4);
  expect(Math.max(...seconds)).toBeLessThan(1);
});

test.each([2, 3, 4, 6])("what is saved after step %i goes on to the same bits", async (at) => {
  let view: RunView | null = null;
  let saved = new Map<string, Uint8Array<ArrayBuffer>>();
  const whole = new MemoryTraining();
  await whole.train(options, labRuntime, {
    async begin(begun) {
      view = begun;
    },
    async afterStep({ step }) {
      if (step !== at) return;
      await view?.save();
      saved = new Map(whole.files);
    },
  });
  const resumed = new MemoryTraining(saved);
  await resumed.resume({}, labRuntime);
  expect(await numbersOfRun(resumed.files)).toEqual(await numbersOfRun(whole.files));
  const metrics = (run: MemoryTraining): string =>
    new TextDecoder()
      .decode(run.files.get("training/metrics.jsonl"))
      .replace(/"seconds":[\d.e-]+/g, "");
  expect(metrics(resumed)).toBe(metrics(whole));
  expect(metrics(whole).trim().split("\n")).toHaveLength(3);
  expect(await numbersOfRun(whole.files)).toEqual(await numbersOfRun((await trained()).files));
});

test("an error of a hook ends the run", async () => {
  const enough = new Error("enough");
  const steps: number[] = [];
  const run = trained({
    onProgress: ({ step }) => steps.push(step),
    async afterStep({ step }) {
      if (step === 2) throw enough;
    },
  });
  await expect(run).rejects.toBe(enough);
  expect(steps).toEqual([1, 2]);
});
