/**
 * @file Checksums of the files that a run reads when it goes on. Its checkpoint holds them, so that a file that was
 * damaged, or comes from another run, is never trained on.
 */

import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Checksum } from "../../files/checksum.ts";
import { explain, readFaults } from "../../files/nodeFaults.ts";
import { UserError } from "../../tensor/errors.ts";
import { keptFiles } from "./runFolder.ts";

/** Size in bytes and XXH32 of each file, by its path in the run's folder. */
export type RunChecksums = Readonly<
  Record<string, { readonly bytes: number; readonly checksum: string }>
>;

/** How they are written. */
export const checksumsSchema: z.ZodType<RunChecksums> = z.record(
  z.string(),
  z.object({ bytes: z.number().int().min(0), checksum: z.string() }),
);

/** How much is read at a time. */
const chunkBytes = 4 * 2 ** 20;

/** The checksums of the files that are there. */
export function checksumsOf(out: string): RunChecksums {
  const files = keptFiles.filter((name) => existsSync(join(out, name)));
  return Object.fromEntries(files.map((name) => [name, checksumOfFile(join(out, name))]));
}

/**
 * Makes sure that the files of a run are those that it wrote.
 *
 * @throws UserError naming the first that is not.
 */
export function verifyFiles(out: string, checksums: RunChecksums): void {
  for (const [name, expected] of Object.entries(checksums)) {
    const path = join(out, name);
    // Names come from a file: none may lead elsewhere.
    if (!keptFiles.includes(name)) continue;
    const remedy = "put back the file as the run wrote it, or train again from the corpus";
    if (!existsSync(path)) throw new UserError(`${path}: it is not there any more; ${remedy}.`);
    const { bytes, checksum } = checksumOfFile(path);
    if (bytes !== expected.bytes) {
      const how = bytes < expected.bytes ? "was cut short" : "has grown";
      throw new UserError(
        `${path}: it ${how} after the run wrote it, or the checkpoint is of another run (${bytes} bytes are there, not ${expected.bytes}); ${remedy}.`,
      );
    }
    if (checksum !== expected.checksum) {
      throw new UserError(
        `${path}: it was altered after the run wrote it, or the checkpoint is of another run (its checksum is ${checksum}, not ${expected.checksum}); ${remedy}.`,
      );
    }
  }
}

function checksumOfFile(path: string): { bytes: number; checksum: string } {
  try {
    const file = openSync(path, "r");
    try {
      const checksum = new Checksum();
      const { size } = fstatSync(file);
      const chunk = new Uint8Array(Math.max(1, Math.min(chunkBytes, size)));
      let bytes = 0;
      for (;;) {
        const read = readSync(file, chunk, 0, chunk.length, bytes);
        if (read === 0) return { bytes, checksum: checksum.digest() };
        checksum.update(chunk.subarray(0, read));
        bytes += read;
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw explain(error, `${path} could not be read`, readFaults);
  }
}
