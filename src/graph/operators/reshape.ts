/** @file The same elements in another shape. */

import { ShapeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import type { Dimension, Shape } from "../shape.ts";
import { formatShape, positiveAxis, productOf, sameShape } from "../shape.ts";
import type { Tensor, UnaryOperator } from "../tensor.ts";
import { sumOfLinear } from "./linear.ts";

export const reshapeOperator: UnaryOperator<{ shape: Shape }> = {
  name: "reshape",
  isCheap: true,
  infer: ([x], { shape }) => {
    const { dtype, shape: from } = x;
    if (productOf(from) !== productOf(shape) && !/[(+]/.test(`${productOf(from)}`)) {
      throw new ShapeError(`reshape: ${formatShape(from)} does not fill ${formatShape(shape)}.`);
    }
    return [{ dtype, shape }];
  },
  lower: (emitter, [x], { attributes: { shape }, inputs }) => {
    const unknown = shape.filter((dimension) => typeof dimension === "string");
    const from = inputs[0].shape;
    const kept = (dimension: Dimension, axis: number) => from[axis] === dimension;
    // One axis that differs from the input's can be left to the operator (-1), and unchanged axes are
    // copied (0): then no size has to be computed at run time.
    const free = shape.filter(
      (dimension, axis) => typeof dimension === "string" && !kept(dimension, axis),
    );
    if (unknown.length <= 1 || free.length <= 1) {
      const target = shape.map((dimension, axis) =>
        typeof dimension === "number"
          ? dimension
          : unknown.length <= 1 || !kept(dimension, axis)
            ? -1
            : 0,
      );
      return [emitter.op("Reshape", [x, emitter.ints(target)])];
    }
    return [emitter.op("Reshape", [x, emitter.sizes(shape)])];
  },
  gradient: ({ inputs }, [g]) => [g ? reshape(g, inputs[0].shape) : null],
  sumOverTime: sumOfLinear,
  stackOverTime: ({ attributes: { shape } }, stack) =>
    reshape(stack, [...stack.shape.slice(0, 1), ...shape]),
  describe: ({ shape }) => formatShape(shape),
};

/** The same elements in another shape; the number of elements must be the same. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : makeTensor(reshapeOperator, [x], { shape });
}

/** Adds an axis of size 1. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = positiveAxis("unsqueeze", axis, x.rank + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** Removes an axis of size 1. */
export function squeeze(x: Tensor, axis: number): Tensor {
  const at = positiveAxis("squeeze", axis, x.rank);
  if (x.shape[at] !== 1) throw new ShapeError(`squeeze: axis ${axis} of ${x} is not of size 1.`);
  return reshape(
    x,
    x.shape.filter((_, index) => index !== at),
  );
}

/** Merges the axes from `first` to the last but `keep` into one: `[a, b, 3]` becomes `[a*b, 3]`. */
export function flatten(x: Tensor, keep = 1): Tensor {
  const cut = x.rank - keep;
  return reshape(x, [productOf(x.shape.slice(0, cut)), ...x.shape.slice(cut)]);
}
