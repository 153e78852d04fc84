/** @file Phrases that are encoded and laid out, kept for when the map comes back into sight. */

import { planeOf, unit } from "../../../parts/pointMap/plane.ts";
import type { Encoder, Waiting } from "./encodePhrases.ts";
import { encodePhrases } from "./encodePhrases.ts";
import type { Listed, PlacedPhrases } from "./mapData.ts";

/** What a map was asked for, as text, and what came of it; the last one of each model. */
const known = new WeakMap<Encoder, { readonly asked: string; readonly placed: PlacedPhrases }>();

const askedOf = (listed: readonly Listed[], layer: number): string =>
  JSON.stringify([layer, listed.map(({ phrase, group }) => [phrase, group])]);

/** The phrases as they were laid out before; null if they were not, or others came after them. */
export function placedBefore(
  model: Encoder,
  listed: readonly Listed[],
  layer: number,
): PlacedPhrases | null {
  const found = known.get(model);
  return found?.asked === askedOf(listed, layer) ? found.placed : null;
}

/** How far the work is: so many phrases are encoded, or the plane is being calculated. */
export type PlacingProgress = number | "plane";

/** Encodes phrases and lays them into the plane of their two principal components; null if nobody waits any more. */
export async function placePhrases(
  model: Encoder,
  listed: readonly Listed[],
  layer: number,
  waiting: Waiting<PlacingProgress> = {},
): Promise<PlacedPhrases | null> {
  const phrases = listed.map(({ phrase }) => phrase);
  const encoded = await encodePhrases(model, phrases, layer, waiting);
  if (!encoded) return null;
  waiting.onprogress?.("plane");
  const vectors = encoded.map(unit);
  const placed = { listed, vectors, plane: await planeOf(vectors) };
  known.set(model, { asked: askedOf(listed, layer), placed });
  return waiting.isStale?.() ? null : placed;
}
