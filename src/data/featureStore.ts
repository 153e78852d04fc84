/**
 * @file The features of a corpus in one file, so that an epoch need not decode pictures again: an indexed file
 * (`files/indexedFile.ts`) whose records are float32 `[positions, size]`; pairs of one file share a record. Behind
 * the index is uint32 `[pairs]`: the record of each pair. The header's numbers are the numbers of a row, records,
 * pairs, and where the index begins.
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
   * Writes rows `[positions, size]` and yields the number of their record.
   *
   * @param rows must not change any more.
   */
  add(rows: Float32Array): Promise<number> {
    return this.records.add(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  }

  /** Says which record the next pair has. */
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

  /** Removes what was written, where the file is not to be completed. */
  abandon(): Promise<void> {
    return this.records.abandon();
  }
}

/** The features of a corpus, read when they are wanted; only their index is held in memory. */
export class FeatureStore {
  /** The numbers of a row. */
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
   * Opens a file; to be closed again.
   *
   * @throws UserError if it is something else, or was cut short; it is closed then.
   */
  static open(file: RandomAccessBytes): FeatureStore {
    try {
      return new FeatureStore(file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** How many pairs have features. */
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

  /** Closes the file; nothing can be read any more. */
  close(): void {
    this.records.close();
  }
}
