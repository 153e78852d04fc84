/**
 * @file The features of a corpus in one file, so that no epoch has to decode pictures again: an indexed file
 * (`files/indexedFile.ts`) whose records are float32 `[positions, size]`; pairs with the same file share a record. The
 * index is followed by uint32 `[pairs]`: the record of each pair. The header's numbers are the size of a row, the
 * number of records, the number of pairs, and the offset of the index.
 */

import type { FileKind } from "../files/indexedFile.ts";
import {
  headerBytes,
  IndexedFile,
  IndexedFileWriter,
  packHeader,
  readHeader,
} from "../files/indexedFile.ts";
import type { ByteSink, RandomAccessBytes } from "../files/randomAccess.ts";
import { UserError } from "../tensor/errors.ts";

const kind: FileKind = { magic: "s2sfeats", version: 1, counts: 3 };

/** Writes a {@link FeatureStore}, record by record. */
export class FeatureWriter {
  private readonly records: IndexedFileWriter;
  private readonly recordOfPair: number[] = [];

  constructor(sink: ByteSink) {
    this.records = new IndexedFileWriter(sink, headerBytes);
  }

  /**
   * Writes rows `[positions, size]` and returns the number of their record.
   *
   * @param rows must not change afterwards.
   */
  add(rows: Float32Array): Promise<number> {
    return this.records.add(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  }

  /** Records which record the next pair has. */
  keep(record: number): void {
    this.recordOfPair.push(record);
  }

  /** Completes the file. */
  finish(size: number): Promise<void> {
    const { records, recordOfPair } = this;
    const counts = [records.count, recordOfPair.length, records.indexOffset];
    const pairs = new Uint8Array(Uint32Array.from(recordOfPair).buffer);
    return records.finish(packHeader(kind, { unit: size, counts }), pairs);
  }

  /** Removes what has been written, if the file is not completed. */
  abandon(): Promise<void> {
    return this.records.abandon();
  }
}

/** The features of a corpus, read on demand; only their index is in memory. */
export class FeatureStore {
  /** The size of a row. */
  readonly size: number;
  private readonly records: IndexedFile;
  private readonly recordOfPair: Uint32Array;

  private constructor(file: RandomAccessBytes) {
    const header = readHeader(file, kind);
    if (!header) {
      throw new UserError(
        `${file.name}: no features of this version; train again from the corpus.`,
      );
    }
    const [count, pairs, indexOffset] = header.counts as [number, number, number];
    this.size = header.unit;
    const fault = (): UserError =>
      new UserError(`${file.name}: the features are damaged; train again from the corpus.`);
    const multiple = 4 * Math.max(1, this.size);
    const places = { start: headerBytes, count, indexOffset, multiple, restBytes: 4 * pairs };
    this.records = new IndexedFile(file, places, fault);
    this.recordOfPair = new Uint32Array(this.records.rest);
    if (this.recordOfPair.some((record) => record >= count)) throw fault();
  }

  /**
   * Opens a file; close it afterwards.
   *
   * @throws UserError if it is something else, or truncated; it is then closed.
   */
  static open(file: RandomAccessBytes): FeatureStore {
    try {
      return new FeatureStore(file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** The number of pairs with features. */
  get pairs(): number {
    return this.recordOfPair.length;
  }

  /**
   * Reads the features of a pair, `[positions, size]`.
   *
   * @throws UserError if the file is damaged.
   */
  read(pair: number): Float32Array<ArrayBuffer> {
    const record = this.recordOfPair[pair];
    if (record === undefined) {
      throw new RangeError(`There is no pair ${pair} in ${this.records.name}.`);
    }
    return new Float32Array(this.records.read(record));
  }

  /** Closes the file; nothing can be read afterwards. */
  close(): void {
    this.records.close();
  }
}
