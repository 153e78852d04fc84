/**
 * @file The features of a corpus in one file, so that an epoch need not decode pictures again:
 *
 *     header   64 bytes: the magic bytes, version, numbers of a row, records, pairs, where the index begins
 *     records  float32 [positions, size] each, one after another; pairs of one file share a record
 *     index    float64 [records + 1]: where each record begins and the last one ends
 *              uint32 [pairs]: the record of each pair
 *
 * Numbers are written as the machine holds them, which is little-endian wherever Node runs today.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { UserError } from "../tensor/errors.ts";

const headerBytes = 64;
const magic = "s2sfeats";
const version = 1;

/** Writes a {@link FeatureStore}, record by record. */
export class FeatureWriter {
  private readonly path: string;
  private readonly handle: FileHandle;
  private readonly offsets: number[] = [headerBytes];
  private readonly recordOfPair: number[] = [];

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.handle = handle;
  }

  /**
   * Begins a file, which takes its name with {@link finish}.
   *
   * @throws UserError if it cannot be written, here and below.
   */
  static async create(path: string): Promise<FeatureWriter> {
    try {
      return new FeatureWriter(path, await open(`${path}.partial`, "w"));
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** Writes rows `[positions, size]` and yields the number of their record. */
  async add(rows: Float32Array): Promise<number> {
    const offset = this.offsets.at(-1) as number;
    await this.write(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength), offset);
    return this.offsets.push(offset + rows.byteLength) - 2;
  }

  /** Says which record the next pair has. */
  keep(record: number): void {
    this.recordOfPair.push(record);
  }

  /** Completes the file. */
  async finish(size: number): Promise<void> {
    const { path, offsets, recordOfPair } = this;
    const indexOffset = offsets.at(-1) as number;
    const places = new Uint8Array(Float64Array.from(offsets).buffer);
    // The index begins where the rows end, which need not be a multiple of 8.
    await this.write(places, indexOffset);
    const pairs = new Uint8Array(Uint32Array.from(recordOfPair).buffer);
    await this.write(pairs, indexOffset + places.length);
    const header = new Uint8Array(headerBytes);
    const view = new DataView(header.buffer);
    for (let index = 0; index < magic.length; index++) header[index] = magic.charCodeAt(index);
    view.setUint32(8, version, true);
    view.setUint32(12, size, true);
    view.setFloat64(16, offsets.length - 1, true);
    view.setFloat64(24, recordOfPair.length, true);
    view.setFloat64(32, indexOffset, true);
    await this.write(header, 0);
    try {
      await this.handle.sync();
      await this.handle.close();
      await rename(`${path}.partial`, path);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** Removes what was written, where the file is not to be completed. */
  async abandon(): Promise<void> {
    await this.handle.close().catch(() => {});
    await rm(`${this.path}.partial`, { force: true });
  }

  private async write(bytes: Uint8Array, offset: number): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) {
        at += (await this.handle.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
      }
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }
}

function unwritable(path: string, error: unknown): UserError {
  return new UserError(
    `${path}: cannot be written (${(error as Error).message}); check the folder and the space left.`,
  );
}

/** The features of a corpus, read when they are wanted; only their index is held in memory. */
export class FeatureStore {
  /** The numbers of a row. */
  readonly size: number;
  private readonly path: string;
  private readonly file: number;
  private readonly offsets: Float64Array;
  private readonly recordOfPair: Uint32Array;

  private constructor(path: string, file: number) {
    this.path = path;
    this.file = file;
    const header = this.bytes(0, headerBytes);
    const view = new DataView(header);
    const found = String.fromCharCode(...new Uint8Array(header, 0, magic.length));
    if (found !== magic || view.getUint32(8, true) !== version) {
      throw new UserError(`${path}: no features of this version; train again from the corpus.`);
    }
    this.size = view.getUint32(12, true);
    const [records, pairs, indexOffset] = [16, 24, 32].map((at) => view.getFloat64(at, true)) as [
      number,
      number,
      number,
    ];
    const counts = [this.size, records, pairs, indexOffset];
    if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) throw this.damaged();
    const places = 8 * (records + 1);
    if (fstatSync(file).size !== indexOffset + places + 4 * pairs) throw this.damaged();
    this.offsets = new Float64Array(this.bytes(indexOffset, places));
    this.recordOfPair = new Uint32Array(this.bytes(indexOffset + places, 4 * pairs));
    if (this.offsets.at(-1) !== indexOffset) throw this.damaged();
  }

  /**
   * Opens a file; to be closed again.
   *
   * @throws UserError if there is none, it is something else, or it was cut short.
   */
  static open(path: string): FeatureStore {
    let file: number;
    try {
      file = openSync(path, "r");
    } catch (error) {
      throw new UserError(
        `${path}: cannot be opened (${(error as Error).message}); train again from the corpus.`,
      );
    }
    try {
      return new FeatureStore(path, file);
    } catch (error) {
      closeSync(file);
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
    if (record === undefined) throw new RangeError(`There is no pair ${pair} in ${this.path}.`);
    const [begin, end] = [this.offsets[record], this.offsets[record + 1]];
    if (begin === undefined || end === undefined || end < begin) throw this.damaged();
    if ((end - begin) % (4 * this.size) !== 0) throw this.damaged();
    return new Float32Array(this.bytes(begin, end - begin));
  }

  /** Closes the file; nothing can be read any more. */
  close(): void {
    closeSync(this.file);
  }

  private bytes(offset: number, length: number): ArrayBuffer {
    const bytes = new Uint8Array(length);
    if (readSync(this.file, bytes, 0, length, offset) !== length) throw this.damaged();
    return bytes.buffer;
  }

  private damaged(): UserError {
    return new UserError(`${this.path}: the features are damaged; train again from the corpus.`);
  }
}
