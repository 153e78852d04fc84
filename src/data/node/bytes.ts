/** @file Reads the bytes of files, pipes and the standard input, unpacked if they are gzipped. */

import { Buffer } from "node:buffer";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UserError } from "../../tensor/errors.ts";
import { gzipStart, startsWith } from "../encodings.ts";
import { readKeptBytes } from "./keptStreams.ts";
import { chunkBytes, readFault } from "./rawBytes.ts";

/**
 * Yields the bytes of a path, unpacked if their first bytes show that they are gzipped, whatever the name.
 *
 * @param path a file, pipe or device; `-` is the standard input.
 * @throws UserError if it cannot be read, or is a damaged or truncated gzip file.
 */
export async function* readBytes(path: string): AsyncGenerator<Buffer> {
  const bytes = withBeginning(readKeptBytes(path), [gzipStart]);
  try {
    const { value: first, done } = await bytes.next();
    if (done) return;
    if (startsWith(first, gzipStart)) yield* unpacked(chain(first, bytes), path);
    else yield* chain(first, bytes);
  } finally {
    await bytes.return(undefined);
  }
}

async function* unpacked(packed: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  try {
    // The callback is empty because the loop over the stream gets the same error.
    yield* pipeline(Readable.from(packed), createGunzip({ chunkSize: chunkBytes }), () => {});
  } catch (error) {
    throw error instanceof UserError ? error : readFault(path, error);
  }
}

/**
 * Yields the same bytes, with a first piece that is long enough to recognise one of several prefixes.
 * It waits for no more than that, because an open pipe might send no more.
 */
export async function* withBeginning(
  chunks: AsyncIterable<Buffer>,
  starts: readonly (readonly number[])[],
): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    const bytes: Buffer = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const isOpen = starts.some(
      (start) => bytes.length < start.length && startsWith(bytes, start.slice(0, bytes.length)),
    );
    head = isOpen ? bytes : null;
    if (!isOpen) yield bytes;
  }
  if (head !== null && head.length > 0) yield head;
}

async function* chain(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
