/**
 * @file Checksums of the files that a resumed run reads. The checkpoint holds them, so that a run never trains on a
 * damaged file or on a file of another run.
 */

import { z } from "zod";
import { Checksum } from "../../files/checksum.ts";
import { UserError } from "../../tensor/errors.ts";
import type { RunStorage } from "./runStorage.ts";
import { keptFiles } from "./runStorage.ts";

/** Size in bytes and XXH32 of each file, by its path in the run's folder. */
export type RunChecksums = Readonly<
  Record<string, { readonly bytes: number; readonly checksum: string }>
>;

/** Their schema in the checkpoint. */
export const checksumsSchema: z.ZodType<RunChecksums> = z.record(
  z.string(),
  z.object({ bytes: z.number().int().min(0), checksum: z.string() }),
);

/** Bytes read at a time. */
const chunkBytes = 4 * 2 ** 20;

/** Computes the checksums of the existing files. */
export function checksumsOf(storage: RunStorage): RunChecksums {
  const files = keptFiles.filter((file) => storage.has(file));
  return Object.fromEntries(files.map((file) => [file, checksumOfFile(storage, file)]));
}

/**
 * Checks that the files of a run are unchanged.
 *
 * @throws UserError naming the first file that has changed.
 */
export function verifyFiles(storage: RunStorage, checksums: RunChecksums): void {
  for (const [file, expected] of Object.entries(checksums)) {
    // The names come from a file; none may lead outside the run.
    if (!keptFiles.includes(file)) continue;
    const path = storage.pathOf(file);
    const remedy = "put back the file as the run wrote it, or train again from the corpus";
    if (!storage.has(file)) throw new UserError(`${path}: it is not there any more; ${remedy}.`);
    const { bytes, checksum } = checksumOfFile(storage, file);
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

function checksumOfFile(storage: RunStorage, name: string): { bytes: number; checksum: string } {
  const file = storage.open(name);
  try {
    const checksum = new Checksum();
    for (let bytes = 0; ; ) {
      const chunk = file.read(bytes, Math.max(1, Math.min(chunkBytes, file.size - bytes)));
      if (chunk.length === 0) return { bytes, checksum: checksum.digest() };
      checksum.update(chunk);
      bytes += chunk.length;
    }
  } finally {
    file.close();
  }
}
