import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OutputFile } from "../files/nodeOutputFile.ts";
import { openBytes } from "../files/nodeRandomAccess.ts";
import { UserError } from "../tensor/errors.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer } from "../text/tokenizerOption.ts";
import type { EncodingReport, PairTokenizers } from "./encodeCorpus.ts";
import { encodeCorpus } from "./encodeCorpus.ts";
import { EncodedCorpus } from "./encodedCorpus.ts";
import { pairReader } from "./node/readPairs.ts";
import type { PairSource } from "./pairs.ts";
import { formatEncoding } from "./report.ts";

/** Encodes a table into a file. */
async function encode(
  source: PairSource,
  tokenizers: PairTokenizers,
  path: string,
  options: { readonly maxLength: number; readonly sourceEnd?: boolean },
): Promise<EncodingReport> {
  return encodeCorpus(pairReader(source), tokenizers, await OutputFile.create(path), options);
}
const open = (path: string): EncodedCorpus => EncodedCorpus.open(openBytes(path));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "encoded-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Knows the words "w0", "w1" and so on, whose ids are 4, 5 and so on. */
function numberWords(size: number): TextTokenizer {
  const counts = new Map(Array.from({ length: size }, (_, index) => [`w${index}`, size - index]));
  return TextTokenizer.fromJson(learnTokenizer(counts, { kind: "word", size: size + 4 }), "test");
}

const few = { source: numberWords(300), target: numberWords(10) };

function table(...lines: string[]): PairSource {
  const path = join(folder, "corpus.tsv");
  writeFileSync(path, lines.join("\n"));
  return { kind: "table", path, columns: ["1", "2"] };
}

/** 150 pairs: more than two blocks. */
function manyPairs(): PairSource {
  return table(...Array.from({ length: 150 }, (_, index) => `w${index} w1\tw${index % 10}`));
}

function damaged(name: string, change: (bytes: Buffer) => Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, change(readFileSync(join(folder, "good.pairs"))));
  return path;
}

test("every pair is read back as its ids, without start and end", async () => {
  const path = join(folder, "good.pairs");
  await encode(manyPairs(), few, path, { maxLength: 10 });
  const corpus = open(path);
  expect([corpus.pairs, corpus.blocks, corpus.sourceTokens]).toEqual([150, 3, 300]);
  expect(corpus.read([0, 1, 2])).toEqual(
    Array.from({ length: 150 }, (_, index) => ({
      number: index,
      source: Int32Array.of(4 + index, 5),
      target: Int32Array.of(4 + (index % 10)),
    })),
  );
  corpus.close();
});

test("sources end with the end symbol on request, which counts for no maximum", async () => {
  const path = join(folder, "ended.pairs");
  const options = { maxLength: 2, sourceEnd: true };
  const report = await encode(table("w0 w1\tw2", "\tw1", "w0 w0 w0\tw1"), few, path, options);
  expect(report).toMatchObject({ pairs: 1, source: { tokens: 3 }, target: { tokens: 1 } });
  const corpus = open(path);
  const pairs = [{ number: 0, source: Int32Array.of(4, 5, 3), target: Int32Array.of(6) }];
  expect(corpus.read([0])).toEqual(pairs);
  expect(corpus.sourceTokens).toBe(3);
  corpus.close();
});

test("blocks are read in the order asked for, and lengths without the ids", async () => {
  const path = join(folder, "good.pairs");
  await encode(manyPairs(), few, path, { maxLength: 10 });
  const corpus = open(path);
  expect(corpus.read([2, 0]).map(({ number }) => number)).toEqual([
    ...Array.from({ length: 22 }, (_, index) => 128 + index),
    ...Array.from({ length: 64 }, (_, index) => index),
  ]);
  expect(corpus.countPairs([2, 0])).toBe(86);
  expect(corpus.readLengths([2, 0])).toHaveLength(86);
  expect(corpus.readLengths([2])[0]).toEqual({ source: { length: 2 }, target: { length: 1 } });
  corpus.close();
});

test("a vocabulary beyond 65,536 tokens is held without loss", async () => {
  const path = join(folder, "wide.pairs");
  const tokenizers = { source: numberWords(70_000), target: few.target };
  await encode(table("w69999 w0\tw1"), tokenizers, path, { maxLength: 10 });
  const corpus = open(path);
  expect(corpus.read([0])[0]?.source).toEqual(Int32Array.of(70_003, 4));
  corpus.close();
});

test("the report tells lengths, unknown tokens and what was dropped", async () => {
  const corpus = table("w0 w1 x\tw2", "w1\ty z", "\tw1", "w1 w1 w1 w1\tw1", "w1\tw1");
  const path = join(folder, "report.pairs");
  const report = await encode(corpus, few, path, { maxLength: 3 });
  expect(report).toEqual({
    pairs: 3,
    dropped: [
      { reason: "empty source", count: 1, lines: [3] },
      { reason: "source longer than 3 tokens", count: 1, lines: [4] },
    ],
    source: { tokens: 5, unknown: 1, meanLength: 5 / 3, maxLength: 3 },
    target: { tokens: 4, unknown: 2, meanLength: 4 / 3, maxLength: 2 },
  });
  expect(formatEncoding(report, few)).toEqual([
    "3 pairs kept, 2 dropped",
    "  1 empty source (line 3)",
    "  1 source longer than 3 tokens (line 4)",
    "source (word, 304 words): 5 tokens, 1.7 a sentence, at most 3; 20.00 % unknown",
    "target (word, 14 words): 4 tokens, 1.3 a sentence, at most 2; 50.00 % unknown",
  ]);
});

test("a corpus that fails half-way leaves no file behind, and an older one untouched", async () => {
  const path = join(folder, "old.pairs");
  await encode(table("w1\tw1"), few, path, { maxLength: 3 });
  const before = readFileSync(path);
  const failing = encode(table("w1\tw1", "w1 w1"), few, path, { maxLength: 3 });
  await expect(failing).rejects.toThrow("line 2 has only 1 column");
  expect(readdirSync(folder).filter((name) => name.startsWith("old.pairs"))).toEqual(["old.pairs"]);
  expect(readFileSync(path)).toEqual(before);
});

test("a corpus of which nothing is left is refused", async () => {
  const encoding = encode(table("w1 w1\tw1"), few, join(folder, "x"), { maxLength: 1 });
  await expect(encoding).rejects.toThrow("1 for source longer than 1 token");
  expect(existsSync(join(folder, "x"))).toBe(false);
});

test("a folder that cannot be made is refused with the path", async () => {
  writeFileSync(join(folder, "file"), "");
  const path = join(folder, "file", "x.pairs");
  const encoding = encode(table("w1\tw1"), few, path, { maxLength: 1 });
  await expect(encoding).rejects.toThrow(UserError);
  await expect(encoding).rejects.toThrow(
    `${path} could not be written: a part of its path is a file`,
  );
});

test("a file that is missing, something else, or cut short is refused", async () => {
  await encode(manyPairs(), few, join(folder, "good.pairs"), { maxLength: 10 });
  const refusals: [path: string, message: string][] = [
    [join(folder, "none.pairs"), "could not be read: it does not exist"],
    [damaged("text", () => Buffer.from("un\tone\n".repeat(99))), "not an encoded corpus"],
    [damaged("empty", () => Buffer.alloc(0)), "not an encoded corpus"],
    [damaged("version", (bytes) => Buffer.from(bytes.fill(9, 8, 9))), "of this version"],
    [damaged("short", (bytes) => bytes.subarray(0, -1)), "was cut short"],
    [damaged("header", (bytes) => bytes.subarray(0, 64)), "was cut short"],
    [
      damaged("index", (bytes) => bytes.fill(0xff, bytes.length - 24, bytes.length - 16)),
      "is damaged",
    ],
  ];
  for (const [path, message] of refusals) {
    expect(() => open(path), path).toThrow(UserError);
    expect(() => open(path), path).toThrow(message);
  }
});

test("a block whose lengths do not fit is refused when it is read", async () => {
  await encode(manyPairs(), few, join(folder, "good.pairs"), { maxLength: 10 });
  const corpus = open(damaged("block", (bytes) => bytes.fill(0x7f, 64, 68)));
  expect(() => corpus.read([0])).toThrow(
    "the encoded corpus is damaged; train again from the corpus",
  );
  expect(corpus.read([1])).toHaveLength(64);
  corpus.close();
});
