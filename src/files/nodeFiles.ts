/**
 * @file Atomic writing of files and folders: whenever the program is killed or the disk fills up, the file of
 * that name is either the old one or the complete new one.
 */
import { open } from "node:fs/promises";
import { UserError } from "../tensor/errors.ts";
import { explain, readFaults, writeFaults } from "./nodeFaults.ts";
import { OutputFile } from "./nodeOutputFile.ts";
import { OutputFolder } from "./nodeOutputFolder.ts";

/**
 * Writes a file atomically, like {@link OutputFile}: its name never refers to an incomplete file.
 *
 * @param chunks the content in parts; it must not change until the promise settles.
 * @throws UserError if the disk is full or read-only, or access is denied; the old file is then untouched.
 */
export async function writeFileAtomically(
  path: string,
  chunks: Iterable<Uint8Array>,
): Promise<void> {
  const file = await OutputFile.create(path);
  try {
    for (const chunk of chunks) await file.write(chunk);
    await file.finish();
  } catch (error) {
    await file.abandon();
    throw explain(error, `${path} could not be written`, writeFaults);
  }
}

/**
 * Writes a new folder atomically, as {@link OutputFolder} does.
 *
 * @param path  a folder that is empty or does not exist.
 * @param files the content of each file, in parts, by its path in the folder.
 * @throws UserError if the disk is full or read-only, access is denied, or the folder is not empty; nothing is
 *   left behind then.
 */
export async function writeFolderAtomically(
  path: string,
  files: ReadonlyMap<string, Iterable<Uint8Array>>,
): Promise<void> {
  const folder = await OutputFolder.create(path);
  for (const [name, chunks] of files) await folder.write(name, chunks);
  await folder.finish();
}

// One call can read at most 2 GiB.
const maxTransferBytes = 64 * 1024 * 1024;

/**
 * Returns the bytes of a file of any size that fits in memory.
 *
 * @throws UserError if the file is missing, too large, or cannot be read.
 */
export async function readWholeFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const file = await open(path, "r");
    try {
      const bytes = roomFor((await file.stat()).size, path);
      let position = 0;
      while (position < bytes.length) {
        const length = Math.min(bytes.length - position, maxTransferBytes);
        const { bytesRead } = await file.read(bytes, position, length, position);
        if (bytesRead === 0) break;
        position += bytesRead;
      }
      return bytes.subarray(0, position);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explain(error, `${path} could not be read`, readFaults);
  }
}

/** An array of so many bytes; Node says how many it can have, and how much memory there is. */
function roomFor(size: number, path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(
      `${path}: it has ${(size / 1e9).toFixed(1)} GB, more than can be read into memory; give a smaller file.`,
    );
  }
}
