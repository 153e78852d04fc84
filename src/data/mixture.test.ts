import { beforeAll, describe, expect, test } from "vitest";
import { bytesInMemory, sinkInMemory } from "../files/randomAccess.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer } from "../text/tokenizerOption.ts";
import { batches, countBatches } from "./batches.ts";
import { encodeCorpus } from "./encodeCorpus.ts";
import { EncodedCorpus } from "./encodedCorpus.ts";
import type { MixturePart } from "./mixture.ts";
import { Mixture } from "./mixture.ts";
import { pairsInMemory } from "./pairs.ts";
import type { TrainingCorpus } from "./trainingCorpus.ts";

/** A corpus of pairs of one to four words. */
async function corpusOf(pairs: number): Promise<EncodedCorpus> {
  const words = learnTokenizer(new Map([["a", 1]]), { kind: "word", size: 16 });
  const tokenizer = TextTokenizer.fromJson(words, "test");
  const texts = Array.from({ length: pairs }, (_, index) => {
    const text = Array(1 + (index % 4)).fill("a");
    return { source: text.join(" "), target: text.join(" ") };
  });
  let corpus: EncodedCorpus | undefined;
  const sink = sinkInMemory((bytes) => {
    corpus = EncodedCorpus.open(bytesInMemory("corpus", bytes));
  });
  const tokenizers = { source: tokenizer, target: tokenizer };
  await encodeCorpus(pairsInMemory(texts, "data"), tokenizers, sink, { maxLength: 4 });
  return corpus as EncodedCorpus;
}

let [large, small]: EncodedCorpus[] = [];
beforeAll(async () => {
  [large, small] = [await corpusOf(1000), await corpusOf(640)];
});

const mixtureOf = (...weights: readonly (readonly [weight: number, finish?: number])[]): Mixture =>
  new Mixture(
    weights.map(([weight, finishWeight = weight], index): MixturePart => {
      return { corpus: [large, small][index] as EncodedCorpus, weight, finishWeight };
    }),
  );

/** The pairs of an epoch by their numbers: of the first corpus below 1000, of the second from there on. */
function numbersOf(mixture: Mixture, epoch: number, finishEpoch?: number): number[] {
  const options = { size: 16, seed: 3, epoch, finishEpoch };
  return [...batches(mixture, options)].flatMap(({ pairs }) => pairs.map(({ number }) => number));
}

const sorted = (numbers: readonly number[]): number[] =>
  numbers.toSorted((one, other) => one - other);
const from = (first: number, end: number): number[] =>
  Array.from({ length: end - first }, (_, index) => first + index);

describe("an epoch", () => {
  test("takes every pair of a corpus once with a weight of 1, and twice with 2", () => {
    for (const epoch of [0, 1, 7]) {
      expect(sorted(numbersOf(mixtureOf([1], [1]), epoch))).toEqual(from(0, 1640));
    }
    const twice = numbersOf(mixtureOf([1], [2]), 4).filter((number) => number >= 1000);
    expect(sorted(twice)).toEqual(sorted([...from(1000, 1640), ...from(1000, 1640)]));
  });

  test("takes a further share with a smaller weight, until all pairs have had their turn", () => {
    const mixture = mixtureOf([1], [0.3]);
    const taken = from(0, 10).map((epoch) =>
      numbersOf(mixture, epoch).filter((number) => number >= 1000),
    );
    expect(taken.map(({ length }) => length)).toEqual(Array(10).fill(192));
    // Three epochs take different pairs, and ten of them each pair three times.
    expect(new Set(taken.slice(0, 3).flat()).size).toBe(576);
    const times = new Map<number, number>();
    for (const number of taken.flat()) times.set(number, (times.get(number) ?? 0) + 1);
    expect(new Set(times.values())).toEqual(new Set([3]));
    expect(times.size).toBe(640);
  });

  test("takes blocks: over epochs, a share is exact to one of them", () => {
    const mixture = mixtureOf([0.1], [1]);
    let taken = 0;
    for (let epoch = 0; epoch < 20; epoch++) {
      taken += numbersOf(mixture, epoch).filter((number) => number < 1000).length;
      expect(Math.abs(taken - (epoch + 1) * 100)).toBeLessThanOrEqual(64);
    }
  });

  test("is the same for the same seed and differs from the next", () => {
    const mixture = mixtureOf([1], [0.5]);
    expect(numbersOf(mixture, 1)).toEqual(numbersOf(mixtureOf([1], [0.5]), 1));
    expect(numbersOf(mixture, 1)).not.toEqual(numbersOf(mixture, 2));
    const other = [...batches(mixture, { size: 16, seed: 4, epoch: 1 })];
    const numbers = other.flatMap(({ pairs }) => pairs.map(({ number }) => number));
    expect(numbers).not.toEqual(numbersOf(mixture, 1));
  });

  test.each([{ size: 16 }, { tokens: 40 }, { size: 8, tokens: 30 }])(
    "goes on after skipped batches, and is counted without being read: %j",
    (limits) => {
      const mixture = mixtureOf([0.7], [1.6]);
      for (const epoch of [0, 5]) {
        const options = { ...limits, seed: 1, epoch, pool: 9 };
        const all = [...batches(mixture, options)];
        expect(countBatches(mixture, options)).toBe(all.length);
        for (const skip of [1, 10, all.length - 1, all.length]) {
          expect([...batches(mixture, { ...options, skip })]).toEqual(all.slice(skip));
        }
      }
    },
  );
});

describe("the last part of a run", () => {
  test("leaves a corpus out, and takes every pair of another once in each epoch, whatever came before", () => {
    const mixture = mixtureOf([0.3, 1], [1, 0]);
    expect(numbersOf(mixture, 4, 5)).toEqual(numbersOf(mixture, 4));
    for (const epoch of [5, 6, 9]) {
      expect(sorted(numbersOf(mixture, epoch, 5))).toEqual(from(0, 1000));
    }
  });

  test("goes on with other passes than those before it", () => {
    const mixture = mixtureOf([1, 1]);
    const order = (epoch: number) => mixture.epochBlocks({ seed: 1, epoch, finishEpoch: 2 });
    expect(order(2)).not.toEqual(order(1));
    expect(order(2)).not.toEqual(order(0));
  });
});

test("no more than a pool of blocks is read at a time", () => {
  const mixture = mixtureOf([1], [3]);
  let read = 0;
  const counting: TrainingCorpus = {
    ...{ pairs: mixture.pairs, targetTokens: mixture.targetTokens, blocks: mixture.blocks },
    epochBlocks: (epoch) => mixture.epochBlocks(epoch),
    readLengths: (blocks) => mixture.readLengths(blocks),
    countPairs: (blocks) => mixture.countPairs(blocks),
    read: (blocks) => {
      read += [...blocks].length;
      return mixture.read(blocks);
    },
  };
  const stream = batches(counting, { size: 16, pool: 8, seed: 1, epoch: 0 });
  stream.next();
  expect(read).toBe(2);
  expect([...stream].length).toBeGreaterThan(100);
  expect(read).toBe(16 + 3 * 10);
});

test("reads pairs, their lengths and their number like the corpora themselves", () => {
  const mixture = mixtureOf([1], [1]);
  expect([mixture.blocks, mixture.pairs, mixture.targetTokens]).toEqual([26, 1640, 4100]);
  const [pair] = mixture.read([16 + 2]);
  expect(pair).toMatchObject({ number: 1000 + 128, source: small?.read([2])[0]?.source });
  const blocks = [25, 0, 15];
  expect(mixture.countPairs(blocks)).toBe(64 + 64 + 40);
  expect(mixture.readLengths(blocks)).toEqual(
    mixture.read(blocks).map(({ source, target }) => ({
      source: { length: source.length },
      target: { length: target.length },
    })),
  );
});
