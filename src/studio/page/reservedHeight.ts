/** @file How high pictures will be, so that nothing moves when they are drawn. */

import type { SceneName } from "../words/scenes.ts";

/** The widths of a picture at which heights were measured: on a phone of 390 pixels, and at the widest. */
const widths = { narrow: 352, wide: 1042 } as const;

/** Heights of the pictures of the page's first sentence by its first model, at those widths, in CSS pixels. */
const heights: Readonly<Record<SceneName, readonly [narrow: number, wide: number]>> = {
  "black-box": [469, 481],
  translation: [355, 420],
  "encoder-decoder": [766, 728],
  "context-vector": [1727, 1048],
  embeddings: [1321, 1199],
  "recurrent-step": [1071, 857],
  "hidden-states": [801, 644],
  unrolled: [753, 605],
  "all-states": [1236, 576],
  "where-it-looks": [532, 495],
  "five-moves": [935, 646],
  "decoder-mechanism": [1444, 1105],
  focus: [570, 457],
  alignment: [797, 785],
  "which-word": [1526, 1303],
  beam: [1327, 1153],
  "what-if": [1009, 548],
  bottleneck: [2445, 1645],
  learning: [3302, 2992],
};

/** The height to keep free for a scene's picture of a width, both in CSS pixels. */
export function reservedHeight(scene: SceneName, width: number): number {
  const [narrow, wide] = heights[scene];
  const part = (width - widths.narrow) / (widths.wide - widths.narrow);
  return Math.round(narrow + (wide - narrow) * Math.min(1, Math.max(0, part)));
}
