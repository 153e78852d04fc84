/** @file Several corpora as one to train on, each with a weight: how many of its pairs an epoch takes. */

import { randomFor } from "../tensor/random.ts";
import type { EncodedPair } from "./corpusFile.ts";
import type { EncodedCorpus } from "./encodedCorpus.ts";
import type { EpochOptions, PairLengths, TrainingCorpus } from "./trainingCorpus.ts";

/** The weights of a part: 1 takes every pair once in an epoch, 0.3 a further 30 % in each, 2 every pair twice. */
export interface PartWeights {
  readonly weight: number;
  /** The weight in the last part of the run. */
  readonly finishWeight: number;
}

/** A corpus of a mixture. */
export interface MixturePart extends PartWeights {
  readonly corpus: EncodedCorpus;
}

/** Where a part lies among the blocks and pairs of the mixture. */
interface PlacedPart extends MixturePart {
  readonly firstBlock: number;
  readonly firstPair: number;
}

/** Separates the shuffles of passes from those of batches. */
const passes = 0x70617373;

/**
 * Several corpora with one numbering of blocks and of pairs. Each part is an endless sequence of passes, each a shuffle of
 * all its blocks, of which an epoch takes the next ones. So a pair comes again only after all others of its part, and with
 * a weight of 1 each epoch takes every pair once. The order depends only on the seed; only block numbers are in memory.
 */
export class Mixture implements TrainingCorpus {
  readonly pairs: number;
  readonly targetTokens: number;
  readonly blocks: number;
  private readonly parts: readonly PlacedPart[];

  constructor(parts: readonly MixturePart[]) {
    const placed: PlacedPart[] = [];
    let [firstBlock, firstPair, targetTokens] = [0, 0, 0];
    for (const part of parts) {
      placed.push({ ...part, firstBlock, firstPair });
      firstBlock += part.corpus.blocks;
      firstPair += part.corpus.pairs;
      targetTokens += part.corpus.targetTokens;
    }
    this.parts = placed;
    this.blocks = firstBlock;
    this.pairs = firstPair;
    this.targetTokens = targetTokens;
  }

  /** The pairs of each part. */
  get pairsOfParts(): number[] {
    return this.parts.map(({ corpus }) => corpus.pairs);
  }

  /** Closes the files; nothing can be read afterwards. */
  close(): void {
    for (const { corpus } of this.parts) corpus.close();
  }

  epochBlocks({ seed, epoch, finishEpoch }: EpochOptions): number[] {
    const hasFinished = finishEpoch !== undefined && epoch >= finishEpoch;
    return this.parts.flatMap(({ corpus, firstBlock, ...part }, index) => {
      const { blocks } = corpus;
      // The finish begins with a new pass, so that its weight of 1 takes every pair once, too.
      const start = hasFinished ? Math.ceil(rounded(finishEpoch * part.weight)) * blocks : 0;
      const done = hasFinished ? epoch - finishEpoch : epoch;
      const each = (hasFinished ? part.finishWeight : part.weight) * blocks;
      const [from, to] = [start + floor(done * each), start + floor((done + 1) * each)];
      const taken: number[] = [];
      for (let at = from; at < to; ) {
        const pass = Math.floor(at / blocks);
        const end = Math.min(to, (pass + 1) * blocks);
        const all = Array.from({ length: blocks }, (_, block) => firstBlock + block);
        const order = randomFor(seed, passes, index, pass).shuffle(all);
        for (; at < end; at++) taken.push(order[at - pass * blocks] as number);
      }
      return taken;
    });
  }

  read(blockNumbers: Iterable<number>): EncodedPair[] {
    return this.each(blockNumbers, ({ corpus, firstPair }, block) =>
      corpus.read([block]).map((pair) => ({ ...pair, number: firstPair + pair.number })),
    );
  }

  readLengths(blockNumbers: Iterable<number>): PairLengths[] {
    return this.each(blockNumbers, ({ corpus }, block) => corpus.readLengths([block]));
  }

  countPairs(blockNumbers: Iterable<number>): number {
    let pairs = 0;
    for (const block of blockNumbers) {
      const { corpus, firstBlock } = this.partOf(block);
      pairs += corpus.countPairs([block - firstBlock]);
    }
    return pairs;
  }

  /** What some blocks give, one after the other. */
  private each<Item>(
    blockNumbers: Iterable<number>,
    read: (part: PlacedPart, block: number) => readonly Item[],
  ): Item[] {
    const items: Item[] = [];
    for (const block of blockNumbers) {
      const part = this.partOf(block);
      for (const item of read(part, block - part.firstBlock)) items.push(item);
    }
    return items;
  }

  private partOf(block: number): PlacedPart {
    return this.parts.findLast(({ firstBlock }) => firstBlock <= block) as PlacedPart;
  }
}

/** Removes what a sum of decimal fractions is off by: 0.29 × 100 is 28.999999999999996. */
const rounded = (value: number): number => Number(value.toFixed(6));

const floor = (value: number): number => Math.floor(rounded(value));
