import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { heldOutLetters, modelFilesOf, trainLetters } from "../../../test/support/lettersRun.ts";
import { readCard, readModel } from "../../modelFolder/nodeModelFolder.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { MemoryTraining } from "../../training/memory/memoryRun.ts";
import { train } from "../../training/node/train.ts";
import type { LabFiles } from "../messages.ts";
import { downloadFolder, withModelNow } from "./downloadFolder.ts";
import { labRecords } from "./labRecords.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-download-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const card = {
  title: "reverse letters, step 14",
  date: "2026-11-30",
  notes: "",
  minutes: 0.5,
  heldOut: heldOutLetters,
};
let run: MemoryTraining;
let path: string;
beforeAll(async () => {
  run = await trainLetters(14);
  path = unpack(downloadFolder(run.files, card), "run");
}, 120_000);

function unpack(files: LabFiles, name: string): string {
  for (const [file, bytes] of files) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), bytes);
  }
  return join(folder, name);
}

test("its card has a title and held-out examples", async () => {
  const read = await readCard(path);
  expect(read).toMatchObject({ title: card.title, date: card.date, languages: null, minutes: 0.5 });
  expect(read?.examples).toEqual(heldOutLetters.slice(0, 8).map(({ source }) => source));
});

test("the run goes on from the folder as it does in memory, to the same bits", async () => {
  await train({ out: path, resume: true, steps: 20 } as never);
  const inMemory = new MemoryTraining(run.files);
  await inMemory.resume({ steps: 20 }, nodeRuntime({ threads: 1 }));
  const model = await readModel(path);
  expect(model.summary?.steps).toBe(20);
  const other = await readModel(unpack(modelFilesOf(inMemory.files), "memory"));
  expect([...model.weights]).toEqual([...other.weights]);
});

test("a model that the run has kept as the best comes back when the run goes on", async () => {
  const first = await trainLetters(8);
  const now = modelFilesOf((await trainLetters(14)).files);
  const stopped = modelFilesOf(first.files);
  const files = withModelNow(first.files, now, true);
  expect(files.get("model.safetensors")).toBe(now.get("model.safetensors"));
  expect(files.get("training/best.safetensors")).toBe(stopped.get("model.safetensors"));
  const resumed = new MemoryTraining(files);
  await resumed.resume({ steps: 8 }, nodeRuntime({ threads: 1 }));
  expect(resumed.files.get("model.safetensors")).toEqual(stopped.get("model.safetensors"));
  expect(resumed.files.has("training/best.safetensors")).toBe(false);
});

test("a run without a model says so", () => {
  const files = new Map(run.files);
  for (const file of ["model.safetensors", "training/best.json"]) files.delete(file);
  expect(withModelNow(files, new Map(), true).has("training/best.json")).toBe(false);
  expect(() => downloadFolder(files, card)).toThrow(/no model yet/);
});

test("what the lab has seen becomes the records of a training", () => {
  const look = {
    step: 10,
    seconds: 2,
    trainPerplexity: 1.5,
    heldOutPerplexity: 1.75,
    right: 0.25,
    outputs: ["ba", "dc"],
    watched: [],
    moved: [],
  };
  const line = {
    step: 10,
    seconds: 2,
    source: "ab",
    sourceTokens: ["a", "b"],
    targetTokens: ["b", "a"],
    logProbability: -1,
    attention: null,
    translation: "bb",
  };
  const files = labRecords(
    {
      begun: {
        shown: [
          { source: "ab", target: "ba" },
          { source: "cd", target: "dc" },
        ],
        heldOutCount: 8,
        batchesPerEpoch: 4,
      },
      steps: [
        { step: 9, loss: 1, learningRate: 0.01, gradientNorm: 1, partNorms: [], seconds: 1 },
        { step: 12, loss: 1, learningRate: 0.005, gradientNorm: 1, partNorms: [], seconds: 3 },
      ],
      looks: [look, { ...look, step: 20 }],
      lines: [line, { ...line, step: 20 }],
    },
    10,
  );
  const lines = (file: string): unknown[] =>
    new TextDecoder()
      .decode(files.get(file))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  expect(lines("training/metrics.jsonl")).toEqual([
    {
      step: 10,
      epoch: 2,
      seconds: 2,
      trainPerplexity: 1.5,
      devPerplexity: 1.75,
      devBleu: null,
      learningRate: 0.01,
      isBest: true,
    },
  ]);
  expect(lines("training/watched.jsonl")).toEqual([line]);
  expect(lines("training/samples.jsonl")).toEqual([
    {
      step: 10,
      seconds: 2,
      score: { metric: "exact", value: 25, pairs: 8 },
      translations: [
        { source: "ab", reference: "ba", output: "ba" },
        { source: "cd", reference: "dc", output: "dc" },
      ],
    },
  ]);
});
