import { Buffer } from "node:buffer";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";
import { UserError } from "../tensor/errors.ts";

/** A line of a file, without its end. */
export interface Line {
  readonly text: string;
  /** Its number in the file, from 1 on. */
  readonly line: number;
}

/** The longest line that is read; beyond it the file is hardly one of sentences. */
const maxLineBytes = 16 * 2 ** 20;

const newline = 0x0a;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a text file line by line without holding more than a part of it: UTF-8, plain or gzipped (told
 * by its first bytes, whatever its name). A byte order mark and carriage returns at line ends are dropped.
 *
 * @throws UserError if the file cannot be read, is not UTF-8, or is a damaged or cut gzip file.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let line = 0;
  for await (const bytes of wholeLines(path)) {
    for (const text of decode(bytes, path, line + 1)) {
      line++;
      const start = line === 1 && text.startsWith("\uFEFF") ? 1 : 0;
      yield { text: text.slice(start, text.endsWith("\r") ? -1 : undefined), line };
    }
  }
}

/** Yields the content in parts that end where a line ends; the last one need not. */
async function* wholeLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of readBytes(path)) {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) {
      yield Buffer.concat([...rest, chunk.subarray(0, end)]);
      rest = [];
      restBytes = 0;
    }
    rest.push(chunk.subarray(end));
    restBytes += chunk.length - end;
    if (restBytes > maxLineBytes) {
      throw new UserError(
        `${path}: a line is longer than ${maxLineBytes / 2 ** 20} MiB; give a text file with one sentence or pair a line.`,
      );
    }
  }
  if (restBytes > 0) yield Buffer.concat(rest);
}

/**
 * Yields the bytes of a file, unpacked if they are gzipped.
 *
 * @throws UserError if the file cannot be read, or is a damaged or cut gzip file.
 */
export async function* readBytes(path: string): AsyncGenerator<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    const raw = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 2 ** 18 });
    // The callback is empty because the loop over the stream meets the same error.
    yield* isGzip ? pipeline(raw, createGunzip({ chunkSize: 2 ** 18 }), () => {}) : raw;
  } catch (error) {
    throw new UserError(`${path}: ${explain(error)}`, { cause: error });
  } finally {
    await handle?.close();
  }
}

/** Yields the lines of a part of the file, whose first line has the number `first`. */
function decode(bytes: Buffer, path: string, first: number): string[] {
  const end = bytes.at(-1) === newline ? bytes.length - 1 : bytes.length;
  try {
    return strictUtf8.decode(bytes.subarray(0, end)).split("\n");
  } catch {
    throw new UserError(
      `${path}: line ${first + linesBeforeInvalid(bytes)} is not UTF-8; convert the file, for instance with iconv.`,
    );
  }
}

function linesBeforeInvalid(bytes: Buffer): number {
  let lines = 0;
  for (let start = 0; start < bytes.length; lines++) {
    const end = bytes.indexOf(newline, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end);
    try {
      strictUtf8.decode(line);
    } catch {
      return lines;
    }
    start += line.length + 1;
  }
  return lines;
}

/** Yields what a fault of the file system or of the unpacking means, and what to do. */
function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file; check the path.";
    case "EISDIR":
      return "this is a directory; give a file in it.";
    case "EACCES":
    case "EPERM":
      return "you may not read this file; check its permissions.";
    case "ESPIPE":
      return "this is a pipe, but a corpus is read more than once; save it as a file first.";
    case "Z_BUF_ERROR":
      return "the gzip file ends too early; copy or download it again.";
    case "Z_DATA_ERROR":
      return "the gzip file is damaged; copy or download it again.";
    default:
      return `cannot be read (${message}).`;
  }
}
