/** @file Where the window of local attention lies over a row of words. Pure geometry, in CSS pixels. */

import type { Window } from "../scale/window.ts";

/** The parts of the drawing. */
export interface WindowCurve {
  /** The window's ends, within the sentence. */
  readonly left: number;
  readonly right: number;
  /** The middle; outside of the sentence for a step of local-m that has left it. */
  readonly centre: number;
  /** What the softmax is multiplied by, from 0 to 1, along the row. */
  readonly points: readonly (readonly [x: number, share: number])[];
}

const samples = 48;

/**
 * The place of a position, whole or between two words.
 *
 * @param middles of the words' columns, from left to right; at least one.
 */
export function placeOf(position: number, middles: readonly number[], pitch = 60): number {
  const last = middles.length - 1;
  const first = middles[0] as number;
  if (last === 0) return first + position * pitch;
  const at = Math.min(last - 1, Math.max(0, Math.floor(position)));
  const [from, to] = [middles[at] as number, middles[at + 1] as number];
  return from + (position - at) * (to - from);
}

/** Lays a window over words. */
export function windowCurve(window: Window, middles: readonly number[]): WindowCurve {
  const { centre, reach, gaussian } = window;
  const least = -0.5;
  const most = middles.length - 0.5;
  const within = (position: number): number => Math.min(most, Math.max(least, position));
  const [from, to] = [within(centre - reach), within(centre + reach)];
  return {
    left: placeOf(from, middles),
    right: placeOf(to, middles),
    centre: placeOf(centre, middles),
    points: Array.from({ length: samples + 1 }, (_, at) => {
      const position = from + ((to - from) * at) / samples;
      return [placeOf(position, middles), gaussian(position)] as const;
    }),
  };
}
