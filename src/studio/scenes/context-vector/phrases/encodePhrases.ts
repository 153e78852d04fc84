/** @file Encoding phrases in the page: some at a time, so that it goes on living, and each only once. */

import type { EncodedTexts } from "../../../../library/textVectors.ts";
import type { Seq2Seq } from "../../../../library/webSeq2Seq.ts";
import { inTurn } from "../../../state/models.ts";
import { vectorsOf } from "./vectors.ts";

/** What encodes: a model, or as much of one. */
export type Encoder = Pick<Seq2Seq, "encode" | "sizes">;

/** Who waits for a long computation. */
export interface Waiting<Progress> {
  /** Gets how far it is; of phrases, how many are encoded already, after each dozen. */
  readonly onprogress?: (progress: Progress) => void;
  /** Whether nobody waits any more; then the computation stops and yields null. */
  readonly isStale?: () => boolean;
}

/** Phrases that are run together; then the page gets its turn. */
const atOnce = 12;

/** By model, layer and phrase. */
const known = new WeakMap<Encoder, Map<number, Map<string, Float32Array<ArrayBuffer>>>>();

/** A short rest, in which the page can draw and the reader's sentence be translated. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Yields the vectors of phrases, those first seen being encoded a dozen at a time.
 *
 * @param phrases each with at least one token.
 * @param layer which layer's first state, where that is what stands for a phrase.
 */
export async function encodePhrases(
  model: Encoder,
  phrases: readonly string[],
  layer: number,
  { onprogress = () => undefined, isStale = () => false }: Waiting<number> = {},
): Promise<Float32Array<ArrayBuffer>[] | null> {
  const layers = known.get(model) ?? new Map<number, Map<string, Float32Array<ArrayBuffer>>>();
  known.set(model, layers);
  const vectors = (of: number): Map<string, Float32Array<ArrayBuffer>> => {
    const found = layers.get(of) ?? new Map<string, Float32Array<ArrayBuffer>>();
    layers.set(of, found);
    return found;
  };
  const missing = [...new Set(phrases)].filter((phrase) => !vectors(layer).has(phrase));
  for (let start = 0; start < missing.length; start += atOnce) {
    if (isStale()) return null;
    onprogress(phrases.length - missing.length + start);
    await rest();
    const some = missing.slice(start, start + atOnce);
    const encoded: EncodedTexts = await inTurn(() => model.encode(some));
    for (let each = 0; each < model.sizes.layers; each++) {
      vectorsOf(encoded, model.sizes, each).forEach((vector, row) => {
        vectors(each).set(some[row] as string, vector);
      });
    }
  }
  return isStale()
    ? null
    : phrases.map((phrase) => vectors(layer).get(phrase) as Float32Array<ArrayBuffer>);
}
