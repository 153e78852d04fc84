import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { explain, readFaults } from "./nodeFaults.ts";
import type { RandomAccessBytes } from "./randomAccess.ts";

/**
 * Opens a file of a disk; to be closed again.
 *
 * @throws UserError if it is missing or forbids reading, here and when it is read.
 */
export function openBytes(path: string): RandomAccessBytes {
  const explained = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explain(error, `${path} could not be read`, readFaults);
    }
  };
  const file = explained(() => openSync(path, "r"));
  return {
    name: path,
    size: explained(() => fstatSync(file).size),
    read(offset, length) {
      const bytes = new Uint8Array(length);
      return bytes.subarray(
        0,
        explained(() => readSync(file, bytes, 0, length, offset)),
      );
    },
    close: () => closeSync(file),
  };
}
