/** @file Where the names of groups stand above the map. Pure geometry, in CSS pixels. */

import { labelWidth } from "../../../parts/pointMap/mapView.ts";

/** The height of a name's frame, and the space between two of them. */
export const frameHeight = 30;
const space = 7;
/** The room of the sign before a name, and behind it. */
export const nameStart = 24;
const nameEnd = 12;

/** A name in its frame. */
export interface LegendFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Sets names side by side, in as many lines as they take. */
export function legendLayout(
  names: readonly string[],
  width: number,
): { readonly frames: readonly LegendFrame[]; readonly height: number } {
  let [x, y] = [0, 0];
  const frames = names.map((name): LegendFrame => {
    const wide = Math.min(width, nameStart + labelWidth(name, 14) + nameEnd);
    if (x > 0 && x + wide > width) [x, y] = [0, y + frameHeight + space];
    const frame = { x, y, width: wide };
    x += wide + space;
    return frame;
  });
  return { frames, height: names.length === 0 ? 0 : y + frameHeight };
}
