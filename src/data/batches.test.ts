import { beforeAll, describe, expect, test } from "vitest";
import { bytesInMemory, sinkInMemory } from "../files/randomAccess.ts";
import { Random } from "../tensor/random.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer } from "../text/tokenizerOption.ts";
import {
  type BatchOptions,
  type BatchSize,
  batches,
  countBatches,
  inOrder,
  type PairBatch,
} from "./batches.ts";
import { encodeCorpus } from "./encodeCorpus.ts";
import { EncodedCorpus } from "./encodedCorpus.ts";
import { pairsInMemory } from "./pairs.ts";

const pairs = 1000;
let corpus: EncodedCorpus;

/** 1000 pairs of 1 to 20 tokens a side. */
beforeAll(async () => {
  const random = new Random(1);
  const sentence = (): string =>
    Array(1 + random.integer(20))
      .fill("a")
      .join(" ");
  const sentences = Array.from({ length: pairs }, () => ({
    source: sentence(),
    target: sentence(),
  }));
  const words = learnTokenizer(new Map([["a", 1]]), { kind: "word", size: 16 });
  const tokenizer = TextTokenizer.fromJson(words, "test");
  const sink = sinkInMemory((bytes) => {
    corpus = EncodedCorpus.open(bytesInMemory("corpus", bytes));
  });
  const tokenizers = { source: tokenizer, target: tokenizer };
  await encodeCorpus(pairsInMemory(sentences, "data"), tokenizers, sink, { maxLength: 20 });
});

function numbers(stream: Iterable<PairBatch>): number[][] {
  return [...stream].map((batch) => batch.pairs.map(({ number }) => number));
}

function paddedTokens(batch: PairBatch): number {
  const longest = Math.max(...batch.pairs.map(({ target }) => target.length));
  return batch.pairs.length * (longest + 1);
}

const limits: [string, BatchSize & { pool?: number }][] = [
  ["16 sentences", { size: 16, pool: 8 }],
  ["17 sentences, in one pool", { size: 17 }],
  ["200 target tokens", { tokens: 200, pool: 10 }],
  ["200 target tokens and 10 sentences", { tokens: 200, size: 10, pool: 10 }],
];

describe.each(limits)("batches of %s", (_name, limit) => {
  const options: BatchOptions = { ...limit, seed: 1, epoch: 0 };

  test("hold every pair of the corpus once", () => {
    const all = numbers(batches(corpus, options)).flat();
    expect(all.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: pairs }, (_, index) => index),
    );
  });

  test("keep the limit", () => {
    for (const batch of batches(corpus, options)) {
      expect(batch.pairs.length).toBeLessThanOrEqual(limit.size ?? pairs);
      expect(paddedTokens(batch)).toBeLessThanOrEqual(limit.tokens ?? pairs * 21);
    }
  });

  test("are the same for the same seed and epoch and others for other ones", () => {
    const first = numbers(batches(corpus, options));
    expect(numbers(batches(corpus, options))).toEqual(first);
    expect(numbers(batches(corpus, { ...options, epoch: 1 }))).not.toEqual(first);
    expect(numbers(batches(corpus, { ...options, seed: 2 }))).not.toEqual(first);
  });

  test("go on after some were skipped as if none had been", () => {
    const all = numbers(batches(corpus, options));
    for (const skip of [0, 1, 7, 8, 9, 30, all.length - 1, all.length, all.length + 5]) {
      expect(numbers(batches(corpus, { ...options, skip })), `skip ${skip}`).toEqual(
        all.slice(skip),
      );
    }
  });

  test("are counted without being read", () => {
    expect(countBatches(corpus, options)).toBe(numbers(batches(corpus, options)).length);
  });

  test("have little padding", () => {
    let padded = 0;
    for (const batch of batches(corpus, options)) padded += paddedTokens(batch);
    expect(padded / (corpus.targetTokens + pairs)).toBeLessThan(1.3);
  });
});

test("seed and epoch are not interchangeable", () => {
  const order = (seed: number, epoch: number) =>
    numbers(batches(corpus, { size: 16, seed, epoch }));
  expect(order(1, 2)).not.toEqual(order(2, 1));
  expect(order(3, 0)).not.toEqual(order(0, 3));
});

test("short and long batches come in no order", () => {
  const lengths = [...batches(corpus, { size: 16, seed: 1, epoch: 0 })].map(paddedTokens);
  expect(lengths).not.toEqual(lengths.toSorted((one, other) => one - other));
});

test("a pair longer than the limit of tokens is a batch of its own", () => {
  for (const batch of batches(corpus, { tokens: 2, seed: 1, epoch: 0 })) {
    expect(batch.pairs).toHaveLength(1);
  }
});

test("for evaluation, neighbours in length come together, from the shortest on, without chance", () => {
  const all = [...inOrder(corpus, 16)];
  expect(
    numbers(all)
      .flat()
      .toSorted((one, other) => one - other),
  ).toEqual(Array.from({ length: pairs }, (_, index) => index));
  const lengths = all.flatMap((batch) => batch.pairs.map(({ target }) => target.length));
  expect(lengths).toEqual(lengths.toSorted((one, other) => one - other));
  expect(all.slice(0, -1).every((batch) => batch.pairs.length === 16)).toBe(true);
  expect(numbers(inOrder(corpus, 16))).toEqual(numbers(all));
});
