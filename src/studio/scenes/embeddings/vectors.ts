/** @file Word vectors as the scene uses them: the pretrained ones, and a model's own embeddings. */

import type { Side } from "../../../library/embeddings.ts";
import type { FetchedFile } from "../../../library/fetchFile.ts";
import { fetchFile } from "../../../library/fetchFile.ts";
import type { Seq2Seq } from "../../../library/webSeq2Seq.ts";
import { unknownId } from "../../../tensor/specialIds.ts";
import { WordVectors } from "../../../vectors/wordVectors.ts";
import { addressOf, inTurn, pageRuntime } from "../../state/models.ts";
import { isUnspaced } from "../../text/shownWords.ts";
import { spelled } from "../../text/spelling.ts";

/** A word with its vector. */
export interface Term {
  readonly word: string;
  /** The tokens that it consists of, where it is cut; its vector is the sum of theirs. */
  readonly pieces: readonly string[];
  /** The pieces' rows in the model's table; none of pretrained words. */
  readonly ids: readonly number[];
  readonly vector: Float32Array;
}

/** A word that was found to be near. */
export interface Found {
  readonly word: string;
  /** The cosine, from −1 to 1. */
  readonly similarity: number;
  readonly vector: Float32Array;
}

/** What knows the vectors of words. */
export interface Embedder {
  /** What its tensors are called. */
  readonly name: string;
  /** Numbers of a vector. */
  readonly size: number;
  /** A word's vector; null if there is none for it. */
  lookUp(word: string): Term | null;
  /** The words nearest to a sum, those of the sum left out. */
  nearest(plus: readonly Term[], minus: readonly Term[], count: number): Promise<Found[]>;
}

let pretrained: Promise<WordVectors> | undefined;

/** Fetches the pretrained vectors, once. Throws if they are not there. */
export function loadWordVectors(): Promise<WordVectors> {
  if (pretrained) return pretrained;
  const made = fetchWordVectors();
  pretrained = made;
  made.catch(() => {
    pretrained = undefined;
  });
  return made;
}

async function fetchWordVectors(): Promise<WordVectors> {
  const [vectors, words] = await Promise.all(
    ["vectors/vectors.safetensors", "vectors/words.json"].map((path) => fetchFile(addressOf(path))),
  );
  const files = {
    vectors: (vectors as FetchedFile).bytes,
    words: (words as FetchedFile).bytes,
  };
  return inTurn(async () => WordVectors.fromBytes(files, await pageRuntime()));
}

/** The pretrained vectors. */
export function pretrainedEmbedder(vectors: WordVectors): Embedder {
  return {
    name: "pretrained",
    size: vectors.size,
    lookUp(word) {
      const known = [word, word.toLowerCase()].find((spelling) => vectors.has(spelling));
      return known === undefined
        ? null
        : { word: known, pieces: [known], ids: [], vector: vectors.vectorOf(known) };
    },
    async nearest(plus, minus, count) {
      const words = (terms: readonly Term[]): string[] => terms.map(({ word }) => word);
      const sum = { plus: words(plus), minus: words(minus) };
      const found = await inTurn(() => vectors.nearest(sum, count));
      return found.map((near) => ({ ...near, vector: vectors.vectorOf(near.word) }));
    },
  };
}

/** A model's own embeddings of one side. */
export function ownEmbedder(model: Seq2Seq, side: Side): Embedder {
  const tokenizer = tokenizerOf(model, side);
  const idsOf = (terms: readonly Term[]): number[] => terms.flatMap(({ ids }) => [...ids]);
  return {
    name: `${side}_embedding`,
    size: model.sizes.embedding,
    lookUp(word) {
      const ids = idsOfWord(tokenizer, word);
      if (ids.length === 0 || ids.includes(unknownId)) return null;
      return termOf(model, side, ids, word);
    },
    async nearest(plus, minus, count) {
      const found = await inTurn(() =>
        model.embeddingAnalogy(side, idsOf(plus), idsOf(minus), count),
      );
      return found.map(({ id, similarity }) => ({
        word: wordOf(model, side, id),
        similarity,
        vector: rowOf(model, side, id),
      }));
    },
  };
}

/** A word that consists of some tokens of a model. */
export function termOf(
  model: Seq2Seq,
  side: Side,
  ids: readonly number[],
  word: string = ids.map((id) => wordOf(model, side, id)).join(""),
): Term {
  const vector = new Float32Array(model.sizes.embedding);
  for (const id of ids) {
    const row = rowOf(model, side, id);
    for (let at = 0; at < row.length; at++) {
      vector[at] = (vector[at] as number) + (row[at] as number);
    }
  }
  return { word, pieces: ids.map((id) => wordOf(model, side, id)), ids, vector };
}

/** The tokens of a word. Where no spaces part words, it is one in the middle of a text, if there is a token for it. */
function idsOfWord(tokenizer: Seq2Seq["sourceTokenizer"], word: string): number[] {
  const ids = tokenizer.encodeIds(word);
  if (!isUnspaced(word)) return ids;
  const spelling = tokenizer.normalize(word);
  for (let id = 0; id < tokenizer.size; id++) if (tokenizer.tokenOf(id) === spelling) return [id];
  return ids.filter((id, at) => at > 0 || tokenizer.tokenOf(id) !== wordMark);
}

/** What stands in front of pieces that begin a word. */
export const wordMark = "\u2581";

/**
 * How a token is shown: pieces that go on a word begin with "…", so that they differ from words. Where no spaces part
 * words, most pieces stand anywhere, and those that only begin a text show their mark.
 */
export function wordOf(model: Seq2Seq, side: Side, id: number): string {
  const tokenizer = tokenizerOf(model, side);
  const token = tokenizer.tokenOf(id);
  if (isUnspaced(token)) return token;
  const goesOn = tokenizer.kind === "bpe" && /^\p{L}/u.test(token);
  return goesOn ? `…${token}` : spelled(token);
}

/** What cuts texts of a side. */
export function tokenizerOf(model: Seq2Seq, side: Side): Seq2Seq["sourceTokenizer"] {
  return side === "source" ? model.sourceTokenizer : model.targetTokenizer;
}

/** A row of a model's embedding table. */
export function rowOf(model: Seq2Seq, side: Side, id: number): Float32Array {
  const table = model.weights.get(`${side}_embedding`);
  const size = table?.shape[1] ?? 0;
  return (
    (table?.data as Float32Array | undefined)?.subarray(id * size, (id + 1) * size) ??
    new Float32Array()
  );
}

/** Σ plus − Σ minus. */
export function sumOf(plus: readonly Term[], minus: readonly Term[]): Float32Array {
  const sum = new Float32Array(plus[0]?.vector.length ?? 0);
  for (const [terms, sign] of [
    [plus, 1],
    [minus, -1],
  ] as const) {
    for (const { vector } of terms) {
      for (let at = 0; at < sum.length; at++)
        sum[at] = (sum[at] as number) + sign * (vector[at] as number);
    }
  }
  return sum;
}

/** The largest absolute value of some vectors: the end of their colour scale. */
export function reachOf(vectors: readonly ArrayLike<number>[]): number {
  let largest = 0;
  for (const vector of vectors) {
    for (let at = 0; at < vector.length; at++)
      largest = Math.max(largest, Math.abs(vector[at] as number));
  }
  return largest || 1;
}
