import { Random } from "../tensor/random.ts";
import { type EncodedPair, pairsPerBlock } from "./corpusFile.ts";
import type { EncodedCorpus, PairLengths } from "./encodedCorpus.ts";

/** Pairs that are fed together. */
export interface PairBatch {
  /** The ids have no start and no end; a pair's number says where it stands in the corpus. */
  readonly pairs: readonly EncodedPair[];
}

/** How large a batch may be; where both are given, the first limit reached ends it. */
export type BatchSize =
  | { readonly size: number; readonly tokens?: number }
  | {
      /** The most sentences. */
      readonly size?: number;
      /** The most target tokens, padding and the end of each sentence included. */
      readonly tokens: number;
    };

/** How the batches of an epoch are cut. */
export type BatchOptions = BatchSize & {
  readonly seed: number;
  /** The number of the epoch; each is shuffled in another way. */
  readonly epoch: number;
  /** How many batches are shuffled and sorted together, roughly; 100 unless given. */
  readonly pool?: number;
  /** How many batches to leave out at the beginning, to go on where another run ended. */
  readonly skip?: number;
};

/**
 * Yields the batches of one epoch; every pair of the corpus is in exactly one. Blocks of the corpus are
 * shuffled; a pool of about 100 batches is read, shuffled, sorted by length so that a batch has little
 * padding, and cut into batches, which are shuffled in turn. The order depends on seed, epoch, limits
 * and pool alone, and only one pool is held in memory.
 *
 * @throws UserError if the corpus is damaged.
 */
export function* batches(corpus: EncodedCorpus, options: BatchOptions): Generator<PairBatch> {
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

/** Yields how many batches an epoch has. */
export function countBatches(corpus: EncodedCorpus, options: BatchOptions): number {
  return pools(corpus, options).reduce(
    (sum, blocks) => sum + countPool(corpus, blocks, options),
    0,
  );
}

/**
 * Yields all pairs once in batches of neighbouring lengths, without any chance; to put results back
 * into the order of the corpus, use the numbers of the pairs.
 *
 * @param size the most pairs of a batch.
 */
export function* inOrder(corpus: EncodedCorpus, size: number): Generator<PairBatch> {
  const blocks = Array.from({ length: corpus.blocks }, (_, block) => block);
  for (const pool of chunks(blocks, blocksPerPool(corpus, { size }, defaultPool))) {
    for (const pairs of cutByLength(corpus.read(pool), { size })) yield { pairs };
  }
}

/** How many batches a pool has, roughly. */
const defaultPool = 100;

/** Yields the blocks of each pool, in the order of the epoch. */
function pools(corpus: EncodedCorpus, options: BatchOptions): number[][] {
  const blocks = Array.from({ length: corpus.blocks }, (_, block) => block);
  const random = randomFor(options.seed, options.epoch, 0);
  const size = blocksPerPool(corpus, options, options.pool ?? defaultPool);
  return chunks(random.shuffle(blocks), size);
}

function blocksPerPool(corpus: EncodedCorpus, limits: BatchSize, pool: number): number {
  const { size = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = limits;
  const meanLength = corpus.targetTokens / corpus.pairs + 1;
  const pairs = pool * Math.min(size, tokens / meanLength);
  return Math.max(1, Math.min(corpus.blocks, Math.round(pairs / pairsPerBlock)));
}

/** Yields how many batches a pool is cut into, reading as little as possible. */
function countPool(corpus: EncodedCorpus, blocks: readonly number[], limits: BatchSize): number {
  if (limits.tokens === undefined) {
    return Math.ceil(corpus.countPairs(blocks) / (limits.size ?? Number.POSITIVE_INFINITY));
  }
  // Pairs of equal lengths are interchangeable here, so that the shuffle makes no difference.
  return cutByLength(corpus.readLengths(blocks), limits).length;
}

/** Sorts pairs by target, then source length, and cuts them into batches. */
function cutByLength<Pair extends PairLengths>(pairs: Pair[], limits: BatchSize): Pair[][] {
  const { size = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = limits;
  pairs.sort(
    (one, other) =>
      one.target.length - other.target.length || one.source.length - other.source.length,
  );
  const cut: Pair[][] = [];
  let batch: Pair[] = [];
  for (const pair of pairs) {
    // The pair to be added is the longest so far, and all are padded to it.
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

/** Yields a generator of its own for each combination of numbers. */
function randomFor(...numbers: readonly number[]): Random {
  let mixed = 0;
  for (const number of numbers) mixed = new Random(mixed + number).nextUint32();
  return new Random(mixed);
}
