/** Small runs with the model's own words as inputs, taught links and kept checkpoints. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scoreForced } from "../src/decoding/score.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import { batchFeeds } from "../src/models/batchFeeds.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { averageModels } from "../src/training/node/averageModels.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import { ScheduledSampling } from "../src/training/step/scheduledSampling.ts";
import { withModel } from "./support/randomModel.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-extras-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
const lines = Array.from({ length: 120 }, (_, index) => {
  const words = Array.from({ length: 2 + (index % 4) }, (_, at) => letters[(index * (at + 3)) % 8]);
  return { words, links: words.map((_, at) => `${at}-${words.length - 1 - at}`) };
});
const reversed = lines.map(({ words }) => `${words.join(" ")}\t${words.toReversed().join(" ")}\n`);
writeFileSync(at("pairs.tsv"), reversed.join(""));
writeFileSync(at("links.txt"), lines.map(({ links }) => `${links.join(" ")}\n`).join(""));

const data = { kind: "table", path: at("pairs.tsv"), columns: ["1", "2"] } as const;
const options: Omit<TrainOptions, "out"> = {
  data,
  dev: data,
  preset: "luong2015",
  model: { hidden: 16, embedding: 8 },
  tokenizer: "word:30",
  batch: 16,
  schedule: "plateau",
  keepBest: "perplexity",
  steps: 12,
  evaluateEvery: 3,
  threads: 1,
  seed: 5,
  learningRate: 0.02,
};
const checkpoints = (run: string): string[] =>
  readdirSync(at(run, "training", "checkpoints")).sort();
const weights = (run: string, step: number): Buffer => {
  const name = `step-${String(step).padStart(8, "0")}`;
  return readFileSync(at(run, "training", "checkpoints", name, "model.safetensors"));
};

test.each<[string, Partial<TrainOptions>]>([
  ["scheduled sampling", { scheduledSampling: "linear:10" }],
  ["guided alignment", { guidedAlignment: at("links.txt"), guidedAlignmentWeight: 0.5 }],
])(
  "a run with %s that was stopped goes on bit for bit, and differs from one without",
  async (name, extra) => {
    const [whole, parts, plain] = ["whole", "parts", "plain"].map((run) => `${name} ${run}`) as [
      string,
      string,
      string,
    ];
    const kept = { ...options, keepCheckpoints: 2 };
    await train({ ...kept, ...extra, out: at(whole) });
    await train({ ...kept, ...extra, out: at(parts), steps: 6 });
    await train({ out: at(parts), resume: true, steps: 12 });
    await train({ ...kept, out: at(plain) });
    expect(checkpoints(whole)).toEqual(["step-00000009", "step-00000012"]);
    expect(checkpoints(parts)).toEqual(checkpoints(whole));
    expect(weights(parts, 12).equals(weights(whole, 12))).toBe(true);
    expect(weights(plain, 12).equals(weights(whole, 12))).toBe(false);
  },
);

test("kept checkpoints are models, and can be averaged", async () => {
  await train({ ...options, out: at("kept"), keepCheckpoints: 2 });
  const folders = checkpoints("kept").map((name) => at("kept", "training", "checkpoints", name));
  const runtime = nodeRuntime({ threads: 1 });
  await averageModels(runtime, folders, at("mean"));
  expect((await readModel(at("mean"))).summary).toMatchObject({ steps: 12 });
  const model = await Seq2Seq.load(at("mean"), { threads: 1 });
  expect(await model.translate("a b c")).toHaveLength(1);
  await model.release();
});

test("without being asked for it, no checkpoint is kept", async () => {
  await train({ ...options, out: at("none"), steps: 3 });
  expect(existsSync(at("none", "training", "checkpoints"))).toBe(false);
});

test("attention that is taught links follows them sooner", async () => {
  const errors: number[] = [];
  for (const [run, extra] of [
    ["untaught", {}],
    ["taught", { guidedAlignment: at("links.txt"), guidedAlignmentWeight: 1 }],
  ] as const) {
    await train({ ...options, ...extra, out: at(run), steps: 90, evaluateEvery: 90 });
    const model = await Seq2Seq.load(at(run), { threads: 1 });
    const pairs = reversed.slice(0, 40).map((line) => {
      const [source = "", target = ""] = line.trim().split("\t");
      return { source, target };
    });
    const scores = await model.score(pairs);
    const wrong = scores.flatMap(({ alignment }, index) => {
      const right = new Set(lines[index]?.links);
      return (alignment ?? []).filter((link) => !right.has(link.join("-")));
    });
    errors.push(wrong.length);
    await model.release();
  }
  const [untaught, taught] = errors as [number, number];
  expect(taught).toBeLessThan(untaught / 2);
});

test("links for a model without attention are refused before any work", async () => {
  const run = train({
    ...options,
    out: at("refused"),
    preset: "sutskever2014",
    guidedAlignment: at("links.txt"),
  });
  await expect(run).rejects.toThrow(
    /guidedAlignment: .*: a model without attention aligns nothing/,
  );
  expect(existsSync(at("refused"))).toBe(false);
});

test("the words that are mixed in are drawn as the model would say them", async () => {
  await withModel("luong2015", { hidden: 16 }, async (model) => {
    const decay = { kind: "linear", steps: 1, least: 0 } as const;
    const sampling = await ScheduledSampling.create(
      nodeRuntime({ threads: 1 }),
      model.sizes,
      decay,
      3,
    );
    const pair = { source: [5, 9, 7], target: [8, 6] };
    const copies = 700;
    const { values } = batchFeeds(Array(copies).fill(pair), false);
    expect(await sampling.mix(values, model.weights, { step: 1, shard: 0 })).toEqual(values);
    const mixed = (await sampling.mix(values, model.weights, { step: 2, shard: 0 }))["target_in"];
    const row = (time: number): number[] =>
      Array.from(mixed?.data.slice(time * copies, (time + 1) * copies) as Int32Array, Number);
    expect(new Set(row(0))).toEqual(new Set([2]));
    const words = [1, ...Array.from({ length: 26 }, (_, index) => 4 + index)];
    for (const [time, before] of [
      [1, []],
      [2, [8]],
    ] as const) {
      const scores = await scoreForced(
        model.inference,
        words.map((word) => ({ source: pair.source, target: [...before, word] })),
      );
      const drawn = row(time);
      let rest = 1;
      words.forEach((word, index) => {
        const share = Math.exp(scores[index]?.logProbabilities[before.length] as number);
        rest -= share;
        // The true token also stays where an end or a start would have been drawn.
        if (word === pair.target[time - 1]) return;
        const count = drawn.filter((each) => each === word).length;
        const tolerance = 4.5 * Math.sqrt(copies * share * (1 - share)) + 1;
        expect(Math.abs(count - copies * share), `${word}`).toBeLessThan(tolerance);
      });
      expect(rest).toBeGreaterThan(0);
      expect(drawn.some((word) => [0, 2, 3].includes(word))).toBe(false);
    }
    await sampling.release();
  });
});
