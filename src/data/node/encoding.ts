/** @file Converts bytes to UTF-8: handles byte order marks and UTF-16, and rejects what is not text. */

import { Buffer } from "node:buffer";
import { StringDecoder } from "node:string_decoder";
import { UserError } from "../../tensor/errors.ts";
import { startsWith, withBeginning } from "./bytes.ts";

/** Byte order marks. */
const marks = { utf8: [0xef, 0xbb, 0xbf], utf16le: [0xff, 0xfe], utf16be: [0xfe, 0xff] } as const;

/** Files that are mistaken for texts, by their first bytes, and what to do with them. */
const otherFiles: readonly (readonly [start: readonly number[], advice: string])[] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    "this is a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV",
  ],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "this is an xz file; unpack it, or pack it with gzip"],
  [[0x28, 0xb5, 0x2f, 0xfd], "this is a zstd file; unpack it, or pack it with gzip"],
  [
    [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59],
    "this is a bzip2 file; unpack it, or pack it with gzip",
  ],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], "this is a PDF; give its text"],
];

/** A line end of Unix, of Windows, or of old Macs. A line or paragraph separator is none. */
export const lineEnd: RegExp = /\r\n?|\n/;

/**
 * Yields the bytes of a text as UTF-8 without a byte order mark. A text in UTF-16 with a mark is converted;
 * everything else is passed on.
 *
 * @param name the name of the text in errors.
 * @throws UserError if it begins like an archive or a document, or what follows the mark is not UTF-16.
 */
export async function* asUtf8(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const bytes = withBeginning(chunks, Object.values(marks));
  try {
    const { value: first, done } = await bytes.next();
    if (done) return;
    for (const [start, advice] of otherFiles) {
      if (startsWith(first, start)) throw new UserError(`${name}: ${advice}.`);
    }
    const isBigEndian = startsWith(first, marks.utf16be);
    if (isBigEndian || startsWith(first, marks.utf16le)) {
      const decoder = new Utf16Decoder(isBigEndian, name);
      yield decoder.decode(first.subarray(marks.utf16le.length));
      for await (const chunk of bytes) yield decoder.decode(chunk);
      decoder.end();
      return;
    }
    yield startsWith(first, marks.utf8) ? first.subarray(marks.utf8.length) : first;
    yield* bytes;
  } finally {
    await bytes.return(undefined);
  }
}

/** Converts UTF-16 to UTF-8, piece by piece, and rejects lone surrogates. */
class Utf16Decoder {
  private readonly isBigEndian: boolean;
  private readonly name: string;
  private readonly decoder: StringDecoder = new StringDecoder("utf16le");
  private odd: Buffer = Buffer.alloc(0);
  private linesBefore = 0;

  constructor(isBigEndian: boolean, name: string) {
    this.isBigEndian = isBigEndian;
    this.name = name;
  }

  decode(chunk: Buffer): Buffer {
    // A copy, because its bytes may be swapped.
    const bytes = Buffer.concat([this.odd, chunk]);
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    this.odd = bytes.subarray(even.length);
    const text = this.decoder.write(this.isBigEndian ? even.swap16() : even);
    const half = text.search(/\p{Surrogate}/u);
    if (half >= 0) throw this.fault(text.slice(0, half));
    this.linesBefore += lineEndsIn(text);
    return Buffer.from(text);
  }

  end(): void {
    if (this.odd.length > 0 || this.decoder.end() !== "") throw this.fault("");
  }

  private fault(before: string): UserError {
    return new UserError(
      `${this.name}: line ${this.linesBefore + lineEndsIn(before) + 1} is not UTF-16 as its byte order mark says; save the file as UTF-8.`,
    );
  }
}

/** The number of line ends in a text. */
export function lineEndsIn(text: string): number {
  return text.split(lineEnd).length - 1;
}

/**
 * The error for a text with a NUL byte, which usually means UTF-16 without a mark.
 *
 * @param bytes  some of its bytes, from the one before the first NUL.
 * @param offset their offset in the text.
 */
export function nulFault(name: string, line: number, bytes: Buffer, offset: number): UserError {
  const guess = encodingWithNul(bytes.subarray(0, 4096), offset);
  const remedy = guess
    ? `the file looks like ${guess}: convert it with iconv -f ${guess} -t UTF-8`
    : "a text has none; give a text file in UTF-8";
  return new UserError(`${name}: line ${line} holds a NUL byte; ${remedy}.`);
}

/** The encoding in which white space and ASCII letters have NUL bytes at these offsets. */
function encodingWithNul(bytes: Buffer, offset: number): string | undefined {
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
