/** @file Files that are read anywhere and written in order: on a disk, or in memory. Isomorphic. */

/** Bytes of which any part can be read at once. */
export interface RandomAccessBytes {
  /** What errors call them: a path. */
  readonly name: string;
  readonly size: number;
  /** A copy of the bytes from an offset on; fewer than `length` where they end before. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
  /** Nothing can be read any more. */
  close(): void;
}

/** A file that is written in order and appears only once it is complete. */
export interface ByteSink {
  /** Writes bytes after those before; they must not change until the promise settles. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Completes the file.
   *
   * @param start what the first bytes that were written are replaced by.
   */
  finish(start?: Uint8Array): Promise<void>;
  /** Gives up: a file of that name is as it was. */
  abandon(): Promise<void>;
}

/** Bytes in memory as a file. */
export function bytesInMemory(name: string, bytes: Uint8Array<ArrayBuffer>): RandomAccessBytes {
  return {
    name,
    size: bytes.length,
    read: (offset, length) => bytes.slice(offset, offset + length),
    close: () => {},
  };
}

/**
 * A file that is written into memory.
 *
 * @param done takes the complete bytes.
 */
export function sinkInMemory(done: (bytes: Uint8Array<ArrayBuffer>) => void): ByteSink {
  let chunks: Uint8Array[] = [];
  return {
    async write(bytes) {
      chunks.push(bytes.slice());
    },
    async finish(start) {
      const bytes = joinedBytes(chunks);
      if (start) bytes.set(start);
      done(bytes);
    },
    async abandon() {
      chunks = [];
    },
  };
}

/** Yields one array of the bytes of several. */
export function joinedBytes(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
