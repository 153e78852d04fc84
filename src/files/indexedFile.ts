/**
 * @file Binary files of records followed by an index, so that each record can be read separately:
 *
 *     header   64 bytes, or none: the magic bytes, uint32 version, a uint32 and float64s, depending on the kind of file
 *     records  in order
 *     index    float64 [records + 1]: the offset of each record, and the end of the last one
 *     rest     additional data of a kind of file
 *
 * The header is little-endian; everything else has the machine's byte order, which is little-endian wherever this
 * runs today. Isomorphic.
 */

import type { UserError } from "../tensor/errors.ts";
import type { ByteSink, RandomAccessBytes } from "./randomAccess.ts";
import { joinedBytes } from "./randomAccess.ts";

/** The size of a header. */
export const headerBytes = 64;

/** The common part of the headers of a kind of file. */
export interface FileKind {
  /** Eight characters. */
  readonly magic: string;
  readonly version: number;
  /** The number of float64s. */
  readonly counts: number;
}

/** The numbers of a header. */
export interface IndexedHeader {
  readonly unit: number;
  readonly counts: readonly number[];
}

/** Returns the bytes of a header. */
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

/** Returns the content of a file's header; null if its kind or version differs, or its counts are invalid. */
export function readHeader(file: RandomAccessBytes, kind: FileKind): IndexedHeader | null {
  const bytes = file.read(0, headerBytes);
  if (bytes.length < headerBytes) return null;
  const magic = bytes.subarray(0, kind.magic.length);
  if (new TextDecoder().decode(magic) !== kind.magic) return null;
  const view = new DataView(bytes.buffer);
  if (view.getUint32(8, true) !== kind.version) return null;
  const counts = Array.from({ length: kind.counts }, (_, index) =>
    view.getFloat64(16 + 8 * index, true),
  );
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  return counts.every(isCount) ? { unit: view.getUint32(12, true), counts } : null;
}

/** The locations of a file's records. */
export interface RecordPlaces {
  /** The offset of the first record. */
  readonly start: number;
  readonly count: number;
  readonly indexOffset: number;
  /** The size of each record is a multiple of this many bytes. */
  readonly multiple: number;
  /** The number of bytes after the index. */
  readonly restBytes?: number;
}

/** What is wrong with a file. */
export type IndexedFileFault = "was cut short" | "is damaged";

/** The records of a file, read on demand; only the index is in memory. */
export class IndexedFile {
  /** The number of records. */
  readonly count: number;
  /** The data after the index. */
  readonly rest: ArrayBuffer;
  private readonly file: RandomAccessBytes;
  private readonly fault: (what: IndexedFileFault) => UserError;
  private readonly offsets: Float64Array;

  /**
   * @param file  stays open, even after an error.
   * @param fault creates the error, here and when records are read.
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

  /** The name of the file in errors. */
  get name(): string {
    return this.file.name;
  }

  /**
   * Reads a record, or its start.
   *
   * @param most the maximum number of bytes to read.
   */
  read(record: number, most: number = Number.POSITIVE_INFINITY): ArrayBuffer {
    const [begin, end] = [this.offsets[record], this.offsets[record + 1]];
    if (begin === undefined || end === undefined) {
      throw new RangeError(`There is no record ${record} in ${this.name}.`);
    }
    return this.bytes(begin, Math.min(end - begin, most));
  }

  /** Closes the file; nothing can be read afterwards. */
  close(): void {
    this.file.close();
  }

  private bytes(offset: number, length: number): ArrayBuffer {
    const bytes = this.file.read(offset, length);
    if (bytes.length !== length) throw this.fault("was cut short");
    return bytes.buffer;
  }
}

/** The number of bytes per write. */
const chunkBytes = 2 ** 18;

/** Writes the records of a file in order. */
export class IndexedFileWriter {
  private readonly sink: ByteSink;
  private readonly offsets: number[];
  private waiting: Uint8Array[];
  private waitingBytes: number;

  /** @param start the offset of the first record: 0 for a file without a header. */
  constructor(sink: ByteSink, start: number) {
    this.sink = sink;
    this.offsets = [start];
    this.waiting = [new Uint8Array(start)];
    this.waitingBytes = start;
  }

  /** The number of records. */
  get count(): number {
    return this.offsets.length - 1;
  }

  /** The end of the last record, where the index will begin. */
  get indexOffset(): number {
    return this.offsets.at(-1) as number;
  }

  /**
   * Writes a record.
   *
   * @param bytes must not change afterwards, because they may be written later.
   * @returns its number.
   */
  async add(bytes: Uint8Array): Promise<number> {
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    this.offsets.push(this.indexOffset + bytes.length);
    if (this.waitingBytes >= chunkBytes) await this.flush();
    return this.count - 1;
  }

  /** Completes the file with the data after the index, and its header if it has one. */
  async finish(header?: Uint8Array, rest?: Uint8Array): Promise<void> {
    this.waiting.push(new Uint8Array(Float64Array.from(this.offsets).buffer));
    if (rest) this.waiting.push(rest);
    await this.flush();
    await this.sink.finish(header);
  }

  /** Removes what has been written. */
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
