/** Training on files of features as a user does it: rows of numbers that spell a word. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EncodedCorpus } from "../src/data/encodedCorpus.ts";
import { FeatureStore } from "../src/data/featureStore.ts";
import { openBytes } from "../src/files/nodeRandomAccess.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { Random } from "../src/tensor/random.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import type { EvaluationResult } from "../src/training/run/events.ts";
import { npyOf } from "./support/featureFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-feature-training-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcde";
const random = new Random(7);

/** A row for each letter: 1 at its place and a little noise everywhere. */
const rowsOf = (word: string): number[][] =>
  Array.from(word, (letter) =>
    Array.from(letters, (other) => (other === letter ? 1 : 0) + 0.1 * random.normal()),
  );

function writeTable(name: string, count: number): void {
  const lines: string[] = [];
  for (let number = 0; number < count; number++) {
    const length = 1 + random.integer(4);
    const word = Array.from({ length }, () => letters[random.integer(5)]).join("");
    const file = `arrays/${name}${number}.npy`;
    writeFileSync(at(file), npyOf(rowsOf(word)));
    lines.push(`${file}\t${word}`);
  }
  // A second pair of the first file, as pictures have more than one caption.
  writeFileSync(at(`${name}.tsv`), [...lines, lines[0], ""].join("\n"));
}

const options = (out: string, steps: number): TrainOptions => ({
  data: { kind: "table", path: at("train.tsv"), columns: ["1", "2"] },
  dev: { kind: "table", path: at("dev.tsv"), columns: ["1", "2"] },
  watch: { kind: "table", path: at("dev.tsv"), columns: ["1", "2"] },
  out: at(out),
  preset: "xu2015",
  tokenizer: "char",
  batch: 16,
  seed: 2,
  threads: 1,
  steps,
  learningRate: 0.01,
  schedule: "plateau",
  keepBest: "perplexity",
  evaluateEvery: 60,
  average: 0.5,
  maxLength: 6,
  model: { hidden: 32, embedding: 16, dropout: 0.1 },
});

beforeAll(() => {
  mkdirSync(at("arrays"));
  writeTable("train", 200);
  writeTable("dev", 20);
});

test("a model learns to spell what the rows show, and shows where it looks", async () => {
  const log: string[] = [];
  const scores: (number | null)[] = [];
  const result = await train(options("model", 240), {
    log: (line) => log.push(line),
    onEvaluation: ({ devPerplexity }) => scores.push(devPerplexity),
  });
  expect(scores).toHaveLength(4);
  expect(scores.at(-1)).toBeLessThan(1.5);
  expect(result.steps).toBe(240);
  expect(log.join("\n")).toContain("200 files of 5 numbers a row");
  const model = await Seq2Seq.load(at("model"), { threads: 1 });
  expect(model.sizes).toMatchObject({ sourceFeatures: 5, sourceVocabulary: 10 });
  writeFileSync(at("new.npy"), npyOf(rowsOf("ade")));
  const [best] = await model.translate(await model.readSource(at("new.npy")), { beam: 3 });
  expect(best?.text).toBe("ade");
  const looked = best?.attention?.slice(0, 3).map((row) => row.indexOf(Math.max(...row)));
  expect(looked).toEqual([0, 1, 2]);
  await model.release();
  const [watched] = readFileSync(at("model/training/watched.jsonl"), "utf8").split("\n");
  expect(JSON.parse(watched as string)).toMatchObject({ source: "arrays/dev0.npy" });
}, 120_000);

test("a run that is stopped and goes on gives the same bits, also on the model's own words", async () => {
  const weights = (name: string): Buffer => readFileSync(join(at(name), "model.safetensors"));
  for (const [name, more] of [
    ["true", {}],
    ["own", { scheduledSampling: "linear:10", keepCheckpoints: 1 }],
  ] as const) {
    const [whole, part] = [`${name}-whole`, `${name}-part`];
    await train({ ...options(whole, 20), ...more });
    await train({ ...options(part, 9), ...more });
    await train({ out: at(part), resume: true, steps: 20 });
    expect(weights(part).equals(weights(whole)), name).toBe(true);
  }
  expect(weights("own-whole").equals(weights("true-whole"))).toBe(false);
}, 120_000);

test("pairs of one file share its rows, which are read only when they are wanted", () => {
  const path = (name: string): string => join(at("model"), "training", name);
  const corpus = EncodedCorpus.open(
    openBytes(path("train.ids")),
    FeatureStore.open(openBytes(path("train.features"))),
  );
  const pairs = corpus.read(Array.from({ length: corpus.blocks }, (_, block) => block));
  const [first, last] = [pairs[0], pairs.at(-1)];
  expect(pairs).toHaveLength(201);
  expect(first?.source.features).toHaveLength((first?.source.length as number) * 5);
  expect(last?.source.features).toEqual(first?.source.features);
  expect(Array.from(first?.source ?? []).slice(0, 1)).toEqual([4]);
  corpus.close();
});

test("a model can start from another, but only on rows of the same size", async () => {
  const { preset: _, tokenizer: __, model: ___, ...rest } = options("more", 2);
  // The dev set's BLEU needs its files again; of letters, as all targets are single words.
  const best = { keepBest: "bleu", bleuTokenizer: "char" } as const;
  const how = { from: at("model"), evaluateEvery: 2, ...best };
  const scores: (number | null)[] = [];
  const onEvaluation = ({ devBleu }: EvaluationResult) => scores.push(devBleu);
  const result = await train({ ...rest, ...how }, { onEvaluation });
  expect(result.devPerplexity).toBeLessThan(1.6);
  expect(scores).toEqual([expect.any(Number)]);
  const log: string[] = [];
  writeFileSync(at("arrays/long.npy"), npyOf(rowsOf("abcdeab")));
  writeFileSync(at("long.tsv"), "arrays/long.npy\tabc\narrays/train0.npy\ta\n");
  const long = { kind: "table", path: at("long.tsv"), columns: ["1", "2"] } as const;
  const longer = { ...rest, data: long, out: at("long"), from: at("model"), maxLength: 100 };
  await train(longer, { log: (line) => log.push(line) });
  expect(log.join("\n")).toContain("1 source longer than 6 tokens (line 1)");
  writeFileSync(at("arrays/wide.npy"), npyOf([[1, 2]]));
  writeFileSync(at("wide.tsv"), "arrays/wide.npy\ta\n");
  const wide = { kind: "table", path: at("wide.tsv"), columns: ["1", "2"] } as const;
  const { dev: ____, ...alone } = rest;
  await expect(train({ ...alone, data: wide, out: at("wide"), from: at("model") })).rejects.toThrow(
    "line 1: arrays/wide.npy has rows of 2 numbers where the model has 5; make all files alike.",
  );
}, 60_000);

test.each([
  ["arrays/none.npy\ta", /bad\.tsv: line 1: .*arrays\/none\.npy.*does not exist/],
  ["arrays/train0.npy\ta\narrays/two.npy\ta", /bad\.tsv: line 2: arrays\/two\.npy has rows of 2/],
  ["arrays/text.npy\ta", /bad\.tsv: line 1: arrays\/text\.npy: this is not a file of features/],
  ["\ta", /no pair is left/],
])("a mistake in the table is named with its line: %j", async (lines, message) => {
  writeFileSync(at("arrays/two.npy"), npyOf([[1, 2]]));
  writeFileSync(at("arrays/text.npy"), "hello");
  writeFileSync(at("bad.tsv"), `${lines}\n`);
  const { dev: _, watch: __, ...rest } = options("bad", 2);
  const data = { kind: "table", path: at("bad.tsv"), columns: ["1", "2"] } as const;
  const failing = train({ ...rest, data });
  await expect(failing).rejects.toThrow(message);
  expect(() => readFileSync(at("bad/training/train.features.partial"))).toThrow("ENOENT");
});
