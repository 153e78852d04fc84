/** @file Pipes, devices and the standard input that are read more than once: they are copied to nameless files. */

import type { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../tensor/errors.ts";
import { nameOfPath, standardInputPath } from "../paths.ts";
import { bytesOf, readRawBytes } from "./rawBytes.ts";

const kept = new Map<string, FileHandle>();

/**
 * Yields the bytes of a path like `readRawBytes`, or of its copy.
 *
 * @throws UserError if it cannot be read.
 */
export function readKeptBytes(path: string): AsyncGenerator<Buffer> {
  const handle = kept.get(path);
  return handle ? bytesOf(handle, path, 0) : readRawBytes(path);
}

/**
 * Makes sure that paths can be read more than once. The content of a pipe, a device or the standard input is
 * copied, as it arrives, to a temporary file, which is unlinked at once, so that it disappears with the process,
 * however that ends. Files stay as they are.
 *
 * @throws UserError if a stream cannot be read or the folder for temporary files cannot be written.
 */
export async function keepStreams(paths: Iterable<string>): Promise<void> {
  // At the same time, because one process may write to two pipes.
  await Promise.all(
    [...new Set(paths)].map(async (path) => {
      if (!kept.has(path) && (await isStream(path))) kept.set(path, await keep(path));
    }),
  );
}

async function isStream(path: string): Promise<boolean> {
  if (path === standardInputPath) return true;
  // A missing path is reported when it is read.
  const found = await stat(path).catch(() => null);
  return found !== null && !found.isFile() && !found.isDirectory();
}

async function keep(path: string): Promise<FileHandle> {
  const folder = tmpdir();
  const explain = (error: unknown): never => {
    const reason = (error as Error).message;
    throw new UserError(
      `${nameOfPath(path)}: it is read more than once, but cannot be kept in ${folder} (${reason}); save it as a file, or set TMPDIR to a folder with more space.`,
    );
  };
  const name = join(folder, `seq2see-${randomUUID()}`);
  const handle = await open(name, "wx+", 0o600).catch(explain);
  try {
    await rm(name).catch(explain);
    for await (const bytes of readRawBytes(path)) await handle.writeFile(bytes).catch(explain);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}
