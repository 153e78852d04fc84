import { headerBytes, IndexedFile, readHeader } from "../files/indexedFile.ts";
import type { RandomAccessBytes } from "../files/randomAccess.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { withFeatures } from "../tensor/sequence.ts";
import type { EncodedPair } from "./corpusFile.ts";
import { blockCount, corpusKind, pairsPerBlock, unpackBlock, unpackLengths } from "./corpusFile.ts";
import type { FeatureStore } from "./featureStore.ts";
import type { PairLengths, TrainingCorpus } from "./trainingCorpus.ts";

/**
 * A corpus written by `encodeCorpus`. Only an index of its blocks is in memory; pairs are
 * read block by block on demand.
 */
export class EncodedCorpus implements TrainingCorpus {
  /** The name of the file in errors. */
  readonly path: string;
  /** The features of each source's places; null if sources are tokens. */
  readonly features: FeatureStore | null;
  /** The number of pairs. */
  readonly pairs: number;
  /** The number of tokens of all sources, with their end symbols if sources end with one. */
  readonly sourceTokens: number;
  /** The number of tokens of all targets, without start and end. */
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
      throw this.fault(`has ${counted(pairs, "pair")}, and features of ${features.pairs}`);
    }
  }

  /**
   * Opens the file of a corpus; close it afterwards.
   *
   * @param features the features, if sources have them; they are read only when a pair is used, and closed
   *   with the corpus.
   * @throws UserError if it is something else, or truncated; both files are then closed.
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

  /** The number of blocks; each holds `pairsPerBlock` pairs, the last one the rest. */
  get blocks(): number {
    return this.records.count;
  }

  /** All blocks: an epoch takes every pair once. */
  epochBlocks(): number[] {
    return Array.from({ length: this.blocks }, (_, block) => block);
  }

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

  countPairs(blockNumbers: Iterable<number>): number {
    let pairs = 0;
    for (const block of blockNumbers) pairs += this.pairsIn(block);
    return pairs;
  }

  /** Closes the file; nothing can be read afterwards. */
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
