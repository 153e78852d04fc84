/** @file Where things are when a picture goes into the box, patch by patch. Pure, in CSS pixels. */

import { type Box, boxHeight, scaleFor } from "../../parts/modelBox/machine.ts";

/** How a picture is cut. */
export const patchColumns = 4;
export const patchRows = 3;
export const patchCount = patchColumns * patchRows;

/** How large a patch is in the drawing of the picture. */
export const patchUnit = 40;

/** The places of the picture's parts, before the whole is made larger by `scale`. */
export interface PatchLayout {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly middle: number;
  readonly box: Box;
  /** The left upper corner of each patch, in the order of reading, and how large one is. */
  readonly patches: readonly { readonly x: number; readonly y: number }[];
  readonly size: number;
  readonly slots: { readonly above: number; readonly below: number };
  /** The places of words that would come out. */
  readonly words: readonly { readonly x: number; readonly width: number }[];
  readonly wordTop: number;
  readonly captions: { readonly above: number; readonly below: number };
}

/** Lays out the picture for a page of this width. */
export function patchLayout(room: number): PatchLayout {
  const scale = scaleFor(room);
  const width = room / scale;
  const middle = width / 2;
  const size = 40;
  const gap = 4;
  const pitch = size + gap;
  const broad = patchColumns * pitch - gap;
  const top = 26;
  const patches = Array.from({ length: patchCount }, (_, index) => ({
    x: middle - broad / 2 + (index % patchColumns) * pitch,
    y: top + Math.floor(index / patchColumns) * pitch,
  }));
  const boxWidth = Math.min(width - 4, 440);
  const y = top + patchRows * pitch + 34;
  const height = boxHeight(0);
  const lengths = width < 330 ? [34, 52, 30] : [34, 56, 30, 48, 40];
  const sum = lengths.reduce((total, length) => total + length, 0) + (lengths.length - 1) * 12;
  let at = middle - sum / 2;
  const words = lengths.map((length) => {
    at += length + 12;
    return { x: at - length - 12, width: length };
  });
  const wordTop = y + height + 36;
  return {
    width,
    scale,
    middle,
    patches,
    size,
    words,
    wordTop,
    height: wordTop + 28 + 32,
    box: { x: middle - boxWidth / 2, y, width: boxWidth, height },
    slots: { above: broad + 14, below: sum + 14 },
    captions: { above: 14, below: wordTop + 28 + 23 },
  };
}

/** How far each patch has gone in, 0 to 1, when this share of the picture has been read. */
export function patchReading(share: number): number[] {
  return Array.from({ length: patchCount }, (_, index) =>
    Math.min(1, Math.max(0, share * patchCount - index)),
  );
}
