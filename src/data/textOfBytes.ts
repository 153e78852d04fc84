/** @file A whole text from its bytes, where there is no Node: as `data/node` reads one piece by piece. */

import { DataError } from "./dataFault.ts";
import {
  byteOrderMarks,
  lineEndsIn,
  linesIn,
  nulFault,
  refuseOtherFiles,
  startsWith,
} from "./encodings.ts";
import type { Line } from "./line.ts";

/**
 * Decodes a text: UTF-8, or UTF-16 with a byte order mark. The mark is dropped.
 *
 * @param name the name of the text in errors.
 * @throws DataError if it is not text, in the words of the command line.
 */
export function textOfBytes(bytes: Uint8Array, name: string): string {
  refuseOtherFiles(bytes, name);
  if (startsWith(bytes, byteOrderMarks.utf16le)) return utf16(bytes, "utf-16le", name);
  if (startsWith(bytes, byteOrderMarks.utf16be)) return utf16(bytes, "utf-16be", name);
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const from = Math.max(0, nul - 1);
    const before = new TextDecoder("latin1").decode(bytes.subarray(0, nul));
    throw nulFault(name, lineEndsIn(before) + 1, bytes.subarray(from), from);
  }
  const text = decoded(bytes, "utf-8");
  if (text !== null) return text;
  throw new DataError(name, { kind: "notUtf8", line: firstWrongLine(bytes) });
}

/** Yields the lines of a text with their numbers. */
export async function* linesOf(text: string): AsyncGenerator<Line> {
  for (const [index, line] of linesIn(text).entries()) yield { text: line, line: index + 1 };
}

function utf16(bytes: Uint8Array, label: string, name: string): string {
  const text = decoded(bytes, label);
  if (text !== null) return text;
  // The decoder puts this character where it cannot go on.
  const [before = ""] = new TextDecoder(label).decode(bytes).split("\uFFFD");
  throw new DataError(name, { kind: "notUtf16", line: lineEndsIn(before) + 1 });
}

/** Null if the bytes are not of this encoding. */
function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The number of the first line that is not UTF-8. */
function firstWrongLine(bytes: Uint8Array): number {
  const isEnd = (at: number): boolean =>
    bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a);
  let [line, start] = [1, 0];
  for (let at = 0; at < bytes.length; at++) {
    if (!isEnd(at)) continue;
    if (decoded(bytes.subarray(start, at), "utf-8") === null) return line;
    line++;
    start = at + 1;
  }
  return line;
}
