/** @file Words with their vectors, from a file or from a model's embeddings, restricted to selected words. */

import { readModel } from "../../src/modelFolder/nodeModelFolder.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import { UserError } from "../../src/tensor/errors.ts";
import { specialTokens } from "../../src/text/specialTokens.ts";
import { spaceMark } from "../../src/text/tokenizerJson.ts";
import { openVectorFile } from "../../src/vectors/nodeVectorFile.ts";
import { WordVectors } from "../../src/vectors/wordVectors.ts";

/** Vectors by word, in lower case. */
export type WordRows = ReadonlyMap<string, Float32Array>;

/**
 * Reads a file of word vectors.
 *
 * @param most the maximum number of words, from the start of the file.
 */
export async function vectorRows(path: string, most = 500_000): Promise<WordRows> {
  const rows = new Map<string, Float32Array>();
  const file = await openVectorFile(path);
  for await (const { word, vector } of file.read((each) => !rows.has(each.toLowerCase()))) {
    rows.set(word.toLowerCase(), vector);
    if (rows.size >= most) break;
  }
  return rows;
}

/**
 * Reads the target embeddings of a model, for tokens that are whole words. If a word occurs in lower case and
 * capitalised, lower case takes precedence.
 *
 * @throws UserError if its target tokens are letters.
 */
export async function modelRows(folder: string): Promise<WordRows> {
  const { weights, target } = await readModel(folder);
  const table = weights.get("target_embedding");
  if (!table || target.kind === "char") {
    throw new UserError(
      `--model ${folder}: its target vocabulary has no words; give a model of words or pieces.`,
    );
  }
  const size = table.shape[1] as number;
  const rows = new Map<string, Float32Array>();
  const small = new Set<string>();
  for (let id = specialTokens.length; id < target.size; id++) {
    const token = target.tokenOf(id);
    if (target.kind === "bpe" && !token.startsWith(spaceMark)) continue;
    const word = token.replace(spaceMark, "");
    const lower = word.toLowerCase();
    if (!/^\p{L}+$/u.test(word) || small.has(lower)) continue;
    if (rows.has(lower) && word !== lower) continue;
    if (word === lower) small.add(lower);
    rows.set(lower, (table.data as Float32Array).slice(id * size, (id + 1) * size));
  }
  return rows;
}

/** Makes vectors from the rows of some words. */
export function vectorsOf(
  rows: WordRows,
  words: readonly string[],
  threads: number,
): Promise<WordVectors> {
  const size = rows.values().next().value?.length ?? 0;
  const data = new Float32Array(words.length * size);
  words.forEach((word, row) => {
    data.set(rows.get(word) as Float32Array, row * size);
  });
  const table = { dtype: "float32", shape: [words.length, size], data } as const;
  return WordVectors.fromTable({ words, table, map: null }, nodeRuntime({ threads }));
}
