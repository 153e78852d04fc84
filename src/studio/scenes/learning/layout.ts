/** @file Where things are in the pictures of a training run. Pure geometry, in CSS pixels. */

import { scaleLinear, scaleLog } from "d3-scale";
import { largestOf, smallestOf } from "../../../tensor/extremes.ts";
import { textWidth } from "../../text/spelling.ts";

/** A number on an axis, and where it is. */
export interface Tick {
  readonly value: number;
  readonly at: number;
}

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
      ticks: marksOf(scale, count, kind === "perplexity").map((value) => ({
        value,
        at: scale(value),
      })),
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
    ticks: x.ticks(width < 480 ? 4 : 8).map((value) => ({ value, at: x(value) })),
  };
}

type Scale = ReturnType<typeof scaleLinear<number>>;

function scaleOf(kind: PanelKind, values: readonly number[]): Scale {
  const least = smallestOf(values);
  const most = largestOf(values);
  switch (kind) {
    case "perplexity":
      // Perplexities fall by a factor rather than by an amount.
      return scaleLog([roundedDown(0.97 * least), 1.1 * most], [0, 1]) as unknown as Scale;
    case "probability":
      return scaleLinear([Math.min(-1, least), 0], [0, 1]).nice(4);
    default:
      return scaleLinear([0, most || 1], [0, 1]).nice(4);
  }
}

/** The next lower of 1, 2, 5, 10, 20, 50 … */
function roundedDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([5, 2].find((leading) => leading * power <= value) ?? 1) * power;
}

/** Round numbers for an axis, few enough to be read. */
function marksOf(scale: Scale, count: number, isLogarithmic: boolean): number[] {
  const all = scale.ticks(count);
  if (!isLogarithmic || all.length <= count + 1) return all;
  const leading = (value: number): number => Number(value.toExponential().charAt(0));
  for (const kept of [[1, 2, 5], [1, 3], [1]]) {
    const some = all.filter((value) => kept.includes(leading(value)));
    if (some.length <= count + 1 && some.length > 1) return some;
  }
  return all.filter((_, index) => index % Math.ceil(all.length / count) === 0);
}

/** The places of the small matrices of all checkpoints. */
export interface MultiplesLayout {
  readonly width: number;
  readonly height: number;
  /** The size of a cell, and of a whole matrix. */
  readonly cell: number;
  readonly matrix: { readonly width: number; readonly height: number };
  /** The upper left corner of each matrix. */
  readonly places: readonly (readonly [x: number, y: number])[];
}

/** Lays out `count` matrices of so many rows and columns in lines, as large as is good for them. */
export function multiplesLayout(
  count: number,
  rows: number,
  columns: number,
  width: number,
): MultiplesLayout {
  const apart = 18;
  const caption = 30;
  const tile = width < 480 ? 92 : 132;
  const cell = Math.max(1.5, Math.min(16, tile / Math.max(1, rows, columns)));
  const matrix = { width: columns * cell, height: rows * cell };
  // The caption needs room of its own.
  const across = Math.max(64, matrix.width) + apart;
  const inLine = Math.max(1, Math.floor((width - 6 + apart) / across));
  const shift = Math.max(3, (width - Math.min(inLine, count) * across + apart) / 2);
  const places = Array.from({ length: count }, (_, index): [number, number] => [
    shift + (index % inLine) * across + (across - apart - matrix.width) / 2,
    4 + Math.floor(index / inLine) * (matrix.height + caption + 12),
  ]);
  const lines = Math.ceil(count / inLine);
  return {
    width,
    height: Math.max(1, lines) * (matrix.height + caption + 12),
    cell,
    matrix,
    places,
  };
}

/** Cells of about the same tint, as one path. */
export interface Tint {
  readonly opacity: number;
  readonly path: string;
}

const tints = 24;

/** The cells of a small matrix by their tints, so that a page of matrices needs few elements. */
export function tintsOf(weights: readonly (readonly number[])[], cell: number): Tint[] {
  const paths = new Map<number, string>();
  const size = Number((cell * 0.94).toFixed(2));
  weights.forEach((row, y) => {
    row.forEach((weight, x) => {
      const tint = Math.round(Math.min(1, Math.max(0, weight)) * tints);
      if (tint === 0) return;
      const at = `M${(x * cell).toFixed(2)} ${(y * cell).toFixed(2)}h${size}v${size}h-${size}z`;
      paths.set(tint, (paths.get(tint) ?? "") + at);
    });
  });
  return Array.from(paths, ([tint, path]) => ({ opacity: tint / tints, path }));
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
