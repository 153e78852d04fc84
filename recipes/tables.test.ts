import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "../src/tensor/errors.ts";
import { hashShare, setOf, splitBy, writeTable } from "./tables.ts";

let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "seq2see-recipe-"));
});
afterEach(async () => {
  await rm(work, { recursive: true });
});

test("a key falls where it always falls", () => {
  // The first four bytes of SHA-256 of "abc" are ba7816bf.
  expect(hashShare("abc")).toBe(0xba7816bf / 2 ** 32);
  expect(setOf("abc", { dev: 0.7, test: 0.1 })).toBe("test");
  expect(setOf("abc", { dev: 0.73, test: 0.1 })).toBe("dev");
  expect(setOf("abc", { dev: 0.1, test: 0.1 })).toBe("train");
});

test("a split has about the shares that are wanted, and every item once", () => {
  const items = Array.from({ length: 10_000 }, (_, index) => `item ${index}`);
  const { train, dev, test: measured } = splitBy(items, (item) => item, { dev: 0.1, test: 0.2 });
  expect(dev.length).toBeGreaterThan(900);
  expect(dev.length).toBeLessThan(1100);
  expect(measured.length).toBeGreaterThan(1880);
  expect(measured.length).toBeLessThan(2120);
  expect(new Set([...train, ...dev, ...measured]).size).toBe(10_000);
});

test("a table has a row a line, whatever white space the texts hold", async () => {
  await writeTable(work, "train", [
    ["a\tb", " c\nd "],
    ["e", "f"],
  ]);
  expect(await readFile(join(work, "data/train.tsv"), "utf8")).toBe("a b\tc d\ne\tf\n");
});

test("no table is written without rows", async () => {
  await expect(writeTable(work, "dev", [])).rejects.toThrow(UserError);
});
