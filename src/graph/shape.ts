import { ShapeError } from "../tensor/errors.ts";

/**
 * The size of an axis: a number, or a name for a size that is known only at run time. A
 * product of names is written with asterisks and sorted factors, such as `"batch*source"`.
 */
export type Dimension = number | string;

/** The axes of a symbolic tensor. */
export type Shape = readonly Dimension[];

/** Formats a shape for people: `[batch, source, 512]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** Returns whether two shapes have the same axes. */
export function sameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((dimension, axis) => dimension === right[axis]);
}

/** Splits a dimension into a number and names: `"2*batch"` into 2 and `["batch"]`. */
export function factors(dimension: Dimension): { count: number; names: string[] } {
  if (typeof dimension === "number") return { count: dimension, names: [] };
  let count = 1;
  const names: string[] = [];
  for (const factor of dimension.split("*")) {
    if (/^\d+$/.test(factor)) count *= Number(factor);
    else names.push(factor);
  }
  return { count, names };
}

/** Multiplies dimensions: the size of several axes merged into one. */
export function productOf(dimensions: Shape): Dimension {
  let count = 1;
  const names: string[] = [];
  for (const dimension of dimensions) {
    const split = factors(dimension);
    count *= split.count;
    names.push(...split.names);
  }
  if (names.length === 0 || count === 0) return count;
  return [...(count === 1 ? [] : [String(count)]), ...names.sort()].join("*");
}

/** Adds dimensions: the size of concatenated tensors. */
export function sumOf(dimensions: Shape): Dimension {
  if (dimensions.every((dimension) => typeof dimension === "number")) {
    return dimensions.reduce<number>((sum, dimension) => sum + (dimension as number), 0);
  }
  return `(${dimensions.join("+")})`;
}

/** Splits what {@link sumOf} says of a size and others: `"(source+1)"` into `"source"` and 1; any other size is itself. */
export function summands(dimension: Dimension): Dimension[] {
  const [, sum] = /^\(([^()]*)\)$/.exec(String(dimension)) ?? [];
  if (sum === undefined) return [dimension];
  return sum.split("+").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Whether two sizes are symbolic, as in additive attention: batch by source by units. */
export function isLarge(shape: Shape): boolean {
  const { count, names } = factors(productOf(shape));
  return names.length >= 2 && count > 1;
}

/**
 * The shape of an elementwise operator on two tensors: axes are aligned at the end, and an axis of
 * size 1 expands. A named axis never expands, so broadcasting is known in advance.
 *
 * @throws ShapeError if two axes differ and neither is 1.
 */
export function broadcastShapes(operator: string, left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, index) => {
    const a = left[index - rank + left.length] ?? 1;
    const b = right[index - rank + right.length] ?? 1;
    if (a === b || b === 1) return a;
    if (a === 1) return b;
    throw new ShapeError(
      `${operator}: ${formatShape(left)} and ${formatShape(right)} do not broadcast (${a} against ${b}).`,
    );
  });
}

/** Returns `axis` counted from the front; negative values count from the back. */
export function positiveAxis(operator: string, axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (positive < 0 || positive >= rank) {
    throw new ShapeError(`${operator}: there is no axis ${axis} in a tensor of rank ${rank}.`);
  }
  return positive;
}
