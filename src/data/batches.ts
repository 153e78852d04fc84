import { randomFor } from "../tensor/random.ts";
import { type EncodedPair, pairsPerBlock } from "./corpusFile.ts";
import type { EncodedCorpus } from "./encodedCorpus.ts";
import type { EpochOptions, PairLengths, TrainingCorpus } from "./trainingCorpus.ts";

/** Pairs that form a batch. */
export interface PairBatch {
  /** The ids have no start and no end; a pair's number is its index in the corpus. */
  readonly pairs: readonly EncodedPair[];
}

/** The size limits of a batch; if both are given, the first one reached ends it. */
export type BatchSize =
  | { readonly size: number; readonly tokens?: number }
  | {
      /** The maximum number of sentences. */
      readonly size?: number;
      /** The maximum number of target tokens, including padding and the end of each sentence. */
      readonly tokens: number;
    };

/** How to split an epoch into batches. */
export type BatchOptions = BatchSize &
  EpochOptions & {
    /** The approximate number of batches that are shuffled and sorted together. Default: 100. */
    readonly pool?: number;
    /** The number of batches to skip at the start, to continue where another run ended. */
    readonly skip?: number;
  };

/**
 * Yields the batches of one epoch; every pair of an encoded corpus is in exactly one. The blocks of the epoch are
 * shuffled; a pool of about 100 batches is read, shuffled, sorted by length so that a batch has little
 * padding, and split into batches, which are shuffled in turn. The order depends only on seed, epoch, limits
 * and pool, and only one pool is in memory.
 *
 * @throws UserError if the corpus is damaged.
 */
export function* batches(corpus: TrainingCorpus, options: BatchOptions): Generator<PairBatch> {
  let skip = options.skip ?? 0;
  for (const [index, blocks] of pools(corpus, options).entries()) {
    if (skip > 0) {
      const count = countPool(corpus, blocks, options);
      if (skip >= count) {
        skip -= count;
        continue;
      }
    }
    const random = randomFor(options.seed, options.epoch, index + 1);
    const cut = cutByLength(random.shuffle(corpus.read(blocks)), options);
    for (const pairs of random.shuffle(cut).slice(skip)) yield { pairs };
    skip = 0;
  }
}

/** Returns the number of batches of an epoch. */
export function countBatches(corpus: TrainingCorpus, options: BatchOptions): number {
  return pools(corpus, options).reduce(
    (sum, blocks) => sum + countPool(corpus, blocks, options),
    0,
  );
}

/**
 * Yields all pairs once in batches of similar lengths, without randomness; to restore the order of the corpus
 * for results, use the numbers of the pairs.
 *
 * @param size the maximum number of pairs of a batch.
 */
export function* inOrder(corpus: EncodedCorpus, size: number): Generator<PairBatch> {
  const blocks = Array.from({ length: corpus.blocks }, (_, block) => block);
  for (const pool of chunks(blocks, blocksPerPool(corpus, { size }, defaultPool))) {
    for (const pairs of cutByLength(corpus.read(pool), { size })) yield { pairs };
  }
}

/** The approximate number of batches of a pool. */
const defaultPool = 100;

/** Returns the blocks of each pool, in the order of the epoch. */
function pools(corpus: TrainingCorpus, options: BatchOptions): number[][] {
  const blocks = corpus.epochBlocks(options);
  const random = randomFor(options.seed, options.epoch, 0);
  const size = blocksPerPool(corpus, options, options.pool ?? defaultPool);
  return chunks(random.shuffle(blocks), size);
}

function blocksPerPool(corpus: TrainingCorpus, limits: BatchSize, pool: number): number {
  const { size = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = limits;
  const meanLength = corpus.targetTokens / corpus.pairs + 1;
  const pairs = pool * Math.min(size, tokens / meanLength);
  return Math.max(1, Math.min(corpus.blocks, Math.round(pairs / pairsPerBlock)));
}

/** Returns the number of batches of a pool, reading as little as possible. */
function countPool(corpus: TrainingCorpus, blocks: readonly number[], limits: BatchSize): number {
  if (limits.tokens === undefined) {
    return Math.ceil(corpus.countPairs(blocks) / (limits.size ?? Number.POSITIVE_INFINITY));
  }
  // Pairs of equal lengths are interchangeable here, so shuffling makes no difference.
  return cutByLength(corpus.readLengths(blocks), limits).length;
}

/** Sorts pairs by target length, then source length, and splits them into batches. */
function cutByLength<Pair extends PairLengths>(pairs: Pair[], limits: BatchSize): Pair[][] {
  const { size = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = limits;
  pairs.sort(
    (one, other) =>
      one.target.length - other.target.length || one.source.length - other.source.length,
  );
  const cut: Pair[][] = [];
  let batch: Pair[] = [];
  for (const pair of pairs) {
    // The pair to add is the longest so far, and all are padded to its length.
    const padded = (batch.length + 1) * (pair.target.length + 1);
    if (batch.length > 0 && (batch.length >= size || padded > tokens)) {
      cut.push(batch);
      batch = [];
    }
    batch.push(pair);
  }
  if (batch.length > 0) cut.push(batch);
  return cut;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
