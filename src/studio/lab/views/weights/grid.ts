/** @file Parameters as pictures: a number a pixel. Pure. */

import { largestOf } from "../../../../tensor/extremes.ts";
import { cellColor, type Role } from "../../../scale/color.ts";

/** How the numbers of a parameter lie in its picture. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/** The grid of a shape: its last axis runs from left to right; a vector is one row, also one that stands upright. */
export function gridOf(shape: readonly number[]): Grid {
  const size = shape.reduce((product, length) => product * length, 1);
  const columns = shape.at(-1) ?? 1;
  return columns <= 1 ? { rows: 1, columns: size } : { rows: size / columns, columns };
}

/** The place of a number in its parameter, such as `[3, 12]`. */
export function placeIn(shape: readonly number[], index: number): number[] {
  const place: number[] = [];
  let rest = index;
  for (const length of shape.toReversed()) {
    place.unshift(rest % Math.max(1, length));
    rest = Math.floor(rest / Math.max(1, length));
  }
  return place;
}

/** The size of number that has the full colour: the largest of all, or 1 if all are 0. */
export function domainOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > largest && Number.isFinite(size)) largest = size;
  }
  return largest || 1;
}

const steps = 96;
const ramps = new Map<Role, Uint8ClampedArray>();

/** Red, green and blue of the colours of a role, from the least number to the most. */
function rampOf(role: Role): Uint8ClampedArray {
  const known = ramps.get(role);
  if (known) return known;
  const ramp = new Uint8ClampedArray(3 * (steps + 1));
  for (let step = 0; step <= steps; step++) {
    const channels = cellColor(role, (2 * step) / steps - 1, 1).match(/[\d.]+/g) ?? [];
    ramp.set(channels.slice(0, 3).map(Number), 3 * step);
  }
  ramps.set(role, ramp);
  return ramp;
}

/** The pixels of numbers, red, green, blue and opacity of each, in the colours of {@link cellColor}. */
export function pixelsOf(
  values: Float32Array,
  role: Role,
  domain: number,
): Uint8ClampedArray<ArrayBuffer> {
  const ramp = rampOf(role);
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let at = 0; at < values.length; at++) {
    const share = Math.min(1, Math.max(-1, (values[at] as number) / domain)) || 0;
    const step = 3 * Math.round(((share + 1) / 2) * steps);
    pixels[4 * at] = ramp[step] as number;
    pixels[4 * at + 1] = ramp[step + 1] as number;
    pixels[4 * at + 2] = ramp[step + 2] as number;
    pixels[4 * at + 3] = 255;
  }
  return pixels;
}

/** How large a picture is drawn: cells alike in both directions unless there is one row, which is high enough to be seen. */
export function drawnSize(
  { rows, columns }: Grid,
  room: { readonly width: number; readonly height: number; readonly cell: number },
): { readonly width: number; readonly height: number } {
  const cell = Math.min(room.cell, room.width / columns, room.height / rows);
  const width = columns * cell;
  return {
    width,
    height: rows === 1 ? Math.max(12, Math.min(20, cell)) : Math.max(6, rows * cell),
  };
}

/** The colour of a part of a model. */
export function roleOf(part: string): Role {
  const roles: readonly (readonly [RegExp, Role])[] = [
    [/embedding/, "embedding"],
    [/encoder/, "encoder"],
    [/attention/, "score"],
    [/bridge/, "context"],
    [/decoder/, "decoder"],
    [/output|readout/, "target"],
  ];
  return roles.find(([pattern]) => pattern.test(part))?.[1] ?? "context";
}

/** How long the bar of a distance is, from 0 to 1; the largest of all has the whole length. */
export function barShare(moved: number, all: readonly number[]): number {
  const largest = largestOf(all.filter(Number.isFinite), 1e-9);
  return Number.isFinite(moved) ? Math.min(1, moved / largest) : 1;
}
