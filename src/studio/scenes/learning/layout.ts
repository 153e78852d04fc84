/** @file Where things are in the pictures of a training run. Pure geometry, in CSS pixels. */

import { scaleLinear } from "d3-scale";
import { largestOf, smallestOf } from "../../../tensor/extremes.ts";
import { logarithmicScale, marksOf, type Scale, type Tick } from "../../parts/axes.ts";
import { textWidth } from "../../text/spelling.ts";

/** What a panel of curves shows. */
export type PanelKind = "perplexity" | "bleu" | "probability" | "rate";

/** The numbers of a panel: for each of its lines, one a place; null where there is none. */
export interface PanelData {
  readonly kind: PanelKind;
  readonly lines: readonly (readonly (number | null)[])[];
}

/** A panel with its lines as points. */
export interface Panel {
  readonly kind: PanelKind;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly lines: readonly (readonly (readonly [number, number] | null)[])[];
}

/** The places of all curves. */
export interface CurvesLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly panels: readonly Panel[];
  /** Where each place along the run is, and the marks of the axis that all panels share. */
  readonly middles: readonly number[];
  readonly ticks: readonly Tick[];
}

const heights: Record<PanelKind, number> = {
  perplexity: 190,
  bleu: 110,
  probability: 110,
  rate: 72,
};
const title = 26;
const gap = 22;

/**
 * Lays out curves over a run.
 *
 * @param places where along the run each number is: steps, or minutes.
 */
export function curvesLayout(
  places: readonly number[],
  data: readonly PanelData[],
  width: number,
): CurvesLayout {
  const left = 56;
  const right = width - 26;
  const x = scaleLinear([0, largestOf(places, 1)], [left, right]);
  let y = 4;
  const panels = data.map(({ kind, lines }): Panel => {
    const top = y + title;
    const bottom = top + heights[kind];
    y = bottom + gap;
    const scale = scaleOf(
      kind,
      lines.flat().filter((value) => value !== null),
    ).range([bottom, top]);
    const count = heights[kind] > 150 ? 6 : heights[kind] > 100 ? 4 : 2;
    return {
      kind,
      top,
      bottom,
      ticks: marksOf(scale, count, kind === "perplexity"),
      lines: lines.map((line) =>
        line.map((value, index) =>
          value === null ? null : ([x(places[index] as number), scale(value)] as const),
        ),
      ),
    };
  });
  return {
    width,
    height: y + 24,
    left,
    right,
    panels,
    middles: places.map((place) => x(place)),
    ticks: marksOf(x, width < 480 ? 4 : 8),
  };
}

function scaleOf(kind: PanelKind, values: readonly number[]): Scale {
  switch (kind) {
    case "perplexity":
      // Perplexities fall by a factor rather than by an amount.
      return logarithmicScale(values);
    case "probability":
      return scaleLinear([Math.min(-1, smallestOf(values)), 0], [0, 1]).nice(4);
    default:
      return scaleLinear([0, largestOf(values) || 1], [0, 1]).nice(4);
  }
}

/** A text in lines that fit. */
export function linesOf(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
