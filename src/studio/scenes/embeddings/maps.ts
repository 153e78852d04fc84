/** @file The words and places of the maps: of the pretrained vectors, and of a model's own. */

import type { Side } from "../../../library/embeddings.ts";
import type { Seq2Seq } from "../../../library/webSeq2Seq.ts";
import { specialTokens } from "../../../text/specialTokens.ts";
import type { TextTokenizer } from "../../../text/tokenizer.ts";
import type { WordVectors } from "../../../vectors/wordVectors.ts";
import { centred } from "../../parts/pointMap/mapView.ts";
import { planeOf, unit } from "../../parts/pointMap/plane.ts";
import { isUnspaced } from "../../text/shownWords.ts";
import type { MapKind } from "./explorer.svelte.ts";
import {
  type Embedder,
  type Found,
  ownEmbedder,
  pretrainedEmbedder,
  rowOf,
  termOf,
  tokenizerOf,
  wordOf,
} from "./vectors.ts";

/**
 * Which entries of a model's vocabulary are shown: the first of all; of pieces the first that begin a word; of pieces of a
 * script without spaces as many single characters as longer pieces.
 */
export type OwnEntries = "all" | "beginning" | "unspaced";

/** What a map shows. */
export interface WordMapData {
  readonly kind: MapKind;
  readonly entries: OwnEntries | "pretrained";
  /** Those that are written first, first. */
  readonly words: readonly string[];
  /** x and y of word 0, of word 1 …; the middle is 0. */
  readonly points: Float32Array;
  /** What knows the vectors, for how much alike words are. */
  readonly embedder: Embedder;
  /** The words nearest to one of the map, among all of its vocabulary. */
  nearest(index: number, count: number): Promise<Found[]>;
}

/** How many words of a model's vocabulary are shown. */
const ownWords = 400;

/** The map that comes with the pretrained vectors. */
export function pretrainedMap(vectors: WordVectors): WordMapData {
  const embedder = pretrainedEmbedder(vectors);
  return {
    kind: "pretrained",
    entries: "pretrained",
    words: vectors.words,
    points: vectors.map,
    embedder,
    async nearest(index, count) {
      const term = embedder.lookUp(vectors.words[index] as string);
      return term ? embedder.nearest([term], [], count) : [];
    },
  };
}

const maps = new WeakMap<Seq2Seq, Map<Side, Promise<WordMapData>>>();

/** The first words of a model's vocabulary in the plane of their principal components; made once. */
export function ownMap(model: Seq2Seq, side: Side): Promise<WordMapData> {
  const known = maps.get(model) ?? new Map<Side, Promise<WordMapData>>();
  maps.set(model, known);
  const found = known.get(side);
  if (found) return found;
  const made = makeOwnMap(model, side);
  known.set(side, made);
  made.catch(() => known.delete(side));
  return made;
}

async function makeOwnMap(model: Seq2Seq, side: Side): Promise<WordMapData> {
  const { ids, entries } = frequentEntries(tokenizerOf(model, side));
  const embedder = ownEmbedder(model, side);
  return {
    kind: side,
    entries,
    words: ids.map((id) => wordOf(model, side, id)),
    embedder,
    points: centred((await planeOf(ids.map((id) => unit(rowOf(model, side, id))))).points),
    nearest: (index, count) =>
      embedder.nearest([termOf(model, side, [ids[index] as number])], [], count),
  };
}

/** The first tokens of a vocabulary, of a kind that makes words. */
export function frequentEntries(tokenizer: TextTokenizer): {
  readonly ids: readonly number[];
  readonly entries: OwnEntries;
} {
  const tokens = Array.from({ length: tokenizer.size }, (_, id) => tokenizer.tokenOf(id));
  const first = (isShown: (token: string) => boolean, count: number): number[] => {
    const ids: number[] = [];
    for (let id = specialTokens.length; id < tokens.length && ids.length < count; id++) {
      if (isShown(tokens[id] as string)) ids.push(id);
    }
    return ids;
  };
  if (tokenizer.kind !== "bpe") return { ids: first(() => true, ownWords), entries: "all" };
  if (tokens.filter(isUnspaced).length < tokens.length / 2) {
    return {
      ids: first((token) => /^\u2581\p{L}{2}/u.test(token), ownWords),
      entries: "beginning",
    };
  }
  // The mark is at the beginning of a sentence only; and all single characters come before the longer pieces.
  const inside = (token: string): boolean => isUnspaced(token) && !token.startsWith("\u2581");
  const isSingle = (token: string): boolean => [...token].length === 1;
  const singles = first((token) => inside(token) && isSingle(token), ownWords / 2);
  const longer = first((token) => inside(token) && !isSingle(token), ownWords / 2);
  // In turns, so that words of both kinds are written where there is room for few.
  const ids = Array.from({ length: ownWords / 2 }, (_, at) => [singles[at], longer[at]]).flat();
  return { ids: ids.filter((id) => id !== undefined), entries: "unspaced" };
}
