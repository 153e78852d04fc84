/**
 * @file Reading the two files of word vectors: `vectors.safetensors`, whose rows are 8-bit integers,
 * and `words.json`, the list of their words. `docs/vectors.md` describes them to the byte.
 */
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";

/** The bytes of both files. */
export interface VectorFiles {
  /** `vectors.safetensors`. */
  readonly vectors: Uint8Array<ArrayBuffer>;
  /** `words.json`. */
  readonly words: Uint8Array<ArrayBuffer>;
}

/** What the files hold. */
export interface StoredVectors {
  /** Frequent words first. */
  readonly words: readonly string[];
  /** float32 `[words, size]`: each word's row, whole numbers of any length. */
  readonly table: TensorValue;
  /** x and y of each word on the map, both from −1 to 1. */
  readonly map: Float32Array<ArrayBuffer>;
  /** Where the vectors come from: `source`, `license`, `attribution` … */
  readonly about: ReadonlyMap<string, string>;
}

const tensorsName = "vectors.safetensors";
const wordsName = "words.json";
const lengthBytes = 8;

/**
 * Reads the two files.
 *
 * @throws UserError if one is not what it should be, or they do not belong together.
 */
export function readVectorFiles({ vectors, words }: VectorFiles): StoredVectors {
  const list = readWords(words);
  const { header, data } = readHeader(vectors);
  const [rows, size] = shapeOf(header, "vectors");
  if (rows !== list.length) {
    throw damaged(tensorsName, `has ${rows} vectors for the ${list.length} words of ${wordsName}`);
  }
  const [points, axes] = shapeOf(header, "map");
  if (points !== rows || axes !== 2) {
    throw damaged(tensorsName, `has a map of [${points}, ${axes}] for ${rows} vectors`);
  }
  const integers = new Int8Array(bytesOf(header, data, "vectors", "I8", rows * size));
  const map = new Float32Array(bytesOf(header, data, "map", "F32", points * axes * 4));
  const about = Object.entries(header["__metadata__"] ?? {}).map(
    ([name, text]) => [name, String(text)] as const,
  );
  return {
    words: list,
    table: { dtype: "float32", shape: [rows, size], data: Float32Array.from(integers) },
    map,
    about: new Map(about),
  };
}

const damaged = (name: string, fault: string): UserError =>
  new UserError(`${name} is damaged: it ${fault}; copy it again.`);

function parse(bytes: Uint8Array<ArrayBuffer>, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw damaged(name, "is not JSON where it should be");
  }
}

function readWords(bytes: Uint8Array<ArrayBuffer>): readonly string[] {
  const words = parse(bytes, wordsName);
  if (!Array.isArray(words) || !words.every((word): word is string => typeof word === "string")) {
    throw damaged(wordsName, "is not a list of words");
  }
  return words;
}

type Header = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The header of a safetensors file, and the bytes that follow it. */
function readHeader(bytes: Uint8Array<ArrayBuffer>): {
  header: Header;
  data: Uint8Array<ArrayBuffer>;
} {
  if (bytes.length < lengthBytes) throw damaged(tensorsName, "ends too early");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = lengthBytes + Number(view.getBigUint64(0, true));
  if (end > bytes.length) throw damaged(tensorsName, "ends too early or is of another kind");
  const header = parse(bytes.subarray(lengthBytes, end), tensorsName);
  if (typeof header !== "object" || header === null) throw damaged(tensorsName, "has no header");
  return { header: header as Header, data: bytes.subarray(end) };
}

function shapeOf(header: Header, name: string): [number, number] {
  const shape = header[name]?.["shape"];
  const isMatrix =
    Array.isArray(shape) &&
    shape.length === 2 &&
    shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!isMatrix) throw damaged(tensorsName, `has no table named ${name}`);
  return shape as [number, number];
}

/** A copy of a tensor's bytes, which is aligned for any type of number. */
function bytesOf(
  header: Header,
  data: Uint8Array<ArrayBuffer>,
  name: string,
  dtype: string,
  count: number,
): ArrayBuffer {
  const { dtype: found, data_offsets: offsets } = header[name] ?? {};
  if (found !== dtype) throw damaged(tensorsName, `holds ${name} as ${found} instead of ${dtype}`);
  const [begin, end] = Array.isArray(offsets) ? offsets : [];
  if (!(begin >= 0) || end - begin !== count || end > data.length) {
    throw damaged(tensorsName, `ends before its table ${name} does`);
  }
  return data.slice(begin, end).buffer;
}
