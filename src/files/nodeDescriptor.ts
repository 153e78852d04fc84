import { write } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const writeSome = promisify(write);

// One call can write at most 2 GiB, and a short one lets other work go on between two.
const maxTransferBytes = 64 * 1024 * 1024;

/** Milliseconds until a full pipe is tried again, if it is one that does not wait by itself. */
const retryInterval = 5;

/**
 * Writes all bytes to an open file, pipe or device, however few a call takes: a disk that fills up takes
 * some of them and fails only at the next call.
 *
 * @param bytes must not change until the promise settles.
 * @throws the system's error.
 */
export async function writeAll(descriptor: number, bytes: Uint8Array): Promise<void> {
  for (let position = 0; position < bytes.length; ) {
    const length = Math.min(bytes.length - position, maxTransferBytes);
    try {
      position += (await writeSome(descriptor, bytes, position, length, null)).bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      await pause(retryInterval);
    }
  }
}
