import { write } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const writeSome = promisify(write);

// One call can write at most 2 GiB; smaller calls let other work run in between.
const maxTransferBytes = 64 * 1024 * 1024;

/** Milliseconds until the next attempt on a full pipe, if writing to it does not block. */
const retryInterval = 5;

/**
 * Writes all bytes to an open file, pipe or device, even if a call accepts only some: a disk that fills up
 * accepts a part of them and fails only at the next call.
 *
 * @param bytes must not change until the promise settles.
 * @param start their offset in a file. Default: the current position.
 * @throws the system's error.
 */
export async function writeAll(
  descriptor: number,
  bytes: Uint8Array,
  start: number | null = null,
): Promise<void> {
  for (let position = 0; position < bytes.length; ) {
    const length = Math.min(bytes.length - position, maxTransferBytes);
    const place = start === null ? null : start + position;
    try {
      position += (await writeSome(descriptor, bytes, position, length, place)).bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      await pause(retryInterval);
    }
  }
}
