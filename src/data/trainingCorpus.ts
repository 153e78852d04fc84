/** @file What batches need of a corpus: blocks of pairs with one numbering, and which of them an epoch takes. */

import type { EncodedPair } from "./corpusFile.ts";

/** The numbers of tokens of a pair; an {@link EncodedPair} has them too. */
export interface PairLengths {
  readonly source: { readonly length: number };
  readonly target: { readonly length: number };
}

/** One epoch of a run. */
export interface EpochOptions {
  readonly seed: number;
  /** The number of the epoch; each is shuffled differently. */
  readonly epoch: number;
  /** The first epoch with the weights of the finish; undefined while it has not begun. */
  readonly finishEpoch?: number | undefined;
}

/** Encoded pairs, of one file or of several, that are read block by block. */
export interface TrainingCorpus {
  /** The number of pairs. */
  readonly pairs: number;
  /** The number of tokens of all targets, without start and end. */
  readonly targetTokens: number;
  /** The number of blocks, which are numbered from 0. */
  readonly blocks: number;
  /** The blocks of an epoch, in any order; a block that the epoch takes twice is there twice. */
  epochBlocks(epoch: EpochOptions): number[];
  /**
   * Reads the pairs of some blocks, in the given order.
   *
   * @throws UserError if the file is damaged.
   */
  read(blockNumbers: Iterable<number>): EncodedPair[];
  /** Reads only the lengths of the pairs of some blocks, in the order of {@link read}. */
  readLengths(blockNumbers: Iterable<number>): PairLengths[];
  /** The total number of pairs of some blocks. */
  countPairs(blockNumbers: Iterable<number>): number;
}
