import { readBytes } from "../data/node/bytes.ts";
import { UserError } from "../tensor/errors.ts";
import type { VectorSizes, WordVector } from "./nodeTextVectors.ts";

/** Anything longer is hardly a word. */
const longestWord = 4096;

/**
 * Reads word2vec's binary format: a line of sizes, then for each word its bytes, a space, and its numbers as
 * little-endian float32; some writers add a line end after them.
 *
 * @throws UserError naming the word at which the file is damaged or truncated.
 */
export async function* readBinaryVectors(
  path: string,
  sizes: VectorSizes,
  isWanted: (word: string) => boolean,
): AsyncGenerator<WordVector> {
  const bytes = new ByteReader(readBytes(path));
  try {
    yield* readRecords(bytes, path, sizes, isWanted);
  } finally {
    await bytes.close();
  }
}

async function* readRecords(
  bytes: ByteReader,
  path: string,
  { size, words }: VectorSizes,
  isWanted: (word: string) => boolean,
): AsyncGenerator<WordVector> {
  await bytes.until(0x0a, longestWord);
  for (let number = 1; number <= (words as number); number++) {
    const name = await bytes.until(0x20, longestWord);
    const rest = name && (await bytes.take(4 * size));
    if (!name || !rest) {
      const fault = name === null ? "is not a word" : "is truncated";
      throw new UserError(`${path}: word ${number} of ${words} ${fault}; copy the file again.`);
    }
    const word = name.toString("utf8").replace(/^\n/, "");
    if (!isWanted(word)) continue;
    const vector = new Float32Array(size);
    for (let at = 0; at < size; at++) vector[at] = rest.readFloatLE(4 * at);
    if (!vector.every(Number.isFinite)) {
      throw new UserError(
        `${path}: word ${number} ("${word}") has a number that is not finite; copy the file again.`,
      );
    }
    yield { word, vector };
  }
}

/** Reads pieces from a stream of bytes; it buffers little more than one piece. */
class ByteReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);
  private at = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /**
   * Returns the bytes up to a mark, and skips the mark.
   *
   * @returns undefined at the end of the stream, null if there is no mark within `limit` bytes.
   */
  async until(mark: number, limit: number): Promise<Buffer | undefined | null> {
    for (;;) {
      const end = this.held.indexOf(mark, this.at);
      if (end >= 0 && end - this.at <= limit) {
        const piece = this.held.subarray(this.at, end);
        this.at = end + 1;
        return piece;
      }
      if (this.held.length - this.at > limit) return null;
      if (!(await this.more())) return undefined;
    }
  }

  /** Returns the next `count` bytes; undefined if the stream has fewer. */
  async take(count: number): Promise<Buffer | undefined> {
    while (this.held.length - this.at < count) if (!(await this.more())) return undefined;
    this.at += count;
    return this.held.subarray(this.at - count, this.at);
  }

  /** Stops reading the stream. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.chunks.next();
    if (done) return false;
    this.held = Buffer.concat([this.held.subarray(this.at), value]);
    this.at = 0;
    return true;
  }
}
