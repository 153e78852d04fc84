/** @file Fits an axis of named size to another length, for graphs that receive sources of any length. No gradients. */

import { makeTensor } from "../node.ts";
import type { Dimension } from "../shape.ts";
import { positiveAxis } from "../shape.ts";
import type { Tensor, UnaryOperator } from "../tensor.ts";

export const padToMultipleOperator: UnaryOperator<{
  axis: number;
  multiple: number;
  dimension: string;
}> = {
  name: "padToMultiple",
  infer: ([{ dtype, shape }], { axis, dimension }) => [
    { dtype, shape: shape.map((size, at) => (at === axis ? dimension : size)) },
  ],
  lower: (emitter, [x], { attributes: { axis, multiple }, inputs: [{ shape }] }) => {
    const size = emitter.sizes([shape[axis] as Dimension]);
    const number = (value: number): string => emitter.ints([value]);
    // At least one piece, so that no later operator meets an axis without elements.
    const filled = emitter.op("Max", [size, number(1)]);
    const pieces = emitter.op("Div", [
      emitter.op("Add", [filled, number(multiple - 1)]),
      number(multiple),
    ]);
    const missing = emitter.op("Sub", [emitter.op("Mul", [pieces, number(multiple)]), size]);
    const none = (count: number): string[] =>
      count === 0 ? [] : [emitter.ints(Array.from({ length: count }, () => 0))];
    const { length: rank } = shape;
    const counts = emitter.op("Concat", [...none(rank + axis), missing, ...none(rank - axis - 1)], {
      axis: { int: 0 },
    });
    return [emitter.op("Pad", [x, counts])];
  },
  describe: ({ axis, multiple }) => `axis ${axis} to a multiple of ${multiple}`,
};

/**
 * Adds zeros at the end of an axis until its length is a multiple of a number; at least that number.
 *
 * @param fit.dimension the name of the new length.
 */
export function padToMultiple(
  x: Tensor,
  fit: { readonly axis: number; readonly multiple: number; readonly dimension: string },
): Tensor {
  const axis = positiveAxis("padToMultiple", fit.axis, x.rank);
  return makeTensor(padToMultipleOperator, [x], { ...fit, axis });
}

export const cutToOperator: UnaryOperator<{ axis: number; dimension: Dimension }> = {
  name: "cutTo",
  infer: ([{ dtype, shape }], { axis, dimension }) => [
    { dtype, shape: shape.map((size, at) => (at === axis ? dimension : size)) },
  ],
  lower: (emitter, [x], { attributes: { axis, dimension } }) => [
    emitter.op("Slice", [x, emitter.ints([0]), emitter.sizes([dimension]), emitter.ints([axis])]),
  ],
  describe: ({ axis, dimension }) => `axis ${axis} to ${dimension}`,
};

/** The first elements of an axis, as many as another axis has: `dimension` is the name of its size. */
export function cutTo(x: Tensor, axis: number, dimension: Dimension): Tensor {
  return makeTensor(cutToOperator, [x], {
    axis: positiveAxis("cutTo", axis, x.rank),
    dimension,
  });
}
