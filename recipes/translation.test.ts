import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dates } from "./dates.ts";
import { corpora, translation } from "./translation.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-recipe-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const write = (name: string, rows: readonly string[]): Promise<void> =>
  writeFile(join(folder, name), gzipSync(rows.map((row) => `${row}\n`).join("")));
const multi30k = (): Parameters<typeof translation.prepare>[0] => ({
  work: folder,
  corpora: folder,
  corpus: "multi30k",
});

test("a corpus is counted, and so are pairs that are measured but were learned", async () => {
  await write("multi30k.fr-en.train.tsv.gz", ["un\tone", "deux\ttwo", "deux\ttwo", "trois\tthree"]);
  await write("multi30k.fr-en.val.tsv.gz", ["deux\ttwo", "un\ta"]);
  await write("multi30k.fr-en.test_2016_flickr.tsv.gz", ["quatre\tfour"]);
  const [train, dev, measured] = await translation.prepare(multi30k());
  expect(train).toContain("train.tsv.gz: 4 training pairs");
  expect(dev).toContain("val.tsv.gz: 2 different pairs, 1 of them also");
  expect(measured).toContain("test_2016_flickr.tsv.gz: 1 different pairs, 0 of them also");
  expect(translation.evaluations(multi30k())[0]).toContain("none");
});

test("a corpus that is not there is named, with the folder", async () => {
  await expect(translation.prepare(multi30k())).rejects.toThrow(
    `--corpora ${folder}: multi30k.fr-en.train.tsv.gz is missing`,
  );
  expect(() => translation.training({ ...multi30k(), corpus: "toString" })).toThrow(
    `--corpus toString: choose one of ${Object.keys(corpora).join(", ")}.`,
  );
});

test("dates are split into parts that have no day in common", async () => {
  const [summary] = await dates.prepare({ work: folder });
  expect(summary).toContain("10,000 dates for training, 500 for dev, 1,000 for the test");
  const days = await Promise.all(
    ["train", "dev", "test"].map(async (set) =>
      (await readFile(join(folder, "data", `${set}.tsv`), "utf8")).trimEnd().split("\n"),
    ),
  );
  expect(days.map(({ length }) => length)).toEqual([10_000, 500, 1_000]);
  expect(new Set(days.flat().map((line) => line.split("\t")[1])).size).toBe(11_500);
});
