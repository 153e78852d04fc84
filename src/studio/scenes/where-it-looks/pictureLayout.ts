/** @file Where things are when attention lies over a picture: one large, and a small one for each word. Pure. */

import type { PatchShape } from "../../picture/picture.ts";

/** A place for a picture. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The places of the large picture and of what stands beside or below it, in CSS pixels. */
export interface LargeLayout {
  readonly width: number;
  readonly height: number;
  readonly picture: Frame;
  /** The middle of the words at the picture's side, and the upper edge of the first. */
  readonly words: { readonly x: number; readonly y: number };
}

/** How high a picture is by its width, cut into patches of this shape. */
function ratioOf({ rows, columns, ratio }: PatchShape): number {
  return (rows * ratio) / columns;
}

const highest = 400;
const sideRoom = 200;

/** Lays out the large picture with the word that it belongs to. */
export function largeLayout(shape: PatchShape, width: number): LargeLayout {
  const ratio = ratioOf(shape);
  const isWide = width >= 620;
  const room = isWide ? width - 2 * sideRoom : width - 8;
  const across = Math.min(room, highest / ratio, isWide ? 520 : 360);
  const size = { width: across, height: across * ratio };
  const x = (width - across) / 2;
  if (!isWide) {
    const words = { x: width / 2, y: size.height + 26 };
    return { width, height: size.height + 74, picture: { x, y: 2, ...size }, words };
  }
  const height = Math.max(size.height + 4, 170);
  const words = { x: x + across + sideRoom / 2, y: height / 2 - 42 };
  return { width, height, picture: { x, y: (height - size.height) / 2, ...size }, words };
}

/** The places of the small pictures, each with its word below. */
export interface MultiplesLayout {
  readonly height: number;
  readonly places: readonly Frame[];
}

/** How much room a word takes below its picture. */
export const wordRoom = 38;

/** Lays out a small picture for each of `count` words, in lines. */
export function multiplesLayout(shape: PatchShape, count: number, width: number): MultiplesLayout {
  const ratio = ratioOf(shape);
  const gap = 14;
  const wanted = Math.min(width < 480 ? 92 : 124, 150 / ratio);
  const perLine = Math.max(1, Math.min(count, Math.floor((width + gap) / (wanted + gap))));
  const across = Math.min(wanted, width);
  const pitch = across + gap;
  const height = across * ratio;
  const places = Array.from({ length: count }, (_, index) => {
    const line = Math.floor(index / perLine);
    const inLine = Math.min(perLine, count - line * perLine);
    const x = (width - (inLine * pitch - gap)) / 2 + (index % perLine) * pitch;
    return { x, y: 3 + line * (height + wordRoom), width: across, height };
  });
  return { height: 3 + Math.ceil(count / perLine) * (height + wordRoom), places };
}
