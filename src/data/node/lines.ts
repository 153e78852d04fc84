/** @file Reads text line by line: UTF-8, plain or gzipped. All text enters here. */

import { Buffer, isUtf8 } from "node:buffer";
import { UserError } from "../../tensor/errors.ts";
import { DataError } from "../dataFault.ts";
import { lineEnd, lineEndsIn, linesIn, nulFault } from "../encodings.ts";
import { type Line, maxLineBytes } from "../line.ts";
import { nameOfPath, standardInputPath } from "../paths.ts";
import { readBytes } from "./bytes.ts";
import { asUtf8 } from "./encoding.ts";

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Reads a text line by line, with only a part of it in memory: UTF-8, or UTF-16 with a byte order mark, plain
 * or gzipped (detected from its first bytes). Lines end with LF, CRLF or CR; a byte order mark is
 * dropped. A line is yielded once its end has arrived, so that a pipe that stays open is read as it is written.
 *
 * @param path a file, pipe or device; `-` is the standard input.
 * @throws UserError if it cannot be read, is a damaged or truncated gzip file, or a line is not UTF-8, contains a
 *   NUL byte or is too long.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const name = nameOfPath(path);
  let line = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;
  let offset = 0;
  let isAfterReturn = false;
  for await (const chunk of asUtf8(readBytes(path), name)) {
    if (chunk.length === 0) continue;
    const nul = chunk.indexOf(0);
    if (nul >= 0) {
      const before = Buffer.concat([...rest, chunk.subarray(0, nul)]).toString("latin1");
      const more = lineEndsIn(before) - (isAfterReturn && before[0] === "\n" ? 1 : 0);
      const from = Math.max(0, nul - 1);
      throw nulFault(name, line + more + 1, chunk.subarray(from), offset + from);
    }
    offset += chunk.length;
    // The second half of a line end that was split between chunks.
    const start = isAfterReturn && chunk[0] === newline ? 1 : 0;
    const end = Math.max(chunk.lastIndexOf(newline), chunk.lastIndexOf(carriageReturn)) + 1;
    isAfterReturn = chunk.at(-1) === carriageReturn;
    if (end > start) {
      const bytes = chunk.subarray(start, end);
      const whole = rest.length === 0 ? bytes : Buffer.concat([...rest, bytes]);
      for (const text of linesIn(decode(whole, name, line + 1))) yield { text, line: ++line };
      rest = [];
      restBytes = 0;
    }
    const left = chunk.subarray(Math.max(start, end));
    if (left.length === 0) continue;
    rest.push(left);
    restBytes += left.length;
    if (restBytes > maxLineBytes) {
      throw new UserError(
        `${name}: line ${line + 1} is longer than ${maxLineBytes / 2 ** 20} MiB; give a text file with one sentence or pair a line.`,
      );
    }
  }
  if (restBytes === 0) return;
  for (const text of linesIn(decode(Buffer.concat(rest), name, line + 1)))
    yield { text, line: ++line };
}

/** Reads the standard input like {@link readLines}; it can be read only once. */
export function readStandardInput(): AsyncGenerator<Line> {
  return readLines(standardInputPath);
}

/**
 * Reads a whole text in the same way, such as a file of options.
 *
 * @param maxBytes the maximum size of the file.
 * @throws UserError as {@link readLines} does, and if the file is larger.
 */
export async function readText(path: string, maxBytes: number = 2 ** 20): Promise<string> {
  const name = nameOfPath(path);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of asUtf8(readBytes(path), name)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) {
      throw new UserError(
        `${name}: the file is larger than ${maxBytes.toLocaleString("en")} bytes; check that it is the one you mean.`,
      );
    }
  }
  const bytes = Buffer.concat(chunks);
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const from = Math.max(0, nul - 1);
    const line = lineEndsIn(bytes.toString("latin1", 0, nul)) + 1;
    throw nulFault(name, line, bytes.subarray(from), from);
  }
  return decode(bytes, name, 1);
}

/** The text of bytes whose first line has the number `first`. */
function decode(bytes: Buffer, name: string, first: number): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const lines = bytes.toString("latin1").split(lineEnd);
  const wrong = lines.findIndex((line) => !isUtf8(Buffer.from(line, "latin1")));
  throw new DataError(name, { kind: "notUtf8", line: first + wrong });
}
