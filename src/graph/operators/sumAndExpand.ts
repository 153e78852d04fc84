/** @file Sums over axes and expands them: each is the gradient of the other. */

import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import type { Shape } from "../shape.ts";
import { broadcastShapes, formatShape, sameShape } from "../shape.ts";
import type { Tensor, UnaryOperator } from "../tensor.ts";
import { sumOfLinear } from "./linear.ts";
import type { Reduction } from "./reduction.ts";
import { describeReduction, reducedShape, reduction } from "./reduction.ts";
import { reshape } from "./reshape.ts";

export const expandOperator: UnaryOperator<{ shape: Shape }> = {
  name: "expand",
  isCheap: true,
  infer: ([{ dtype, shape: from }], { shape }) => {
    const stretched = broadcastShapes("expand", from, shape);
    if (!sameShape(stretched, shape)) {
      throw new ShapeError(
        `expand: ${formatShape(from)} does not stretch to ${formatShape(shape)}.`,
      );
    }
    return [{ dtype, shape }];
  },
  lower: (emitter, [x], { attributes: { shape } }) => [
    emitter.op("Expand", [x, emitter.sizes(shape)]),
  ],
  gradient: ({ inputs }, [g]) => [g ? unbroadcast(g, inputs[0].shape) : null],
  describe: ({ shape }) => formatShape(shape),
};

/** Expands axes of size 1, and adds axes in front, to reach `shape`. */
export function expand(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : makeTensor(expandOperator, [x], { shape });
}

/** Reverses broadcasting in a gradient: sums over the expanded axes. */
export function unbroadcast(gradient: Tensor, shape: Shape): Tensor {
  const added = gradient.rank - shape.length;
  const axes = gradient.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < added || (shape[axis - added] === 1 && gradient.shape[axis] !== 1));
  return axes.length === 0 ? gradient : reshape(reduceSum(gradient, axes), shape);
}

export const reduceSumOperator: UnaryOperator<Reduction> = {
  name: "reduceSum",
  infer: ([x], attributes) => {
    if (x.dtype === "bool") throw new DtypeError("reduceSum: cast booleans to numbers first.");
    return [{ dtype: x.dtype, shape: reducedShape(x, attributes) }];
  },
  lower: (emitter, [x], { attributes: { axes, keepAxes } }) => [
    emitter.op("ReduceSum", [x, emitter.ints(axes)], {
      keepdims: { int: Number(keepAxes) },
    }),
  ],
  gradient: ({ inputs: [x], attributes }, [g]) => {
    if (!g || !isFloat(x.dtype)) return [null];
    const kept = reducedShape(x, { ...attributes, keepAxes: true });
    return [expand(reshape(g, kept), x.shape)];
  },
  sumOverTime: sumOfLinear,
  describe: describeReduction,
};

/** Sums over some axes, or over all of them; `keepAxes` leaves them with size 1. */
export function reduceSum(x: Tensor, axes?: number | readonly number[], keepAxes = false): Tensor {
  const attributes = reduction("reduceSum", x, axes, keepAxes);
  return attributes.axes.length === 0 ? x : makeTensor(reduceSumOperator, [x], attributes);
}
