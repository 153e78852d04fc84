/** @file Converts bytes to UTF-8: handles byte order marks and UTF-16, and rejects what is not text. */

import { Buffer } from "node:buffer";
import { StringDecoder } from "node:string_decoder";
import { DataError } from "../dataFault.ts";
import { lineEndsIn, byteOrderMarks as marks, refuseOtherFiles, startsWith } from "../encodings.ts";
import { withBeginning } from "./bytes.ts";

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
    refuseOtherFiles(first, name);
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

  private fault(before: string): DataError {
    const line = this.linesBefore + lineEndsIn(before) + 1;
    return new DataError(this.name, { kind: "notUtf16", line });
  }
}
