import { mkdir, open, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { writeAll } from "./nodeDescriptor.ts";
import { codeOf, explain, writeFaults } from "./nodeFaults.ts";
import { makeFolder } from "./nodeFolder.ts";
import { syncFolder } from "./nodeOutputFile.ts";
import { followLinks } from "./nodeTarget.ts";
import { removeLeftovers, temporaryName } from "./nodeTemporary.ts";
import { begun, finished } from "./nodeUnfinished.ts";

/**
 * A new folder that is written file by file, and yet is never there in part: the files go to a folder with a
 * {@link temporaryName} beside it, which is renamed at the end. Missing folders above it are made.
 *
 * All methods throw a `UserError` if the disk is full or read-only, or access is denied; nothing is left behind then.
 */
export class OutputFolder {
  private readonly path: string;
  /** Where it is, with symbolic links followed. */
  private readonly target: string;
  private readonly temporary: string;
  /** The outermost of the folders above it that had to be made. */
  private made: string | undefined;
  /** The folders in it that have files. */
  private readonly folders = new Set<string>();

  private constructor(path: string, target: string) {
    this.path = path;
    this.target = target;
    this.temporary = temporaryName(target);
  }

  /**
   * Starts writing; removes leftovers of killed programs beside it.
   *
   * @param path a folder that is empty or does not exist; if it has files, {@link finish} fails.
   */
  static async create(path: string): Promise<OutputFolder> {
    const target = await followLinks(resolve(path)).catch((error: unknown) => {
      throw explain(error, `${path} could not be written`, writeFaults);
    });
    const folder = new OutputFolder(path, target);
    const { temporary } = folder;
    begun(temporary);
    await folder.explained(path, async () => {
      folder.made = await makeFolder(dirname(target));
      await removeLeftovers(target);
      await mkdir(temporary);
      folder.folders.add(temporary);
    });
    return folder;
  }

  /**
   * Writes a file.
   *
   * @param name   its path in the folder.
   * @param chunks its content in parts.
   */
  write(name: string, chunks: Iterable<Uint8Array>): Promise<void> {
    return this.explained(join(this.path, name), async () => {
      const file = join(this.temporary, name);
      await makeFolder(dirname(file));
      await writeAndSync(file, chunks);
      this.folders.add(dirname(file));
    });
  }

  /** Finishes the folder, which then has its name and is on the disk. */
  finish(): Promise<void> {
    const { path, target, temporary, folders } = this;
    return this.explained(path, async () => {
      for (const folder of folders) await syncFolder(folder);
      // Not every system can rename a folder to the name of an empty one.
      await rmdir(target).catch((error: unknown) => {
        if (codeOf(error) !== "ENOENT") throw error;
      });
      await rename(temporary, target);
      await syncFolder(dirname(target));
      finished(temporary);
    });
  }

  /** Discards what was written. */
  async abandon(): Promise<void> {
    const { temporary, target, made } = this;
    await rm(temporary, { force: true, recursive: true }).catch(() => undefined);
    if (made !== undefined) await removeEmpty(dirname(target), made);
    finished(temporary);
  }

  private async explained(at: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.abandon();
      throw explain(error, `${at} could not be written`, writeFaults);
    }
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
