import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writeAll } from "./nodeDescriptor.ts";
import { codeOf, explain, writeFaults } from "./nodeFaults.ts";
import { makeFolder } from "./nodeFolder.ts";
import { writeTarget } from "./nodeTarget.ts";
import { removeLeftovers, temporaryName } from "./nodeTemporary.ts";
import { begun, finished } from "./nodeUnfinished.ts";
import type { ByteSink } from "./randomAccess.ts";

// Errors of file systems, mostly network ones, that cannot flush a folder's names to the disk.
const unsupportedFaults = new Set(["EINVAL", "ENOSYS", "ENOTSUP"]);

/**
 * A file that is written in parts and yet is, at every moment, the old file or the complete new one: the
 * bytes go to a file with a {@link temporaryName}, which is renamed at the end. Symbolic links are kept,
 * and the file they point to is replaced. Anything other than a file, such as a pipe or a device, is
 * written in order.
 *
 * All methods throw a `UserError` if the disk is full or read-only, or access is denied.
 */
export class OutputFile implements ByteSink {
  private readonly name: string;
  private readonly descriptor: number;
  /** The file that this object opened; null if the program already had it open. */
  private readonly handle: FileHandle | null;
  /** How to rename the temporary file at the end; null if bytes are written directly to their destination. */
  private readonly replacement: Replacement | null;

  private constructor(
    name: string,
    handle: FileHandle | number,
    replacement: Replacement | null = null,
  ) {
    this.name = name;
    this.descriptor = typeof handle === "number" ? handle : handle.fd;
    this.handle = typeof handle === "number" ? null : handle;
    this.replacement = replacement;
  }

  /** Starts writing; creates the folder if it is missing, and removes leftovers of killed programs there. */
  static create(path: string): Promise<OutputFile> {
    return explained(path, async () => {
      const target = await writeTarget(path);
      if (target.kind === "descriptor") return new OutputFile(path, target.descriptor);
      if (target.kind === "stream") return new OutputFile(path, await open(target.path, "w"));
      await makeFolder(dirname(target.path));
      await removeLeftovers(target.path);
      const temporary = temporaryName(target.path);
      begun(temporary);
      const handle = await open(temporary, "wx");
      const file = new OutputFile(path, handle, { temporary, target: target.path });
      if (target.mode !== null) await handle.chmod(target.mode).catch(() => undefined);
      return file;
    });
  }

  /** Appends bytes; they must not change until the promise settles. */
  write(bytes: Uint8Array): Promise<void> {
    return explained(this.name, () => writeAll(this.descriptor, bytes));
  }

  /**
   * Finishes the file, which then has its name and is on the disk.
   *
   * @param start replaces the first bytes of a file; a pipe or device has no such bytes.
   */
  finish(start: Uint8Array = new Uint8Array()): Promise<void> {
    return explained(this.name, async () => {
      const { handle, replacement } = this;
      await writeAll(this.descriptor, start, 0);
      if (replacement === null) {
        await handle?.close();
        return;
      }
      await handle?.sync();
      await handle?.close();
      await rename(replacement.temporary, replacement.target);
      finished(replacement.temporary);
      await syncFolder(dirname(replacement.target));
    });
  }

  /** Discards what was written: an existing file of that name stays as it was. */
  async abandon(): Promise<void> {
    await this.handle?.close().catch(() => undefined);
    if (this.replacement === null) return;
    const { temporary } = this.replacement;
    await rm(temporary, { force: true }).catch(() => undefined);
    finished(temporary);
  }
}

interface Replacement {
  readonly temporary: string;
  readonly target: string;
}

/** Flushes a new name in a folder to the disk. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // Windows cannot open a folder, and needs no such call.
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!unsupportedFaults.has(codeOf(error))) throw error;
  } finally {
    await handle.close();
  }
}

async function explained<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explain(error, `${path} could not be written`, writeFaults);
  }
}
