/**
 * @file Reads the two files of word vectors: `vectors.safetensors`, whose rows are 8-bit integers,
 * and `words.json`, the list of their words. `docs/vectors.md` describes them byte by byte.
 */

import { parseJson } from "../files/json.ts";
import type { StoredTensor } from "../files/safetensors.ts";
import { decodeSafetensors } from "../files/safetensors.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";

/** The bytes of both files. */
export interface VectorFiles {
  /** `vectors.safetensors`. */
  readonly vectors: Uint8Array<ArrayBuffer>;
  /** `words.json`. */
  readonly words: Uint8Array<ArrayBuffer>;
}

/** The content of the files. */
export interface StoredVectors {
  /** Frequent words first. */
  readonly words: readonly string[];
  /** float32 `[words, size]`: one row per word, integers, not normalised. */
  readonly table: TensorValue;
  /** x and y of each word on the map, both from −1 to 1. */
  readonly map: Float32Array<ArrayBuffer>;
  /** Where the vectors come from: `source`, `license`, `attribution` … */
  readonly about: ReadonlyMap<string, string>;
}

/** The names of the two files in their folder. */
export const vectorFileNames = { vectors: "vectors.safetensors", words: "words.json" } as const;
const { vectors: tensorsName, words: wordsName } = vectorFileNames;

/**
 * Reads the two files.
 *
 * @throws UserError if one is invalid, or they do not belong together.
 */
export function readVectorFiles({ vectors, words }: VectorFiles): StoredVectors {
  const list = readWords(words);
  const { tensors, metadata } = decodeSafetensors(vectors, tensorsName);
  const integers = matrix(tensors, "vectors", "int8");
  const [rows, size] = integers.shape as [number, number];
  if (rows !== list.length) {
    throw damaged(
      tensorsName,
      `has ${counted(rows, "vector")} for the ${list.length} words of ${wordsName}`,
    );
  }
  const map = matrix(tensors, "map", "float32");
  const [points, axes] = map.shape;
  if (points !== rows || axes !== 2) {
    throw damaged(tensorsName, `has a map of [${points}, ${axes}] for ${counted(rows, "vector")}`);
  }
  return {
    words: list,
    table: {
      dtype: "float32",
      shape: [rows, size],
      data: Float32Array.from(integers.data as Int8Array),
    },
    map: map.data as Float32Array<ArrayBuffer>,
    about: metadata,
  };
}

const damaged = (name: string, fault: string): UserError =>
  new UserError(`${name} is damaged: it ${fault}; copy it again.`);

function readWords(bytes: Uint8Array<ArrayBuffer>): readonly string[] {
  const words = parseJson(bytes, wordsName, "copy it again");
  if (!Array.isArray(words) || !words.every((word): word is string => typeof word === "string")) {
    throw damaged(wordsName, "is not a list of words");
  }
  return words;
}

function matrix(
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
  dtype: StoredTensor["dtype"],
): StoredTensor {
  const tensor = tensors.get(name);
  if (tensor?.shape.length !== 2) throw damaged(tensorsName, `has no table named ${name}`);
  if (tensor.dtype !== dtype) {
    throw damaged(tensorsName, `holds ${name} as ${tensor.dtype} instead of ${dtype}`);
  }
  return tensor;
}
