/** @file Positions of tokens on a plane that stays steady while a model learns. Pure. */

import type { PrincipalPlane } from "../../../../vectors/project2d.ts";
import { placeInPlane } from "../../../../vectors/project2d.ts";

/** The rows of an embedding as vectors, of which some are left out. */
export function rowsOf(
  values: Float32Array,
  size: number,
  kept: readonly number[],
): Float32Array[] {
  return kept.map((row) => values.subarray(row * size, (row + 1) * size));
}

/** The places of vectors in a plane: x and y of the first, of the second … */
export function placesIn(plane: PrincipalPlane, vectors: readonly Float32Array[]): Float32Array {
  const places = new Float32Array(2 * vectors.length);
  for (const [at, vector] of vectors.entries()) places.set(placeInPlane(plane, vector), 2 * at);
  return places;
}

/**
 * Turns a plane about its middle, and mirrors it if need be, so that points come as near as possible to where they were: the
 * orthogonal Procrustes problem (Schönemann, 1966) in two dimensions. The axes of principal components may swap or change their
 * signs from one moment to the next, although the vectors hardly moved.
 *
 * @param points where the points are in the plane, x and y in turn.
 * @param before where the same points were.
 */
export function turnedTowards(
  plane: PrincipalPlane,
  points: Float32Array,
  before: Float32Array,
): PrincipalPlane {
  // M = Σ before · pointᵀ; the best turn is that of M's polar decomposition.
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [points[at] as number, points[at + 1] as number];
    const [u, v] = [before[at] as number, before[at + 1] as number];
    a += u * x;
    b += u * y;
    c += v * x;
    d += v * y;
  }
  // What a turn (a + d, c − b) or a mirrored one (a − d, b + c) would gain.
  const turn = Math.hypot(a + d, c - b);
  const mirrored = Math.hypot(a - d, b + c);
  if (turn === 0 && mirrored === 0) return plane;
  const isTurn = turn >= mirrored;
  const [cos, sin] = isTurn
    ? [(a + d) / turn, (c - b) / turn]
    : [(a - d) / mirrored, (b + c) / mirrored];
  // New axes: x' = cos·x ∓ sin·y, y' = sin·x ± cos·y.
  const [xx, xy, yx, yy] = isTurn ? [cos, -sin, sin, cos] : [cos, sin, sin, -cos];
  const size = plane.mean.length;
  const directions = new Float32Array(2 * size);
  for (let at = 0; at < size; at++) {
    const [first, second] = [plane.directions[at] as number, plane.directions[size + at] as number];
    directions[at] = xx * first + xy * second;
    directions[size + at] = yx * first + yy * second;
  }
  return { ...plane, directions };
}

/** Points on the way from one place to another. */
export function between(from: Float32Array, to: Float32Array, share: number): Float32Array {
  if (share >= 1 || from.length !== to.length) return to;
  return to.map((value, at) => (from[at] as number) + share * (value - (from[at] as number)));
}

/** The tokens that stand for text; others, such as that of padding, are hardly ever read. */
export function shownTokens(tokens: readonly string[]): number[] {
  return tokens.flatMap((token, row) => (/^<.+>$/.test(token) ? [] : [row]));
}
