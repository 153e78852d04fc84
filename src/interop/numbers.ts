/** @file Numbers of a shape that are computed later, and faults found before that. */

/** Numbers to be computed, of a shape that is known. */
export interface Numbers {
  readonly shape: readonly number[];
  /** In C order; a new array, or one that nobody changes. */
  readonly numbers: () => Float64Array;
}

/** A fault in an expression, as a clause. */
export class ExpressionFault extends Error {
  override readonly name: string = "ExpressionFault";
}

/** A shape as it is written in sentences. */
export const shown = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** Whether two shapes are equal. */
export const sameShape = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, axis) => size === other[axis]);
