/** @file The words and places of the maps: of the pretrained vectors, and of a model's own. */

import type { Side } from "../../../library/embeddings.ts";
import type { Seq2Seq } from "../../../library/webSeq2Seq.ts";
import { specialTokens } from "../../../text/specialTokens.ts";
import type { WordVectors } from "../../../vectors/wordVectors.ts";
import { centred } from "../../parts/pointMap/mapView.ts";
import { planeOf, unit } from "../../parts/pointMap/plane.ts";
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

/** What a map shows. */
export interface WordMapData {
  readonly kind: MapKind;
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
  const ids = frequentIds(model, side);
  const embedder = ownEmbedder(model, side);
  return {
    kind: side,
    words: ids.map((id) => wordOf(model, side, id)),
    embedder,
    points: centred((await planeOf(ids.map((id) => unit(rowOf(model, side, id))))).points),
    nearest: (index, count) =>
      embedder.nearest([termOf(model, side, [ids[index] as number])], [], count),
  };
}

/** The first tokens of a vocabulary; of pieces, those that begin a word and are no single letters. */
function frequentIds(model: Seq2Seq, side: Side): number[] {
  const tokenizer = tokenizerOf(model, side);
  const isShown = (id: number): boolean =>
    tokenizer.kind !== "bpe" || /^\u2581\p{L}{2}/u.test(tokenizer.tokenOf(id));
  const ids: number[] = [];
  for (let id = specialTokens.length; id < tokenizer.size && ids.length < ownWords; id++) {
    if (isShown(id)) ids.push(id);
  }
  return ids;
}
