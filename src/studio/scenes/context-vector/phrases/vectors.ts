/** @file Which vector stands for a phrase, and which phrases' vectors are near. Pure. */

import type { EncodedTexts, TextVectors } from "../../../../library/textVectors.ts";
import { hasTwoHalves } from "../../../../library/textVectors.ts";
import { wiringOf } from "../../../../models/wiring.ts";
import type { Trace } from "../../../../trace/trace.ts";

/**
 * What stands for a phrase: the encoder's summary (Cho), the hidden state that a layer of the decoder
 * begins with, or, where the decoder begins with zeros, the encoder's outputs at the end of reading.
 */
export type VectorKind = "summary" | "state" | "last";

/** The vector by which a model's phrases are laid out. */
export function vectorKind(model: Trace["model"]): VectorKind {
  const { summary, startsAtZero } = wiringOf(model);
  if (summary) return "summary";
  return startsAtZero ? "last" : "state";
}

/** The tensor of the hidden state that a layer of the decoder begins with. */
function firstState(model: Trace["model"], layer: number): string {
  return wiringOf(model).decoder[layer]?.states[0]?.first ?? "";
}

/** The number of a layer's hidden state among the states that are handed over. */
function stateNumber(model: Trace["model"], layer: number): number {
  return Number(firstState(model, layer).replace("state.", ""));
}

/** The vectors of encoded texts, one for each. */
export function vectorsOf(
  encoded: EncodedTexts,
  model: Trace["model"],
  layer: number,
): Float32Array<ArrayBuffer>[] {
  const kind = vectorKind(model);
  const vectors = kind === "state" ? encoded.states[stateNumber(model, layer)] : encoded[kind];
  return vectors ? rowsOf(vectors) : [];
}

function rowsOf({ shape: [texts, size], data }: TextVectors): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: texts }, (_, row) => data.slice(row * size, (row + 1) * size));
}

/** The same vector of the sentence that a trace is of; empty where nothing was read. */
export function tracedVector({ model, encoder }: Trace, layer: number): Float32Array<ArrayBuffer> {
  const kind = vectorKind(model);
  if (kind !== "last") {
    const name = kind === "summary" ? "summary" : firstState(model, layer);
    return Float32Array.from(encoder.tensors[name]?.data ?? []);
  }
  const { shape = [0, 0], data = [] } = encoder.tensors["memory"] ?? {};
  const size = shape[1] as number;
  const [first = 0, last = 0] = [encoder.order[0], encoder.order.at(-1)];
  const half = hasTwoHalves(model) ? size / 2 : size;
  return Float32Array.from(
    { length: data.length === 0 ? 0 : size },
    (_, at) => data[(at < half ? last : first) * size + at] as number,
  );
}

/** A phrase that is near. */
export interface NearPhrase {
  /** Its place in the list. */
  readonly index: number;
  /** The cosine, from −1 to 1. */
  readonly similarity: number;
}

/** The vectors nearest to one of them by the cosine in all numbers, the nearest first, itself left out. */
export function nearestVectors(
  vectors: readonly ArrayLike<number>[],
  index: number,
  count: number,
): NearPhrase[] {
  const from = vectors[index];
  if (!from) return [];
  return vectors
    .map((vector, at) => ({ index: at, similarity: cosine(from, vector) }))
    .filter((near) => near.index !== index)
    .sort((one, other) => other.similarity - one.similarity)
    .slice(0, count);
}

/** The cosine of the angle between two vectors; 0 if one of them is zero. */
export function cosine(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let [product, squares, otherSquares] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] as number, other[at] as number];
    product += a * b;
    squares += a * a;
    otherSquares += b * b;
  }
  const lengths = Math.sqrt(squares * otherSquares);
  return lengths > 0 ? product / lengths : 0;
}
