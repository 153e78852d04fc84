/** @file A map that can be moved and enlarged: where points are, and what is near. Pure geometry. */

import { largestOf, smallestOf } from "../../../tensor/extremes.ts";

/** Which part of the map is seen. */
export interface View {
  /** The point in the middle, in the map's own coordinates. */
  readonly x: number;
  readonly y: number;
  /** How many times larger than when all is seen. */
  readonly zoom: number;
}

/** The map on the page. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Pixels of one unit of the map when all is seen. */
  readonly scale: number;
}

/** All of the map. */
export const wholeView: View = { x: 0, y: 0, zoom: 1 };

const mostZoom = 60;

/** The frame in which all points are seen. Points are x and y in turn; the middle is at 0. */
export function frameFor(
  points: ArrayLike<number>,
  width: number,
  height: number,
  [marginX, marginY]: readonly [number, number] = [26, 26],
): Frame {
  let [reachX, reachY] = [1e-9, 1e-9];
  for (let at = 0; at + 1 < points.length; at += 2) {
    reachX = Math.max(reachX, Math.abs(points[at] as number));
    reachY = Math.max(reachY, Math.abs(points[at + 1] as number));
  }
  const scale = Math.min((width / 2 - marginX) / reachX, (height / 2 - marginY) / reachY);
  return { width, height, scale };
}

/** Where a point of the map is on the page; up is up. */
export function onPage(frame: Frame, view: View, x: number, y: number): [number, number] {
  const unit = frame.scale * view.zoom;
  return [frame.width / 2 + (x - view.x) * unit, frame.height / 2 - (y - view.y) * unit];
}

/** Moves the map by so many pixels. */
export function moved(frame: Frame, view: View, right: number, down: number): View {
  const unit = frame.scale * view.zoom;
  return within(frame, { ...view, x: view.x - right / unit, y: view.y + down / unit });
}

/** Enlarges the map; what is at a place on the page stays there. */
export function zoomed(
  frame: Frame,
  view: View,
  factor: number,
  [left, top]: readonly [number, number] = [frame.width / 2, frame.height / 2],
): View {
  const zoom = Math.min(mostZoom, Math.max(1, view.zoom * factor));
  const from = frame.scale * view.zoom;
  const to = frame.scale * zoom;
  const [right, down] = [left - frame.width / 2, top - frame.height / 2];
  return within(frame, {
    x: view.x + right / from - right / to,
    y: view.y - down / from + down / to,
    zoom,
  });
}

/** Shows a place, no smaller than before; where all fits, the middle stays. */
export function centredOn(frame: Frame, view: View, { x, y, zoom }: View): View {
  return within(frame, { x, y, zoom: Math.max(view.zoom, zoom) });
}

/** The view moved as little as brings a point of the map away from the edges. */
export function withInside(frame: Frame, view: View, x: number, y: number): View {
  const [left, top] = onPage(frame, view, x, y);
  const margin = Math.min(70, frame.width / 5, frame.height / 5);
  const right = Math.max(0, margin - left) + Math.min(0, frame.width - margin - left);
  const down = Math.max(0, margin - top) + Math.min(0, frame.height - margin - top);
  return right === 0 && down === 0 ? view : moved(frame, view, right, down);
}

/** The middle of the page never leaves what is seen when all is. */
function within(frame: Frame, { x, y, zoom }: View): View {
  const room = 1 - 1 / zoom;
  const reach = (size: number): number => (size / 2 / frame.scale) * room;
  const clamp = (value: number, size: number): number =>
    Math.min(reach(size), Math.max(-reach(size), value)) || 0;
  return { x: clamp(x, frame.width), y: clamp(y, frame.height), zoom };
}

/** A place on the page, and how many pixels away from it a point may be. */
export interface Nearness {
  readonly at: readonly [left: number, top: number];
  readonly radius: number;
}

/** The point nearest to a place on the page, if it is near enough; else −1. */
export function nearestTo(
  points: ArrayLike<number>,
  frame: Frame,
  view: View,
  { at: [left, top], radius }: Nearness,
): number {
  let best = -1;
  let least = radius * radius;
  for (let index = 0; 2 * index + 1 < points.length; index++) {
    const [x, y] = onPage(
      frame,
      view,
      points[2 * index] as number,
      points[2 * index + 1] as number,
    );
    const distance = (x - left) ** 2 + (y - top) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

/** Which way an arrow key goes on the map. */
export type Direction = "left" | "right" | "up" | "down";

/**
 * The next point in a direction: the nearest of those that lie within 45° of it. The point itself if
 * there is none.
 */
export function nextPoint(points: ArrayLike<number>, from: number, direction: Direction): number {
  const [x, y] = [points[2 * from] as number, points[2 * from + 1] as number];
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; 2 * index + 1 < points.length; index++) {
    const dx = (points[2 * index] as number) - x;
    const dy = (points[2 * index + 1] as number) - y;
    const along = { left: -dx, right: dx, up: dy, down: -dy }[direction];
    const across = Math.abs(direction === "left" || direction === "right" ? dy : dx);
    const distance = dx * dx + dy * dy;
    if (index !== from && along > 0 && across <= along && distance < least) {
      [best, least] = [index, distance];
    }
  }
  return best;
}

/** A word beside its point. */
export interface PlacedLabel {
  readonly index: number;
  /** The middle of its height; beside its point, or a line above or below. */
  readonly y: number;
  /** Where the word begins, or ends if it stands left of the point. */
  readonly left: number;
  readonly anchor: "start" | "end";
  readonly width: number;
}

/** How wide a word is, about, in CSS pixels. */
export function labelWidth(word: string, fontSize: number): number {
  let units = 0;
  for (const character of word) units += /[\u2e80-\uffef]/u.test(character) ? 1.05 : 0.6;
  return units * fontSize;
}

/** Words and their points, x and y in turn. */
export interface WordPoints {
  readonly words: readonly string[];
  readonly points: ArrayLike<number>;
}

/** How words stand on a map. */
export interface LabelOptions {
  /** The words that have to be written; none by default. */
  readonly first?: readonly number[];
  /** Whether a word would rather stand left of its point. */
  readonly isLeft?: (index: number) => boolean;
  /** Whether a word is only written if it has to be. */
  readonly isSilent?: (index: number) => boolean;
  /** About half of a point's width, if words are to keep off other points; 0 if these are mere dots. */
  readonly pointSize?: number;
}

/**
 * Chooses which points get their words written, so that none covers another: first those that have to
 * be, which may stand a line higher or lower, then the others in their order, which is by frequency.
 */
export function placeLabels(
  { words, points }: WordPoints,
  frame: Frame,
  view: View,
  { first = [], isLeft = () => false, isSilent = () => false, pointSize = 0 }: LabelOptions = {},
): PlacedLabel[] {
  const most = Math.floor((frame.width * frame.height) / 5200) + first.length;
  const placed: PlacedLabel[] = [];
  const boxes: Box[] = [];
  const isFirst = new Set(first);
  const places = words.map((_, index) =>
    onPage(frame, view, points[2 * index] as number, points[2 * index + 1] as number),
  );
  const signs: readonly Box[] =
    pointSize > 0
      ? places.map(([x, y]) => [x - pointSize, y - pointSize, x + pointSize, y + pointSize])
      : [];
  const coversPoint = (box: Box, own: number): boolean =>
    signs.some((sign, index) => index !== own && overlap(box, sign));
  const place = (index: number, keepsOff: boolean): boolean => {
    const hasToBe = isFirst.has(index);
    const [x, y] = places[index] as [number, number];
    if (x < 2 || y < 8 || x > frame.width - 2 || y > frame.height - 8) return true;
    const width = labelWidth(words[index] as string, hasToBe ? 14 : 12);
    const half = hasToBe ? 8.5 : 7.5;
    const gap = Math.max(7, pointSize + 3);
    const anchors = isLeft(index) ? (["end", "start"] as const) : (["start", "end"] as const);
    for (const line of hasToBe ? [0, -17, 17] : [0]) {
      for (const anchor of anchors) {
        const left = x + (anchor === "start" ? gap : -gap);
        const begin = anchor === "start" ? left : left - width;
        const box: Box = [begin - 2, y + line - half, begin + width + 2, y + line + half];
        if (begin < 2 || begin + width > frame.width - 2) continue;
        if (boxes.some((other) => overlap(box, other))) continue;
        if (keepsOff && coversPoint(box, index)) continue;
        boxes.push(box);
        placed.push({ index, left, anchor, width, y: y + line });
        return true;
      }
    }
    return false;
  };
  // What has to be written is written over a point where there is no other room.
  for (const index of isFirst) if (!place(index, true)) place(index, false);
  for (let index = 0; index < words.length && placed.length < most; index++) {
    if (!isFirst.has(index) && !isSilent(index)) place(index, true);
  }
  return placed;
}

/**
 * Chooses which points are written as their word in their own place, so that none covers another: first those that have to
 * be, then the others in their order.
 *
 * @param fontSize that of the words, in CSS pixels.
 * @returns the places in the list of those that are written.
 */
export function writtenInPlace(
  { words, points }: WordPoints,
  frame: Frame,
  { fontSize, first = [] }: { readonly fontSize: number; readonly first?: readonly number[] },
): Set<number> {
  const boxes: Box[] = [];
  const written = new Set<number>();
  for (const index of new Set([...first, ...words.keys()])) {
    const [x, y] = onPage(
      frame,
      wholeView,
      points[2 * index] as number,
      points[2 * index + 1] as number,
    );
    const half = labelWidth(words[index] as string, fontSize) / 2 + 1;
    const box: Box = [x - half, y - 0.55 * fontSize, x + half, y + 0.55 * fontSize];
    if (boxes.some((other) => overlap(box, other))) continue;
    boxes.push(box);
    written.add(index);
  }
  return written;
}

/** Left, upper, right and lower edge. */
type Box = readonly [number, number, number, number];

function overlap(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

/** The points that are seen, as one path of dots: each is a line of no length with round ends. */
export function dots(points: ArrayLike<number>, frame: Frame, view: View): string {
  let path = "";
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = onPage(frame, view, points[at] as number, points[at + 1] as number);
    if (x >= 2 && y >= 2 && x <= frame.width - 2 && y <= frame.height - 2) {
      path += `M${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}h0`;
    }
  }
  return path;
}

/** Points moved so that the middle of their extremes is 0. */
export function centred(points: Float32Array): Float32Array {
  if (points.length === 0) return points;
  const middle = [0, 1].map((axis) => {
    const values = points.filter((_, at) => at % 2 === axis);
    return (smallestOf(values) + largestOf(values)) / 2;
  });
  return points.map((value, at) => value - (middle[at % 2] as number));
}
