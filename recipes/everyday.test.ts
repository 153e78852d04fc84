import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { everydaySentences, writeEveryday } from "./everyday.ts";
import type { CommandRunner } from "./recipe.ts";
import { studioModels } from "./studioModels.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-everyday-"));
});
afterEach(() => rm(folder, { recursive: true }));

const options = (): Parameters<typeof writeEveryday>[0] => ({
  model: join(folder, "model"),
  sentences: join(folder, "sentences.tsv"),
  input: join(folder, "sentences.txt"),
});

/** A runner whose translation prints the given lines. */
const printing = (output: string, status = 0): CommandRunner => ({
  run: async () => 0,
  capture: async () => ({ status, output }),
});

test.each([...new Set(studioModels.map(({ everyday }) => everyday))])(
  "%s has sixty different sentences with a reference each",
  async (name) => {
    const rows = (await readFile(everydaySentences(name), "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows.shift()).toEqual(["source", "reference"]);
    expect(rows.filter((row) => row.length !== 2 || row.some((cell) => cell === ""))).toEqual([]);
    expect(new Set(rows.map(([source]) => source)).size).toBe(60);
  },
);

test("the table holds the translations as they come, also an empty one", async () => {
  await writeFile(options().sentences, "source\treference\nOui.\tYes.\n« Non »\tNo\n");
  expect(await writeEveryday(options(), printing("Yes.\n\n"))).toBe(0);
  expect(await readFile(options().input, "utf8")).toBe("Oui.\n« Non »\n");
  expect(await readFile(join(folder, "model/everyday.tsv"), "utf8")).toBe(
    "source\treference\ttranslation\nOui.\tYes.\tYes.\n« Non »\tNo\t\n",
  );
});

test("a translation that fails, or that has other lines, leaves no table", async () => {
  await writeFile(options().sentences, "source\treference\nOui.\tYes.\n");
  expect(await writeEveryday(options(), printing("", 3))).toBe(3);
  await expect(writeEveryday(options(), printing("Yes.\nNo.\n"))).rejects.toThrow(
    "2 translations came of 1 sentences",
  );
  await expect(readFile(join(folder, "model/everyday.tsv"))).rejects.toThrow("ENOENT");
});

test("sentences that are not there are named", async () => {
  const sentences = everydaySentences("nobody");
  await expect(writeEveryday({ ...options(), sentences }, printing(""))).rejects.toThrow(
    "recipes/everyday/nobody.tsv is missing; give a table",
  );
});
