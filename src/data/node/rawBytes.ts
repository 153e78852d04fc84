/** @file Reads the unchanged bytes of files, pipes, devices and the standard input. */

import { Buffer } from "node:buffer";
import { fstatSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { UserError } from "../../tensor/errors.ts";
import { nameOfPath, standardInputPath } from "../paths.ts";

/** The number of bytes per read; larger strings cost more than fewer calls save. */
export const chunkBytes: number = 2 ** 16;

/**
 * Yields the bytes of a path from its start. Bytes that have arrived from a pipe or a terminal are
 * yielded immediately.
 *
 * @throws UserError if it cannot be read, or the standard input is read a second time.
 */
export async function* readRawBytes(path: string): AsyncGenerator<Buffer> {
  const handle = path === standardInputPath ? null : await openFile(path);
  if (handle === null) {
    yield* standardInput();
    return;
  }
  try {
    yield* bytesOf(handle, path, null);
  } finally {
    await handle.close();
  }
}

/** Opens a path; returns null if it is the standard input as a socket, which cannot be opened by its path. */
async function openFile(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENXIO" && path === "/dev/stdin") return null;
    throw readFault(path, error);
  }
}

/**
 * Yields the bytes of an open file.
 *
 * @param position where to start; null for the handle's position, as pipes require.
 * @throws UserError if it cannot be read.
 */
export async function* bytesOf(
  handle: FileHandle,
  path: string,
  position: number | null,
): AsyncGenerator<Buffer> {
  for (let at = position; ; ) {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await handle
      .read(buffer, 0, chunkBytes, at)
      .catch((error: unknown) => Promise.reject(readFault(path, error)));
    if (bytesRead === 0) return;
    if (at !== null) at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const takenInputs = new WeakSet<object>();

async function* standardInput(): AsyncGenerator<Buffer> {
  const { stdin } = process;
  if (takenInputs.has(stdin)) {
    throw new UserError(
      "The standard input was asked for twice, but it can be read only once; save it as a file.",
    );
  }
  takenInputs.add(stdin);
  try {
    // Node treats a directory as an input without content.
    if (fstatSync(0).isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    for await (const chunk of stdin) yield chunk as Buffer;
  } catch (error) {
    throw readFault(standardInputPath, error);
  }
}

/** Converts a read error to an error that explains it and what to do. */
export function readFault(path: string, error: unknown): UserError {
  return new UserError(`${nameOfPath(path)}: ${explain(error)}`, { cause: error });
}

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
    case "ELOOP":
      return "this is a link that leads back to itself; give the file that is meant.";
    case "ENAMETOOLONG":
      return "the name is too long for a file; check the path.";
    case "EIO":
      return "the disk reports an error; copy the file again.";
    case "Z_BUF_ERROR":
      return "the gzip file ends too early; copy or download it again.";
    case "Z_DATA_ERROR":
      return "the gzip file is damaged; copy or download it again.";
    default:
      return `it cannot be read (${message}); check the file.`;
  }
}
