/** @file Zip archives in memory: their list of files, checked before anything is unpacked, and new ones. Isomorphic. */

import { inflateSync, type Zippable, zipSync } from "fflate";
import { ZipError, type ZipFault } from "./zipFault.ts";

/** A file in an archive. */
export interface ZipEntry {
  readonly path: string;
  /** Its size when it is unpacked. */
  readonly bytes: number;
  /**
   * Unpacks it.
   *
   * @throws ZipError if it is damaged.
   */
  read(): Uint8Array<ArrayBuffer>;
}

/** What is accepted of an archive. */
export interface ZipLimits {
  /** The most bytes that all files may have together. Default: 1 GB. */
  readonly bytes?: number;
  /** The most files. Default: 10,000. */
  readonly files?: number;
}

/** How many times its own size an archive may unpack to; only large ones are held to it. */
const mostRatio = 200;
const smallBytes = 50e6;

/** The signatures of a zip archive's records, and the sizes of their fixed parts. */
const local = { signature: 0x04034b50, bytes: 30 };
const central = { signature: 0x02014b50, bytes: 46 };
const end = { signature: 0x06054b50, bytes: 22 };
/** The longest comment behind the last record. */
const longestComment = 0xffff;
/** What stands in place of numbers that only the records for large archives hold. */
const elsewhere = 0xffffffff;

/** Whether a file begins like a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  return (
    first === 0x50 &&
    second === 0x4b &&
    ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

/**
 * Lists the files of an archive; nothing is unpacked yet.
 *
 * @param name the archive's name in errors.
 * @throws ZipError if it is no archive, damaged, too large, or has a path out of its folder.
 */
export function openZip(
  bytes: Uint8Array,
  name: string,
  { bytes: mostBytes = 1e9, files: mostFiles = 10_000 }: ZipLimits = {},
): ZipEntry[] {
  const refuse = (fault: ZipFault): never => {
    throw new ZipError(name, fault);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = lastRecord(view);
  if (last === null) return refuse({ kind: isZip(bytes) ? "cut" : "noZip" });
  const [count, length, offset] = [10, 12, 16].map((at) =>
    at === 10 ? view.getUint16(last + at, true) : view.getUint32(last + at, true),
  ) as [number, number, number];
  if (offset === elsewhere || length === elsewhere || count === 0xffff) {
    return refuse({ kind: "zip64" });
  }
  if (count > mostFiles) return refuse({ kind: "many", files: count, most: mostFiles });
  // Something may stand before the archive, such as a program that unpacks it.
  const shift = last - length - offset;
  if (shift < 0) return refuse({ kind: "cut" });

  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let at = shift + offset, index = 0; index < count; index++) {
    if (at + central.bytes > last || view.getUint32(at, true) !== central.signature) {
      return refuse({ kind: "cut" });
    }
    const record = recordAt(bytes, view, at);
    at = record.next;
    const { path } = record;
    if (path.endsWith("/")) continue;
    if (!isInside(path)) return refuse({ kind: "outside", file: path });
    if (entries.has(path)) return refuse({ kind: "twice", file: path });
    total += record.unpacked;
    entries.set(path, {
      path,
      bytes: record.unpacked,
      read: () => unpack(bytes, { ...record, start: record.start + shift }, name),
    });
  }
  if (total > mostBytes) return refuse({ kind: "large", bytes: total, most: mostBytes });
  if (total > smallBytes && total > mostRatio * bytes.length) {
    return refuse({ kind: "swollen", bytes: total, most: mostRatio });
  }
  return [...entries.values()];
}

/** Where the last record of an archive begins; null if there is none. */
function lastRecord(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - end.bytes - longestComment);
  for (let at = view.byteLength - end.bytes; at >= first; at--) {
    if (view.getUint32(at, true) !== end.signature) continue;
    if (at + end.bytes + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return null;
}

/** What the list of an archive says of a file. */
interface ZipRecord {
  readonly path: string;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where the file's own record begins. */
  readonly start: number;
  /** Where the next record of the list begins. */
  readonly next: number;
}

function recordAt(bytes: Uint8Array, view: DataView, at: number): ZipRecord {
  const short = (offset: number): number => view.getUint16(at + offset, true);
  const long = (offset: number): number => view.getUint32(at + offset, true);
  const nameEnd = at + central.bytes + short(28);
  return {
    // Some programs of Windows write paths with backslashes.
    path: nameOf(bytes.subarray(at + central.bytes, nameEnd)).replaceAll("\\", "/"),
    isEncrypted: (short(8) & 1) !== 0,
    method: short(10),
    crc: long(16),
    packed: long(20),
    unpacked: long(24),
    start: long(42),
    next: nameEnd + short(30) + short(32),
  };
}

/** Names are UTF-8 in almost all archives; those of other codes only have to stay apart. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  }
}

/** Whether a path stays in the folder that it begins at. */
function isInside(path: string): boolean {
  return !/^\/|^[a-z]:|\0|(^|\/)\.\.(\/|$)/i.test(path);
}

function unpack(bytes: Uint8Array, record: ZipRecord, archive: string): Uint8Array<ArrayBuffer> {
  const { path: file, isEncrypted, method, packed, unpacked, start } = record;
  const refuse = (fault: ZipFault): never => {
    throw new ZipError(archive, fault);
  };
  if (isEncrypted) return refuse({ kind: "encrypted", file });
  if (method !== 0 && method !== 8) return refuse({ kind: "method", file, method });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isThere =
    start + local.bytes <= bytes.length && view.getUint32(start, true) === local.signature;
  if (!isThere) return refuse({ kind: "damaged", file });
  const from =
    start + local.bytes + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const content = bytes.subarray(from, from + packed);
  if (content.length < packed) return refuse({ kind: "damaged", file });
  const read = method === 0 ? content.slice() : inflated(content, unpacked);
  if (read === null || read.length !== unpacked || crc32(read) !== record.crc) {
    return refuse({ kind: "damaged", file });
  }
  return read;
}

/** Inflates into as many bytes as there are to be, so that nothing else can fill the memory; null if that fails. */
function inflated(content: Uint8Array, length: number): Uint8Array<ArrayBuffer> | null {
  if (length === 0) return new Uint8Array(0);
  try {
    return inflateSync(content, { out: new Uint8Array(length) }) as Uint8Array<ArrayBuffer>;
  } catch {
    return null;
  }
}

let crcTable: Uint32Array | undefined;

/** The checksum of zip archives. */
export function crc32(bytes: Uint8Array): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, index) => {
    let word = index;
    for (let bit = 0; bit < 8; bit++) word = word & 1 ? 0xedb88320 ^ (word >>> 1) : word >>> 1;
    return word;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Files of numbers hardly get smaller. */
const isOfNumbers = (path: string): boolean => /\.(safetensors|ids|features|links|png)$/.test(path);

/**
 * Packs files into an archive.
 *
 * @param date of all files, so that the same files make the same archive.
 * @param isStored which files are stored as they are; by default those whose names say that they hold numbers.
 */
export function writeZip(
  files: Iterable<readonly [path: string, bytes: Uint8Array]>,
  date: Date,
  isStored: (path: string) => boolean = isOfNumbers,
): Uint8Array<ArrayBuffer> {
  const packed: Zippable = {};
  for (const [path, bytes] of files) packed[path] = [bytes, { level: isStored(path) ? 0 : 6 }];
  return zipSync(packed, { mtime: date }) as Uint8Array<ArrayBuffer>;
}
