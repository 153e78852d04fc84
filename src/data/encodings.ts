/** @file Which texts can be read, and how to tell what is none by its bytes. */

import { DataError, type OtherFile } from "./dataFault.ts";

/** Byte order marks. */
export const byteOrderMarks = {
  utf8: [0xef, 0xbb, 0xbf],
  utf16le: [0xff, 0xfe],
  utf16be: [0xfe, 0xff],
} as const;

/** The first bytes of a gzip file. */
export const gzipStart: readonly number[] = [0x1f, 0x8b];

/** Files that are mistaken for texts, by their first bytes. */
const otherStarts: readonly (readonly [start: readonly number[], file: OtherFile])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "zip"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz"],
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd"],
  [[0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59], "bzip2"],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], "pdf"],
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], "picture"],
  [[0xff, 0xd8, 0xff], "picture"],
  [[0x47, 0x49, 0x46, 0x38], "picture"],
];

/** A line end of Unix, of Windows, or of old Macs. A line or paragraph separator is none. */
export const lineEnd: RegExp = /\r\n?|\n/;

/** Whether bytes begin with other bytes. */
export function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/**
 * Refuses bytes that begin like a file of another kind.
 *
 * @param name the name of the text in errors.
 * @throws DataError if they do.
 */
export function refuseOtherFiles(bytes: Uint8Array, name: string): void {
  for (const [start, file] of otherStarts) {
    if (startsWith(bytes, start)) throw new DataError(name, { kind: "otherFile", file });
  }
}

/** The number of line ends in a text. */
export function lineEndsIn(text: string): number {
  return text.split(lineEnd).length - 1;
}

/** The lines of a text: nothing follows its last line end. */
export function linesIn(text: string): string[] {
  const lines = text.includes("\r") ? text.split(lineEnd) : text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * The error for a text with a NUL byte, which usually means UTF-16 without a mark.
 *
 * @param bytes  some of its bytes, from the one before the first NUL.
 * @param offset their offset in the text.
 */
export function nulFault(name: string, line: number, bytes: Uint8Array, offset: number): DataError {
  const encoding = encodingWithNul(bytes.subarray(0, 4096), offset) ?? null;
  return new DataError(name, { kind: "nul", line, encoding });
}

/** The encoding in which white space and ASCII letters have NUL bytes at these offsets. */
function encodingWithNul(bytes: Uint8Array, offset: number): string | undefined {
  let [nul, little, big] = [0, 0, 0];
  for (const [at, byte] of bytes.entries()) {
    if (byte !== 0) continue;
    nul++;
    // Next to NUL, white space is better evidence than a letter, which may be half of another character.
    if ((offset + at) % 2 === 1) little += weight(bytes[at - 1]);
    else big += weight(bytes[at + 1]);
  }
  if (nul > 0.6 * bytes.length) return bytes[0] === 0 ? "UTF-32BE" : "UTF-32LE";
  // A single letter before a NUL byte is no evidence.
  if (little === big || Math.max(little, big) < 2) return undefined;
  return little > big ? "UTF-16LE" : "UTF-16BE";
}

function weight(neighbour: number | undefined): number {
  if (neighbour === undefined || neighbour === 0 || neighbour >= 0x7f) return 0;
  return neighbour <= 0x20 ? 16 : 1;
}
