/** @file The axes that an operator reduces over. */

import type { Shape } from "../shape.ts";
import { factors, positiveAxis, productOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface Reduction {
  readonly axes: readonly number[];
  readonly keepAxes: boolean;
}

/** The shape after reducing over `axes`. */
export function reducedShape({ shape }: Tensor, { axes, keepAxes }: Reduction): Shape {
  return keepAxes
    ? shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension))
    : shape.filter((_, axis) => !axes.includes(axis));
}

/** Formats the axes of a reduction. */
export function describeReduction({ axes, keepAxes }: Reduction): string {
  return `axes ${axes.join(",")}${keepAxes ? " kept" : ""}`;
}

/** The axes as operators store them: counted from the front and sorted; all axes by default. */
export function reduction(
  operator: string,
  x: Tensor,
  axes: number | readonly number[] | undefined,
  keepAxes: boolean,
): Reduction {
  const list = axes === undefined ? x.shape.map((_, axis) => axis) : [axes].flat();
  const positive = list.map((axis) => positiveAxis(operator, axis, x.rank));
  return { axes: positive.sort((a, b) => a - b), keepAxes };
}

/** The number of elements along `axes` as an integer, if it is known in advance. */
export function knownSize(dimensions: Shape): number | null {
  const { count, names } = factors(productOf(dimensions));
  return names.length === 0 ? count : null;
}
