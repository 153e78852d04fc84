/** @file How attention lies over a picture: a dark veil, the thinner the larger a patch's weight. Pure. */

import type { Trace } from "../../trace/trace.ts";

/** How dark a patch without weight is; the picture still shows through. */
export const darkest = 0.8;

/** The opacity of the veil over a patch: linear, from {@link darkest} at 0 to none at `brightest`. */
export function veilOf(weight: number, brightest: number): number {
  return darkest * (1 - Math.min(1, Math.max(0, weight / brightest)));
}

/** Which weight leaves a patch as bright as it is: the largest in the whole caption, or 1. */
export type VeilScale = "largest" | "one";

/** The weight at the bright end of the scale, the same for all steps. */
export function brightestOf({ steps }: Trace, scale: VeilScale): number {
  if (scale === "one") return 1;
  let largest = 0;
  for (const { tensors } of steps) {
    for (const weight of Array.from(tensors["attention.weights"]?.data ?? [])) {
      largest = Math.max(largest, weight);
    }
  }
  return largest || 1;
}
