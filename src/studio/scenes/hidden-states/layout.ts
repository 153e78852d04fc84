/** @file Where things are in the picture of the encoder's states. Pure geometry, in CSS pixels. */

import { largestOf } from "../../../tensor/extremes.ts";
import { columnsFor } from "../../marks/columns.ts";
import { stripAcross } from "../../marks/strip.ts";

/** One of the decoder's first states with what it is made of, side by side. */
export interface GroupPlace {
  readonly left: number;
  readonly width: number;
  /** The middles of the source strips. */
  readonly sources: readonly number[];
  /** The box between them and the result, or where the equals sign stands. */
  readonly box: { readonly left: number; readonly width: number };
  readonly result: number;
  readonly top: number;
}

/** The places of the picture's parts. */
export interface HiddenStatesLayout {
  readonly width: number;
  readonly height: number;
  /** Whether names stand beside their rows, or above them on a narrow page. */
  readonly isWide: boolean;
  readonly columns: readonly number[];
  readonly tokens: number;
  /** The upper edge of each track's strips. */
  readonly tracks: readonly number[];
  readonly cells: number;
  readonly cell: number;
  /** The upper edge of the bridge's part. */
  readonly bridge: number;
  readonly groups: readonly GroupPlace[];
}

const strips = 6;
/** The same where the names below have numbers of two digits. */
const stripsFurtherApart = 14;
const gap = 16;
/** Where the sign stands that says that nothing is computed. */
const copyWidth = 22;

/** What the layout has to find room for. */
export interface HiddenStatesParts {
  readonly tokens: readonly string[];
  /** How many cells the encoder has. */
  readonly tracks: number;
  /** Of each vector that is handed over, how many it is made of, and whether it is those as they are. */
  readonly groups: readonly { readonly sources: number; readonly isCopy: boolean }[];
  /** Whether names tell which layer is meant. */
  readonly hasLayers: boolean;
}

/** Lays out the states of a sentence, a track for each cell of the encoder, and the bridge below them. */
export function hiddenStatesLayout(
  { tokens, tracks: trackCount, groups: parts, hasLayers }: HiddenStatesParts,
  width: number,
): HiddenStatesLayout {
  const isWide = width >= 640;
  const start = isWide ? 124 : hasLayers ? 56 : 34;
  const least = isWide ? 56 : 46;
  const { middles, end } = columnsFor(tokens, { start, end: width - 4, least, most: 190 });
  const cells = trackCount > 2 ? 6 : 8;
  const cell = 12;
  const length = cells * cell;
  const tokensRow = 48;
  let y = tokensRow + 14;
  const tracks = Array.from({ length: trackCount }, () => {
    const top = y + 30;
    y = top + length;
    return top;
  });
  const bridge = y + (isWide ? 34 : 44);
  const groups = placeGroups(parts, {
    boxWidth: isWide ? 92 : 62,
    width,
    start: isWide ? start : 4,
    top: bridge + 40,
    line: length + 84,
    least: hasLayers ? 142 : 92,
    apart: isWide && tokens.length > 9 ? stripsFurtherApart : strips,
  });
  const lowest = largestOf(
    groups.map(({ top }) => top),
    bridge,
  );
  return {
    width: Math.max(width, end + 4),
    height: lowest + length + 42,
    isWide,
    columns: middles,
    tokens: tokensRow,
    tracks,
    cells,
    cell,
    bridge,
    groups,
  };
}

/** From left to right, and in a new line where there is no more room. */
function placeGroups(
  parts: HiddenStatesParts["groups"],
  options: {
    readonly boxWidth: number;
    readonly width: number;
    readonly start: number;
    readonly top: number;
    /** From one line to the next. */
    readonly line: number;
    /** The room that a group's name needs. */
    readonly least: number;
    /** Between the strips of the sources. */
    readonly apart: number;
  },
): GroupPlace[] {
  const { width, start, line, least, apart } = options;
  let [left, top] = [start, options.top];
  return parts.map(({ sources: count, isCopy }) => {
    const boxWidth = isCopy ? copyWidth : options.boxWidth;
    const sourcesWidth = count * stripAcross + Math.max(0, count - 1) * apart;
    const whole = sourcesWidth + gap + boxWidth + gap + stripAcross;
    const room = Math.max(whole, least);
    if (left > start && left + room > width) [left, top] = [start, top + line];
    const at = left;
    left += room + (width >= 640 ? 44 : 14);
    const boxLeft = at + sourcesWidth + gap;
    return {
      left: at,
      width: whole,
      top,
      sources: Array.from(
        { length: count },
        (_, index) => at + index * (stripAcross + apart) + stripAcross / 2,
      ),
      box: { left: boxLeft, width: boxWidth },
      result: boxLeft + boxWidth + gap + stripAcross / 2,
    };
  });
}
