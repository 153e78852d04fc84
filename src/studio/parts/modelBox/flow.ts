/** @file Words in lines, as text is set: pure geometry, in CSS pixels. */

import { largestOf, smallestOf } from "../../../tensor/extremes.ts";
import { wordsOfPieces } from "../../text/shownWords.ts";
import { tokenWidth } from "../../text/spelling.ts";

/** Where a word stands: the middle of its box. */
export interface WordPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The height of a patch; words are all equally high. */
  readonly height?: number;
}

/** Words set in lines. */
export interface WordFlow {
  readonly places: readonly WordPlace[];
  /** The broadest line. */
  readonly width: number;
  readonly top: number;
  /** Where the last line ends. */
  readonly bottom: number;
  readonly lines: number;
}

/** How high a word's box is, and how far lines are from each other. */
export const wordHeight = 28;
export const lineHeight = 37;

/** The space before each token: pieces of one word stand close to each other. */
function gapsOf(tokens: readonly string[], wide: number): number[] {
  const hasPieces = tokens.some((token) => token.startsWith("\u2581"));
  const hasLetters = tokens.every((token) => [...token].length === 1 || /^<.*>$/.test(token));
  const near = Math.min(4, wide);
  if (hasLetters) return tokens.map(() => near);
  if (!hasPieces) return tokens.map(() => wide);
  const begins = new Set(wordsOfPieces(tokens).map(({ start }) => start));
  return tokens.map((token, at) => (begins.has(at) && !/^\p{P}$/u.test(token) ? wide : near));
}

/**
 * Sets tokens in lines no broader than `room`, each line around `middle`.
 *
 * @param gap the space between words.
 */
export function wordFlow(
  tokens: readonly string[],
  { middle, top, room, gap = 14 }: { middle: number; top: number; room: number; gap?: number },
): WordFlow {
  const gaps = gapsOf(tokens, gap);
  const widths = tokens.map((token) => tokenWidth(token));
  const lines: { first: number; last: number; width: number }[] = [];
  widths.forEach((width, index) => {
    const line = lines.at(-1);
    const added = (gaps[index] as number) + width;
    if (line && line.width + added <= room)
      Object.assign(line, { last: index, width: line.width + added });
    else lines.push({ first: index, last: index, width });
  });
  const places: WordPlace[] = [];
  lines.forEach(({ first, last, width: broad }, row) => {
    let at = middle - broad / 2;
    for (let index = first; index <= last; index++) {
      const width = widths[index] as number;
      if (index > first) at += gaps[index] as number;
      places.push({ x: at + width / 2, y: top + wordHeight / 2 + row * lineHeight, width });
      at += width;
    }
  });
  return {
    places,
    width: largestOf(
      lines.map(({ width }) => width),
      0,
    ),
    top,
    bottom: top + Math.max(0, lines.length - 1) * lineHeight + (lines.length > 0 ? wordHeight : 0),
    lines: lines.length,
  };
}

/** Strips side by side, in as many lines as they need. */
export interface StripFlow {
  /** The middle of each strip's upper edge. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
  /** How broad a strip is, how large its cells and how many of them there are. */
  readonly across: number;
  readonly size: number;
  readonly cells: number;
  /** How long a strip is. */
  readonly length: number;
  readonly top: number;
  readonly bottom: number;
}

/** The space between the two halves of a state. */
export const halfGap = 3;

/** How long a state's strip is, of one part or of two halves. */
export function stateLength(cells: number, size: number, parts: number): number {
  return cells * size + (parts - 1) * halfGap;
}

/**
 * Sets a strip for each token: under its word where all words stand in one line, else close to each
 * other.
 */
export function stripFlow(
  count: number,
  options: {
    middle: number;
    top: number;
    room: number;
    /** Of how many parts a state is made: 2 of a bidirectional layer. */
    parts: number;
    /** The words above, if they stand in one line. */
    under?: readonly { readonly x: number }[] | null;
    size?: number;
  },
): StripFlow {
  const { middle, top, room, parts, under = null, size: wanted = 8 } = options;
  const isFew = under !== null || count <= 16;
  const size = isFew ? wanted : Math.min(wanted, 5);
  const cells = count > 120 ? 4 : 8;
  const length = stateLength(cells, size, parts);
  const pitch = isFew ? Math.min(46, Math.max(14, room / Math.max(1, count))) : 13;
  const nearest = under
    ? smallestOf(under.slice(1).map(({ x }, index) => x - (under[index] as { x: number }).x))
    : pitch;
  const across = Math.max(6, Math.min(20, Math.min(nearest, pitch) - 4));
  const perLine = Math.max(1, Math.floor(room / pitch));
  const lines = Math.ceil(count / perLine);
  const places = Array.from({ length: count }, (_, index) => {
    if (under) return { x: (under[index] as { x: number }).x, y: top };
    const line = Math.floor(index / perLine);
    const inLine = Math.min(perLine, count - line * perLine);
    const x = middle + ((index % perLine) - (inLine - 1) / 2) * pitch;
    return { x, y: top + line * (length + 8) };
  });
  const rows = under ? 1 : Math.max(1, lines);
  return { places, across, size, cells, length, top, bottom: top + rows * length + (rows - 1) * 8 };
}
