/** @file Axes of curves: scales that fit their numbers, and a few round numbers on them. Pure. */

import { type scaleLinear, scaleLog } from "d3-scale";
import { largestOf, smallestOf } from "../../tensor/extremes.ts";

/** A number on an axis, and where it is. */
export interface Tick {
  readonly value: number;
  readonly at: number;
}

/** A scale from numbers to places on the page. */
export type Scale = ReturnType<typeof scaleLinear<number>>;

/**
 * A logarithmic scale that has room for all of some positive numbers; there a factor has the same height everywhere.
 *
 * @param start where it begins; by default at a round number below all.
 */
export function logarithmicScale(values: Iterable<number>, start?: number): Scale {
  const all = [...values];
  const least = start ?? roundedDown(0.97 * smallestOf(all));
  return scaleLog([least, 1.1 * largestOf(all)], [0, 1]) as unknown as Scale;
}

/** The next lower of 1, 2, 5, 10, 20, 50 … */
function roundedDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([5, 2].find((leading) => leading * power <= value) ?? 1) * power;
}

/** The marks of an axis: round numbers, few enough to be read, and where they are. */
export function marksOf(scale: Scale, count: number, isLogarithmic = false): Tick[] {
  return chosen(scale.ticks(count), count, isLogarithmic).map((value) => ({
    value,
    at: scale(value),
  }));
}

function chosen(all: readonly number[], count: number, isLogarithmic: boolean): readonly number[] {
  if (!isLogarithmic || all.length <= count + 1) return all;
  const leading = (value: number): number => Number(value.toExponential().charAt(0));
  for (const kept of [[1, 2, 5], [1, 3], [1]]) {
    const some = all.filter((value) => kept.includes(leading(value)));
    if (some.length <= count + 1 && some.length > 1) return some;
  }
  return all.filter((_, index) => index % Math.ceil(all.length / count) === 0);
}
