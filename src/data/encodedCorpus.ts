import { headerBytes, IndexedFile, readHeader } from "../files/indexedFile.ts";
import type { RandomAccessBytes } from "../files/randomAccess.ts";
import { UserError } from "../tensor/errors.ts";
import { withFeatures } from "../tensor/sequence.ts";
import type { EncodedPair } from "./corpusFile.ts";
import { blockCount, corpusKind, pairsPerBlock, unpackBlock, unpackLengths } from "./corpusFile.ts";
import type { FeatureStore } from "./featureStore.ts";

/** How many tokens a pair has; an {@link EncodedPair} is one as well. */
export interface PairLengths {
  readonly source: { readonly length: number };
  readonly target: { readonly length: number };
}

/**
 * A corpus that was written by `encodeCorpus`. Only an index of its blocks is held in memory; pairs are
 * read block by block when they are wanted.
 */
export class EncodedCorpus {
  /** What errors call the file. */
  readonly path: string;
  /** What stands at the places of each source; null where sources are tokens. */
  readonly features: FeatureStore | null;
  /** How many pairs there are. */
  readonly pairs: number;
  /** How many tokens all sources have, without start and end. */
  readonly sourceTokens: number;
  /** How many tokens all targets have, without start and end. */
  readonly targetTokens: number;
  private readonly bytesPerId: 2 | 4;
  private readonly records: IndexedFile;

  private constructor(file: RandomAccessBytes, features: FeatureStore | null) {
    this.path = file.name;
    this.features = features;
    const header = readHeader(file, corpusKind);
    const bytesPerId = header?.unit;
    if (!header || (bytesPerId !== 2 && bytesPerId !== 4)) {
      throw new UserError(
        `${file.name}: not an encoded corpus of this version; train again from the corpus.`,
      );
    }
    const [pairs, sourceTokens, targetTokens, indexOffset] = header.counts as [
      number,
      number,
      number,
      number,
    ];
    this.pairs = pairs;
    this.sourceTokens = sourceTokens;
    this.targetTokens = targetTokens;
    this.bytesPerId = bytesPerId;
    const places = { start: headerBytes, count: blockCount(pairs), indexOffset, multiple: 4 };
    this.records = new IndexedFile(file, places, (what) => this.fault(what));
    if (features && features.pairs !== pairs) {
      throw this.fault(`has ${pairs} pairs, and features of ${features.pairs}`);
    }
  }

  /**
   * Opens the file of a corpus; to be closed again.
   *
   * @param features where its sources are such; they are read only when a pair's are asked for, and closed
   *   with the corpus.
   * @throws UserError if it is something else, or was cut short; both files are closed then.
   */
  static open(file: RandomAccessBytes, features: FeatureStore | null = null): EncodedCorpus {
    try {
      return new EncodedCorpus(file, features);
    } catch (error) {
      file.close();
      features?.close();
      throw error;
    }
  }

  /** How many blocks there are; each holds `pairsPerBlock` pairs, the last one the rest. */
  get blocks(): number {
    return this.records.count;
  }

  /**
   * Reads the pairs of some blocks, in the order in which these are given.
   *
   * @throws UserError if the file is damaged.
   */
  read(blockNumbers: Iterable<number>): EncodedPair[] {
    const pairs: EncodedPair[] = [];
    for (const block of blockNumbers) {
      const bytes = this.records.read(block);
      const count = this.pairsIn(block);
      const hasLengths = bytes.byteLength >= 8 * count;
      const read = hasLengths && unpackBlock(bytes, count, this.bytesPerId, block * pairsPerBlock);
      if (!read) throw this.fault("is damaged");
      pairs.push(...read);
    }
    const { features } = this;
    if (features) {
      for (const { source, number } of pairs) withFeatures(source, () => features.read(number));
    }
    return pairs;
  }

  /** Reads only how long the pairs of some blocks are, in the order of {@link read}. */
  readLengths(blockNumbers: Iterable<number>): PairLengths[] {
    const pairs: PairLengths[] = [];
    for (const block of blockNumbers) {
      const count = this.pairsIn(block);
      const bytes = this.records.read(block, 8 * count);
      if (bytes.byteLength < 8 * count) throw this.fault("is damaged");
      const lengths = unpackLengths(bytes, count);
      for (let index = 0; index < lengths.length; index += 2) {
        pairs.push({
          source: { length: lengths[index] as number },
          target: { length: lengths[index + 1] as number },
        });
      }
    }
    return pairs;
  }

  /** How many pairs some blocks hold together. */
  countPairs(blockNumbers: Iterable<number>): number {
    let pairs = 0;
    for (const block of blockNumbers) pairs += this.pairsIn(block);
    return pairs;
  }

  /** Closes the file; nothing can be read any more. */
  close(): void {
    this.records.close();
    this.features?.close();
  }

  private pairsIn(block: number): number {
    return Math.min(pairsPerBlock, this.pairs - block * pairsPerBlock);
  }

  private fault(what: string): UserError {
    return new UserError(`${this.path}: the encoded corpus ${what}; train again from the corpus.`);
  }
}
