/** @file The patches of a picture as they lie in it, a little apart: pure geometry, in CSS pixels. */

import type { PatchShape } from "../../picture/picture.ts";
import { type WordFlow, wordFlow } from "./flow.ts";

/** How large patches get, and how high a picture of them. */
const largest = 26;
const highest = 230;

/** Sets patches in their rows and columns around `middle`; places are the middles of patches. */
export function patchFlow(
  { rows, columns, ratio }: PatchShape,
  { middle, top, room }: { middle: number; top: number; room: number },
): WordFlow {
  const across = Math.min(room / columns, highest / (rows * ratio), largest + 2);
  const gap = Math.min(2, 0.15 * across);
  const [width, height] = [across - gap, across * ratio - gap];
  const places = Array.from({ length: rows * columns }, (_, place) => ({
    x: middle + ((place % columns) - (columns - 1) / 2) * across,
    y: top + height / 2 + Math.floor(place / columns) * across * ratio,
    width,
    height,
  }));
  return {
    places,
    top,
    lines: rows,
    width: columns * across - gap,
    bottom: top + rows * across * ratio - gap,
  };
}

/** The source of a model: words in lines as text is set, or the patches of a picture. */
export function sourceFlow(
  tokens: readonly string[],
  patches: PatchShape | null,
  options: { middle: number; top: number; room: number },
): WordFlow {
  return patches ? patchFlow(patches, options) : wordFlow(tokens, options);
}
