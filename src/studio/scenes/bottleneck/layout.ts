/** @file Where things are in the pictures of the bottleneck. Pure geometry, in CSS pixels. */

import { scaleLinear } from "d3-scale";
import { largestOf } from "../../../tensor/extremes.ts";
import { tokenWidth } from "../../text/spelling.ts";
import type { ComparedLength } from "./compared.ts";

/** The places of BLEU by length. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Where BLEU is 0. */
  readonly ground: number;
  /** The middle of each range of lengths, and how wide it is. */
  readonly middles: readonly number[];
  readonly band: number;
  readonly ticks: readonly { readonly value: number; readonly at: number }[];
  /** For each model, a point for each range; null where it has none. */
  readonly lines: readonly (readonly (readonly [number, number] | null)[])[];
}

/** Lays out a chart with room for so many lines of legend above it. */
export function chartLayout(
  lengths: readonly ComparedLength[],
  models: number,
  legend: number,
  width: number,
): ChartLayout {
  const left = 46;
  const right = width - 8;
  const top = 12 + legend * 24 + 14;
  const ground = top + Math.min(300, Math.max(190, 0.45 * width));
  const band = (right - left) / Math.max(1, lengths.length);
  const middles = lengths.map((_, index) => left + (index + 0.5) * band);
  const most = largestOf(
    lengths.flatMap(({ bleu }) => bleu.map((score) => score ?? 0)),
    5,
  );
  const y = scaleLinear([0, most], [ground, top]).nice(5);
  const lines = Array.from({ length: models }, (_, model) =>
    lengths.map(({ bleu }, index): [number, number] | null => {
      const score = bleu[model] ?? null;
      return score === null ? null : [middles[index] as number, y(score)];
    }),
  );
  const ticks = y.ticks(5).map((value) => ({ value, at: y(value) }));
  return {
    width,
    height: ground + 66,
    left,
    right,
    top,
    ground,
    middles,
    band,
    ticks,
    lines,
  };
}

/** A word in lines of words. */
export interface PlacedWord {
  /** The middle of its box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Words in as many lines as they need. */
export interface WordLines {
  readonly words: readonly PlacedWord[];
  readonly height: number;
}

/**
 * Sets words in lines.
 *
 * @param lineHeight from one line's middle to the next.
 * @param least the least width of a word, so that something fits below it.
 */
export function wordLines(
  words: readonly string[],
  width: number,
  lineHeight: number,
  { top = 0, least = 0 }: { readonly top?: number; readonly least?: number } = {},
): WordLines {
  const gap = 5;
  let x = 0;
  let line = 0;
  const placed = words.map((word): PlacedWord => {
    const wide = Math.min(width, Math.max(least, tokenWidth(word)));
    if (x > 0 && x + wide > width) {
      x = 0;
      line++;
    }
    const place = { x: x + wide / 2, y: top + (line + 0.5) * lineHeight, width: wide };
    x += wide + gap;
    return place;
  });
  return { words: placed, height: words.length === 0 ? 0 : (line + 1) * lineHeight };
}
