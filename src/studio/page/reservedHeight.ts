/** @file How high pictures will be, so that nothing moves when they are drawn. */

import type { SceneName } from "../words/scenes.ts";

/** The widths of a picture at which heights were measured: on a phone of 390 pixels, and at the widest. */
const widths = { narrow: 352, wide: 1044 } as const;

/** Heights of the pictures of the page's first sentence by its first model, at those widths, in CSS pixels. */
const heights: Readonly<Record<SceneName, readonly [narrow: number, wide: number]>> = {
  "black-box": [320, 320],
  translation: [320, 320],
  "encoder-decoder": [320, 320],
  "context-vector": [320, 320],
  embeddings: [320, 320],
  "recurrent-step": [320, 320],
  "hidden-states": [320, 320],
  unrolled: [320, 320],
  "all-states": [320, 320],
  "where-it-looks": [320, 320],
  "five-moves": [320, 320],
  "decoder-mechanism": [320, 320],
  focus: [320, 320],
  alignment: [320, 320],
  "which-word": [320, 320],
  beam: [320, 320],
  "what-if": [320, 320],
  bottleneck: [320, 320],
  learning: [320, 320],
};

/** The height to keep free for a scene's picture of a width, both in CSS pixels. */
export function reservedHeight(scene: SceneName, width: number): number {
  const [narrow, wide] = heights[scene];
  const part = (width - widths.narrow) / (widths.wide - widths.narrow);
  return Math.round(narrow + (wide - narrow) * Math.min(1, Math.max(0, part)));
}
