/**
 * @file Binary files of records with an index behind them, so that each record is read without the others:
 *
 *     header   64 bytes, or none: the magic bytes, uint32 version, a uint32 and float64s of the kind of file
 *     records  one after another
 *     index    float64 [records + 1]: where each record begins and the last one ends
 *     rest     what a kind of file adds
 *
 * The header is little-endian; all else is written as the machine holds it, which is little-endian wherever this
 * runs today. Isomorphic.
 */

import type { UserError } from "../tensor/errors.ts";
import type { ByteSink, RandomAccessBytes } from "./randomAccess.ts";
import { joinedBytes } from "./randomAccess.ts";

/** The size of a header. */
export const headerBytes = 64;

/** What the headers of a kind of file have in common. */
export interface FileKind {
  /** Eight characters. */
  readonly magic: string;
  readonly version: number;
  /** How many float64s there are. */
  readonly counts: number;
}

/** The numbers of a header. */
export interface IndexedHeader {
  readonly unit: number;
  readonly counts: readonly number[];
}

/** Yields the bytes of a header. */
export function packHeader(
  { magic, version }: FileKind,
  { unit, counts }: IndexedHeader,
): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < magic.length; index++) bytes[index] = magic.charCodeAt(index);
  view.setUint32(8, version, true);
  view.setUint32(12, unit, true);
  for (const [index, count] of counts.entries()) view.setFloat64(16 + 8 * index, count, true);
  return bytes;
}

/** Yields what a file's header says; null if it is of another kind or version, or its counts are none. */
export function readHeader(file: RandomAccessBytes, kind: FileKind): IndexedHeader | null {
  const bytes = file.read(0, headerBytes);
  if (bytes.length < headerBytes) return null;
  if (String.fromCharCode(...bytes.subarray(0, kind.magic.length)) !== kind.magic) return null;
  const view = new DataView(bytes.buffer);
  if (view.getUint32(8, true) !== kind.version) return null;
  const counts = Array.from({ length: kind.counts }, (_, index) =>
    view.getFloat64(16 + 8 * index, true),
  );
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  return counts.every(isCount) ? { unit: view.getUint32(12, true), counts } : null;
}

/** Where the records of a file are. */
export interface RecordPlaces {
  /** Where the first one begins. */
  readonly start: number;
  readonly count: number;
  readonly indexOffset: number;
  /** The size of each is a multiple of so many bytes. */
  readonly multiple: number;
  /** Bytes behind the index. */
  readonly restBytes?: number;
}

/** What is wrong with a file. */
export type IndexedFileFault = "was cut short" | "is damaged";

/** The records of a file, read when they are wanted; only the index is held in memory. */
export class IndexedFile {
  /** How many records there are. */
  readonly count: number;
  /** What is behind the index. */
  readonly rest: ArrayBuffer;
  private readonly file: RandomAccessBytes;
  private readonly fault: (what: IndexedFileFault) => UserError;
  private readonly offsets: Float64Array;

  /**
   * @param file  is left open, also by an error.
   * @param fault makes the error, here and when records are read.
   */
  constructor(
    file: RandomAccessBytes,
    { start, count, indexOffset, multiple, restBytes = 0 }: RecordPlaces,
    fault: (what: IndexedFileFault) => UserError,
  ) {
    this.file = file;
    this.fault = fault;
    this.count = count;
    const indexBytes = 8 * (count + 1);
    if (indexOffset < start || file.size !== indexOffset + indexBytes + restBytes) {
      throw fault("was cut short");
    }
    this.offsets = new Float64Array(this.bytes(indexOffset, indexBytes));
    this.rest = this.bytes(indexOffset + indexBytes, restBytes);
    const isOrdered = this.offsets.every((offset, record) => {
      const size = offset - (this.offsets[record - 1] ?? start);
      return size >= 0 && size % multiple === 0;
    });
    if (!isOrdered || this.offsets[0] !== start || this.offsets.at(-1) !== indexOffset) {
      throw fault("is damaged");
    }
  }

  /** What errors call the file. */
  get name(): string {
    return this.file.name;
  }

  /**
   * Reads a record, or its beginning.
   *
   * @param most the bytes to read at most.
   */
  read(record: number, most: number = Number.POSITIVE_INFINITY): ArrayBuffer {
    const [begin, end] = [this.offsets[record], this.offsets[record + 1]];
    if (begin === undefined || end === undefined) {
      throw new RangeError(`There is no record ${record} in ${this.name}.`);
    }
    return this.bytes(begin, Math.min(end - begin, most));
  }

  /** Closes the file; nothing can be read any more. */
  close(): void {
    this.file.close();
  }

  private bytes(offset: number, length: number): ArrayBuffer {
    const bytes = this.file.read(offset, length);
    if (bytes.length !== length) throw this.fault("was cut short");
    return bytes.buffer;
  }
}

/** How many bytes are written at a time. */
const chunkBytes = 2 ** 18;

/** Writes the records of a file, one after another. */
export class IndexedFileWriter {
  private readonly sink: ByteSink;
  private readonly offsets: number[];
  private waiting: Uint8Array[];
  private waitingBytes: number;

  /** @param start where the first record begins: 0 for a file without a header. */
  constructor(sink: ByteSink, start: number) {
    this.sink = sink;
    this.offsets = [start];
    this.waiting = [new Uint8Array(start)];
    this.waitingBytes = start;
  }

  /** How many records there are. */
  get count(): number {
    return this.offsets.length - 1;
  }

  /** Where the last record ends, and the index will begin. */
  get indexOffset(): number {
    return this.offsets.at(-1) as number;
  }

  /**
   * Writes a record.
   *
   * @param bytes must not change any more, as they may be written later.
   * @returns its number.
   */
  async add(bytes: Uint8Array): Promise<number> {
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    this.offsets.push(this.indexOffset + bytes.length);
    if (this.waitingBytes >= chunkBytes) await this.flush();
    return this.count - 1;
  }

  /** Completes the file with what is behind the index, and its header if it has one. */
  async finish(header?: Uint8Array, rest?: Uint8Array): Promise<void> {
    this.waiting.push(new Uint8Array(Float64Array.from(this.offsets).buffer));
    if (rest) this.waiting.push(rest);
    await this.flush();
    await this.sink.finish(header);
  }

  /** Removes what was written. */
  abandon(): Promise<void> {
    return this.sink.abandon();
  }

  private async flush(): Promise<void> {
    const bytes = joinedBytes(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    await this.sink.write(bytes);
  }
}
