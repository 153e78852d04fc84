/**
 * @file Atomic writing of files and folders: whenever the program is killed or the disk fills up, the file of
 * that name is either the old one or the complete new one.
 */
import { mkdir, open, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { writeAll } from "./nodeDescriptor.ts";
import { codeOf, explain, readFaults, writeFaults } from "./nodeFaults.ts";
import { OutputFile, syncFolder } from "./nodeOutputFile.ts";
import { followLinks } from "./nodeTarget.ts";
import { removeLeftovers, temporaryName } from "./nodeTemporary.ts";
import { begun, finished } from "./nodeUnfinished.ts";

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
 * Writes a new folder atomically: the files go to a temporary folder beside it, as in
 * {@link writeFileAtomically}, which then gets the name. Missing parent folders are created.
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
  const whole = await followLinks(resolve(path)).catch((error: unknown) => {
    throw explain(error, `${path} could not be written`, writeFaults);
  });
  const above = dirname(whole);
  const temporary = temporaryName(whole);
  let made: string | undefined;
  let at = path;
  begun(temporary);
  try {
    made = await mkdir(above, { recursive: true });
    await removeLeftovers(whole);
    await mkdir(temporary);
    const folders = new Set([temporary]);
    for (const [name, chunks] of files) {
      at = join(path, name);
      const folder = dirname(join(temporary, name));
      await mkdir(folder, { recursive: true });
      await writeAndSync(join(temporary, name), chunks);
      folders.add(folder);
    }
    at = path;
    for (const folder of folders) await syncFolder(folder);
    // Not every system can rename a folder to the name of an empty one.
    await rmdir(whole).catch((error: unknown) => {
      if (codeOf(error) !== "ENOENT") throw error;
    });
    await rename(temporary, whole);
    await syncFolder(above);
  } catch (error) {
    await rm(temporary, { force: true, recursive: true }).catch(() => undefined);
    if (made !== undefined) await removeEmpty(above, made);
    throw explain(error, `${at} could not be written`, writeFaults);
  } finally {
    finished(temporary);
  }
}

/** Removes created folders, innermost first, unless they contain something else by now. */
async function removeEmpty(innermost: string, outermost: string): Promise<void> {
  const end = dirname(resolve(outermost));
  for (let folder = resolve(innermost); folder !== end; folder = dirname(folder)) {
    await rmdir(folder).catch(() => undefined);
  }
}

async function writeAndSync(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, "wx");
  try {
    for (const chunk of chunks) await writeAll(file.fd, chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

// One call can read at most 2 GiB.
const maxTransferBytes = 64 * 1024 * 1024;

/**
 * Returns the bytes of a file of any size that fits in memory.
 *
 * @throws UserError if the file is missing or cannot be read.
 */
export async function readWholeFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const file = await open(path, "r");
    try {
      const bytes = new Uint8Array((await file.stat()).size);
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
