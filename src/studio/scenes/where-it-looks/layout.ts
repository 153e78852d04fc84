/** @file Where things are in the picture of one look at the source. Pure geometry, in CSS pixels. */

import { tokenWidth } from "../../text/spelling.ts";

/** Where a word stands: the middle of its box, and its width. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The places of the picture's parts. */
export interface AttentionLayout {
  readonly width: number;
  readonly height: number;
  readonly sources: readonly Place[];
  readonly targets: readonly Place[];
  /** The upper edge and the size of the context's strip, its left end, and how many cells it has. */
  readonly context: { readonly x: number; readonly y: number; readonly width: number };
  readonly cells: number;
  readonly cellSize: number;
  /** The box of the decoder, and where its two words are. */
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly input: number;
  readonly output: number;
  readonly words: number;
  /** The caption of what is written, left of it or above. */
  readonly caption: { readonly x: number; readonly y: number };
}

const lineGap = 10;

/**
 * Lets words flow like a text, in centred lines: one line of a few words is spread out, up to
 * gaps of `most`; many words take more lines and never more width.
 */
export function flow(
  words: readonly string[],
  {
    top,
    width,
    lineHeight,
    most = 12,
  }: { top: number; width: number; lineHeight: number; most?: number },
): { readonly places: readonly Place[]; readonly bottom: number } {
  const lines: { widths: number[]; sum: number }[] = [{ widths: [], sum: 0 }];
  for (const word of words) {
    const wide = Math.min(Math.max(40, tokenWidth(word)), width);
    const line = lines.at(-1) as { widths: number[]; sum: number };
    if (line.widths.length > 0 && line.sum + lineGap + wide > width) {
      lines.push({ widths: [wide], sum: wide });
    } else {
      line.sum += wide + (line.widths.length > 0 ? lineGap : 0);
      line.widths.push(wide);
    }
  }
  const gap =
    lines.length > 1
      ? lineGap
      : Math.min(most, lineGap + (width - (lines[0]?.sum ?? 0)) / (words.length + 1));
  const places: Place[] = [];
  lines.forEach(({ widths }, index) => {
    const whole = widths.reduce((sum, wide) => sum + wide, 0) + gap * (widths.length - 1);
    let x = (width - whole) / 2;
    for (const wide of widths) {
      places.push({ x: x + wide / 2, y: top + (index + 0.5) * lineHeight, width: wide });
      x += wide + gap;
    }
  });
  return { places, bottom: top + lines.length * lineHeight };
}

/** How high the window of local attention rises above the words. */
export const windowHeight = 34;

/**
 * Lays out a sentence, the decoder below it, and below that what has been written.
 *
 * @param hasWindow whether there has to be room above the words for the window of local attention.
 */
export function attentionLayout(
  tokens: readonly string[],
  outputs: readonly string[],
  width: number,
  hasWindow = false,
): AttentionLayout {
  const sources = flow(tokens, {
    top: hasWindow ? windowHeight + 26 : 0,
    width,
    lineHeight: 62,
    most: 84,
  });
  const isLong = sources.bottom > 130;
  const cells = width < 420 ? 12 : 16;
  const cellSize = 14;
  const strip = cells * cellSize;
  const contextY = sources.bottom + (isLong ? 70 : 120);
  const box = { width: Math.min(width - 4, strip + 150), height: 124 };
  const boxX = (width - box.width) / 2;
  const boxY = contextY - 26;
  const targets = flow(outputs, { top: boxY + box.height + 56, width, lineHeight: 40 });
  return {
    width,
    height: targets.bottom + 6,
    sources: sources.places,
    targets: targets.places,
    context: { x: (width - strip) / 2, y: contextY, width: strip },
    cells,
    cellSize,
    box: { ...box, x: boxX, y: boxY },
    input: boxX + box.width * 0.26,
    output: boxX + box.width * 0.74,
    words: contextY + 54,
    caption: { x: width / 2, y: boxY + box.height + 44 },
  };
}
