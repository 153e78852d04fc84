import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { UserError } from "../tensor/errors.ts";
import { withFeatures } from "../tensor/sequence.ts";
import {
  blockCount,
  type CorpusHeader,
  type EncodedPair,
  headerBytes,
  pairsPerBlock,
  unpackBlock,
  unpackHeader,
  unpackLengths,
} from "./corpusFile.ts";
import { FeatureStore } from "./featureStore.ts";

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
  /** The file it is read from. */
  readonly path: string;
  private readonly file: number;
  /** What stands at the places of each source; null where sources are tokens. */
  readonly features: FeatureStore | null;
  private readonly header: CorpusHeader;
  /** Where each block begins, and where the last one ends. */
  private readonly offsets: Float64Array;

  private constructor(path: string, file: number, features: FeatureStore | null) {
    this.path = path;
    this.file = file;
    this.features = features;
    const start = Buffer.alloc(headerBytes);
    const size = fstatSync(file).size;
    const header = unpackHeader(start.subarray(0, readSync(file, start, 0, headerBytes, 0)));
    if (header === undefined || !(Number.isSafeInteger(header.pairs) && header.pairs >= 0)) {
      throw new UserError(
        `${path}: not an encoded corpus of this version; train again from the corpus.`,
      );
    }
    const indexBytes = 8 * (blockCount(header.pairs) + 1);
    if (size !== header.indexOffset + indexBytes) throw this.damaged("was cut short");
    this.header = header;
    this.offsets = new Float64Array(this.readBytes(header.indexOffset, indexBytes));
    const isOrdered = this.offsets.every(
      (offset, block) => offset >= (this.offsets[block - 1] ?? headerBytes),
    );
    if (!isOrdered || this.offsets.at(-1) !== header.indexOffset) throw this.damaged("is damaged");
    if (features && features.pairs !== header.pairs) {
      throw this.damaged(`has ${header.pairs} pairs, and features of ${features.pairs}`);
    }
  }

  /**
   * Opens the file of a corpus; to be closed again.
   *
   * @param featuresPath the file of its features, where its sources are such; they are read only when a
   *   pair's are asked for.
   * @throws UserError if there is none, it is something else, or it was cut short.
   */
  static open(path: string, featuresPath: string | null = null): EncodedCorpus {
    let file: number;
    try {
      file = openSync(path, "r");
    } catch (error) {
      throw new UserError(
        `${path}: cannot be opened (${(error as Error).message}); train again from the corpus.`,
      );
    }
    let features: FeatureStore | null = null;
    try {
      features = featuresPath === null ? null : FeatureStore.open(featuresPath);
      return new EncodedCorpus(path, file, features);
    } catch (error) {
      closeSync(file);
      features?.close();
      throw error;
    }
  }

  /** How many pairs there are. */
  get pairs(): number {
    return this.header.pairs;
  }

  /** How many blocks there are; each holds `pairsPerBlock` pairs, the last one the rest. */
  get blocks(): number {
    return this.offsets.length - 1;
  }

  /** How many tokens all sources have, without start and end. */
  get sourceTokens(): number {
    return this.header.sourceTokens;
  }

  /** How many tokens all targets have, without start and end. */
  get targetTokens(): number {
    return this.header.targetTokens;
  }

  /**
   * Reads the pairs of some blocks, in the order in which these are given.
   *
   * @throws UserError if the file is damaged.
   */
  read(blockNumbers: Iterable<number>): EncodedPair[] {
    const pairs: EncodedPair[] = [];
    for (const block of blockNumbers) {
      const bytes = this.readBytes(
        this.offsetOf(block),
        this.offsetOf(block + 1) - this.offsetOf(block),
      );
      const { bytesPerId } = this.header;
      const count = this.pairsIn(block);
      const hasLengths = bytes.byteLength >= 8 * count;
      const read = hasLengths && unpackBlock(bytes, count, bytesPerId, block * pairsPerBlock);
      if (!read) throw this.damaged("is damaged");
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
      const lengths = unpackLengths(this.readBytes(this.offsetOf(block), 8 * count), count);
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
    closeSync(this.file);
    this.features?.close();
  }

  private pairsIn(block: number): number {
    return Math.min(pairsPerBlock, this.pairs - block * pairsPerBlock);
  }

  private offsetOf(block: number): number {
    const offset = this.offsets[block];
    if (offset === undefined) throw new RangeError(`There is no block ${block} in ${this.path}.`);
    return offset;
  }

  private readBytes(offset: number, length: number): ArrayBuffer {
    const bytes = new Uint8Array(length);
    if (readSync(this.file, bytes, 0, length, offset) !== length)
      throw this.damaged("was cut short");
    return bytes.buffer;
  }

  private damaged(what: string): UserError {
    return new UserError(`${this.path}: the encoded corpus ${what}; train again from the corpus.`);
  }
}
