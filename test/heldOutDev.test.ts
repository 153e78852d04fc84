/** A run without a given dev set: what it holds out of its corpus, and that everything else knows of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CorpusLinks } from "../src/data/corpusLinks.ts";
import { EncodedCorpus } from "../src/data/encodedCorpus.ts";
import { openBytes } from "../src/files/nodeRandomAccess.ts";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { unknownId } from "../src/tensor/specialIds.ts";
import { MemoryTraining } from "../src/training/memory/memoryRun.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import { npyOf } from "./support/featureFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-held-out-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
const pairs = Array.from({ length: 120 }, (_, index) => {
  const words = Array.from({ length: 3 + (index % 4) }, (_, at) => letters[(index * (at + 3)) % 8]);
  const source = `${index} ${words.join(" ")}`;
  return { source, target: source.split(" ").toReversed().join(" "), words: words.length + 1 };
});
const rows = pairs.map(({ source, target }) => `${source}\t${target}\n`);
const table = (name: string) => ({ kind: "table", path: at(name), columns: ["1", "2"] }) as const;
const options: Omit<TrainOptions, "out"> = {
  data: table("pairs.tsv"),
  model: { hidden: 8, embedding: 8 },
  tokenizer: "word:300",
  batch: 16,
  schedule: "constant",
  keepBest: "perplexity",
  learningRate: 0.001,
  steps: 4,
  evaluateEvery: 2,
  threads: 1,
};

beforeAll(() => {
  writeFileSync(at("pairs.tsv"), rows.join(""));
  writeFileSync(at("pairs.tsv.gz"), gzipSync(rows.join("")));
  writeFileSync(at("few.tsv"), rows.slice(0, 30).join(""));
  const links = pairs.map(({ words }) =>
    Array.from({ length: words }, (_, at) => `${at}-${words - 1 - at}`),
  );
  writeFileSync(at("links.txt"), links.map((each) => `${each.join(" ")}\n`).join(""));
});

/** Trains and returns what was logged. */
async function logOf(out: string, more: Partial<TrainOptions> = {}): Promise<string> {
  const said: string[] = [];
  await train({ ...options, ...more, out: at(out) }, { log: (line) => said.push(line) });
  return said.join("\n");
}

const stored = (run: string): Record<string, unknown> =>
  JSON.parse(readFileSync(at(run, "training/options.json"), "utf8"));
const corpusOf = (run: string, set: string) =>
  EncodedCorpus.open(openBytes(at(run, `training/${set}.ids`)), null);
const weights = (run: string): Buffer => readFileSync(at(run, "model.safetensors"));
const evaluations = (run: string): { devPerplexity: number | null }[] =>
  readFileSync(at(run, "training/metrics.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("holds pairs out, and says and stores how many", async () => {
  const log = await logOf("made");
  expect(log).toContain("No dev set is given: 6 of the 120 pairs are held out for it.");
  expect([corpusOf("made", "train").pairs, corpusOf("made", "dev").pairs]).toEqual([114, 6]);
  expect(stored("made")["dev"]).toEqual({ kind: "heldOut", pairs: 6 });
  const { summary, source } = await readModel(at("made"));
  expect(summary).toMatchObject({ heldOutPairs: 6, devPerplexity: expect.any(Number) });
  // The numbers that begin the sources are all different: vocabularies are of the training pairs.
  const known = pairs.filter((_, index) => !source.encodeIds(`${index}`).includes(unknownId));
  expect(known).toHaveLength(114);
});

test("trains the same weights whatever the form of the file, and after a stop", async () => {
  await logOf("gzip", { data: table("pairs.tsv.gz") });
  expect(weights("gzip").equals(weights("made"))).toBe(true);
  await logOf("begun", { steps: 3 });
  rmSync(at("begun", "..", "pairs.tsv"));
  await train({ out: at("begun"), resume: true, steps: 4 });
  writeFileSync(at("pairs.tsv"), rows.join(""));
  expect(weights("begun").equals(weights("made"))).toBe(true);
  const run = new MemoryTraining();
  const { threads: _, dev: __, watch: ___, from: ____, ...others } = options;
  await run.train({ ...others, data: pairs }, nodeRuntime({ threads: 1 }));
  expect(Buffer.from(run.files.get("training/dev.ids") as Uint8Array)).toEqual(
    readFileSync(at("made", "training/dev.ids")),
  );
  await run.resume({ steps: 5 }, nodeRuntime({ threads: 1 }));
});

test("all pairs are trained on where no dev set is wanted, or too few are there", async () => {
  const log = await logOf("all", { dev: false, keepBest: undefined });
  expect(log).not.toContain("dev");
  expect(corpusOf("all", "train").pairs).toBe(120);
  expect(evaluations("all").map(({ devPerplexity }) => devPerplexity)).toEqual([null, null]);
  expect(stored("all")).not.toHaveProperty("dev");

  const few = await logOf("few", { data: table("few.tsv") });
  expect(few).toMatch(
    /No dev set can be held out of .*few\.tsv, as it has only 30 pairs; the last weights are kept\./,
  );
  expect(stored("few")).not.toHaveProperty("dev");
  await train({ out: at("few"), resume: true, steps: 6 });
  const endless = train({
    ...options,
    steps: undefined,
    data: table("few.tsv"),
    out: at("endless"),
  });
  await expect(endless).rejects.toThrow(
    /^epochs: no dev set can .*, as it has only 30 pairs, and nothing else ends the run; say how long/,
  );
});

test("a run goes without a dev set where all held-out pairs are too long", async () => {
  // All pairs have at least four words, and a dozen as few as two.
  const short = Array.from({ length: 12 }, (_, index) => `s${index} b\tc\n`);
  writeFileSync(at("short.tsv"), [...rows, ...short].join(""));
  const log = await logOf("short", { data: table("short.tsv"), maxLength: 3 });
  expect(log).toMatch(
    /All held-out pairs are too long; the last weights are kept|of the 132 pairs/,
  );
  expect(corpusOf("short", "train").pairs).toBe(12);
  expect(stored("short")).not.toHaveProperty("dev");
});

test("links stay with their pairs", async () => {
  await logOf("guided", { guidedAlignment: at("links.txt") });
  const corpus = corpusOf("guided", "train");
  const links = CorpusLinks.open(openBytes(at("guided", "training/train.links")), corpus.pairs);
  let read = 0;
  for (const { number, source, target } of corpus.read([...Array(corpus.blocks).keys()])) {
    const own = [...links.of(number)];
    expect(own).toHaveLength(2 * source.length);
    // Each target is its source from the end.
    for (let link = 0; link < own.length; link += 2) {
      expect((own[link] as number) + (own[link + 1] as number)).toBe(target.length - 1);
    }
    read++;
  }
  expect(read).toBe(114);
});

test("rows of features are held out by the names of their files", async () => {
  for (const index of pairs.keys())
    writeFileSync(
      at(`${index}.npy`),
      npyOf([
        [index, 1],
        [0, index],
      ]),
    );
  // Two pairs for each file.
  const lines = pairs.flatMap(({ target }, index) => [
    `${index}.npy\t${target}\n`,
    `${index}.npy\ta b\n`,
  ]);
  writeFileSync(at("features.tsv"), lines.join(""));
  const model = { hidden: 8, embedding: 8, sourceInput: "features" } as const;
  const log = await logOf("features", { data: table("features.tsv"), model, keepBest: "bleu" });
  expect(log).toContain("12 of the 240 pairs are held out for it.");
  expect(log).toContain("6 files of 2 numbers a row");
  expect(log).toContain("114 files of 2 numbers a row");
  await train({ out: at("features"), resume: true, steps: 6 });
  expect(evaluations("features")).toHaveLength(3);
});

test("a model that is trained further keeps its vocabularies, and its own split", async () => {
  const log = await logOf("further", { from: at("made"), model: {}, tokenizer: undefined });
  expect(log).toContain("6 of the 120 pairs are held out");
  expect(evaluations("further")).toHaveLength(2);
});
