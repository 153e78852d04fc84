import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeDateSamples } from "./dateFiles.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-dates-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const linesOf = async (...path: string[]): Promise<string[]> =>
  (await readFile(join(folder, ...path), "utf8")).split("\n");

test("train.tsv and dev.tsv hold so many pairs, and no day in common", async () => {
  await writeDateSamples(join(folder, "dates"), { train: 1000, dev: 100, seed: 1 });
  expect((await readdir(join(folder, "dates"))).sort()).toEqual(["dev.tsv", "train.tsv"]);
  const train = await linesOf("dates", "train.tsv");
  const dev = await linesOf("dates", "dev.tsv");
  expect([train.length, train.at(-1), dev.length, dev.at(-1)]).toEqual([1001, "", 101, ""]);
  const targets = [...train.slice(0, -1), ...dev.slice(0, -1)].map((line) => line.split("\t")[1]);
  expect(new Set(targets).size).toBe(1100);
  for (const line of dev.slice(0, -1)) expect(line).toMatch(/^[^\t]+\t\d{4}-\d\d-\d\d$/);
});

test("the same seed writes the same files", async () => {
  for (const name of ["a", "b"]) {
    await writeDateSamples(join(folder, name), { train: 50, dev: 5, seed: 3 });
  }
  expect(await linesOf("a", "train.tsv")).toEqual(await linesOf("b", "train.tsv"));
  expect(await linesOf("a", "dev.tsv")).toEqual(await linesOf("b", "dev.tsv"));
});
