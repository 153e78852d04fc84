import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readDictionary } from "./dictionary.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-dictionary-"));
const path = join(folder, "words.tsv");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("of several translations the most probable counts", async () => {
  writeFileSync(
    path,
    "Haus\thome\t0.3\nHaus\thouse\t0.6\nHaus\tbuilding\t0.6\n\nNew York\tNew York\n",
  );
  expect([...(await readDictionary(path))]).toEqual([
    ["Haus", "house"],
    ["New York", "New York"],
  ]);
});

test("spaces part words where there is no tab", async () => {
  writeFileSync(path, "maison house 0.8\nchat cat\n");
  expect([...(await readDictionary(path))]).toEqual([
    ["maison", "house"],
    ["chat", "cat"],
  ]);
});

test.each(["alone\n", "a\tb\tmuch\n", "a\tb\t1\tc\n", "\tb\n"])("%j is refused", async (text) => {
  writeFileSync(path, `x\ty\n${text}`);
  await expect(readDictionary(path)).rejects.toThrow(
    `--dictionary ${path}: line 2 is no translation of a word; write source, target and, if you like, a probability, with tabs between.`,
  );
});
