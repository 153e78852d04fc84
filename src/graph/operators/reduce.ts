/** @file Reductions other than the sum: mean, maximum, position of the maximum; running sums. */

import { isFloat } from "../../tensor/dtype.ts";
import { ShapeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import { positiveAxis } from "../shape.ts";
import type { Tensor, UnaryOperator } from "../tensor.ts";
import { divide, multiply } from "./elementwise.ts";
import type { Reduction } from "./reduction.ts";
import { describeReduction, knownSize, reducedShape, reduction } from "./reduction.ts";
import { reshape } from "./reshape.ts";
import { cast, equal } from "./select.ts";
import { reduceSum } from "./sumAndExpand.ts";

export const reduceMaxOperator: UnaryOperator<Reduction> = {
  name: "reduceMax",
  infer: ([x], attributes) => [{ dtype: x.dtype, shape: reducedShape(x, attributes) }],
  lower: (emitter, [x], { attributes: { axes, keepAxes } }) => [
    emitter.op("ReduceMax", [x], {
      axes: { ints: axes },
      keepdims: { int: Number(keepAxes) },
    }),
  ],
  gradient: ({ inputs: [x], outputs: [y], attributes }, [g]) => {
    if (!g || !isFloat(x.dtype)) return [null];
    // Equal maxima share the cotangent equally.
    const kept = reducedShape(x, { ...attributes, keepAxes: true });
    const isLargest = cast(equal(x, reshape(y, kept)), x.dtype);
    const share = divide(isLargest, reduceSum(isLargest, attributes.axes, true));
    return [multiply(share, reshape(g, kept))];
  },
  describe: describeReduction,
};

/** The largest element over some axes, or over all of them. */
export function reduceMax(x: Tensor, axes?: number | readonly number[], keepAxes = false): Tensor {
  return makeTensor(reduceMaxOperator, [x], reduction("reduceMax", x, axes, keepAxes));
}

/** The mean over axes of known size. */
export function reduceMean(x: Tensor, axes?: number | readonly number[], keepAxes = false): Tensor {
  const list = reduction("reduceMean", x, axes, keepAxes).axes;
  const size = knownSize(list.map((axis) => x.shape[axis] as number));
  if (size === null) throw new ShapeError(`reduceMean: the axes of ${x} have no known size.`);
  return divide(reduceSum(x, axes, keepAxes), size);
}

export const argMaxOperator: UnaryOperator<{ axis: number }> = {
  name: "argMax",
  infer: ([x], { axis }) => [{ dtype: "int64", shape: x.shape.filter((_, at) => at !== axis) }],
  lower: (emitter, [x], { attributes: { axis } }) => [
    emitter.op("ArgMax", [x], { axis: { int: axis }, keepdims: { int: 0 } }),
  ],
  describe: ({ axis }) => `axis ${axis}`,
};

/** The position of the first largest element along an axis: int64, without that axis. */
export function argMax(x: Tensor, axis: number): Tensor {
  return makeTensor(argMaxOperator, [x], { axis: positiveAxis("argMax", axis, x.rank) });
}

export const cumulativeSumOperator: UnaryOperator<{ axis: number; reverse: boolean }> = {
  name: "cumulativeSum",
  infer: ([{ dtype, shape }]) => [{ dtype, shape }],
  lower: (emitter, [x], { attributes: { axis, reverse } }) => [
    emitter.op("CumSum", [x, emitter.constant("int64", [], BigInt64Array.from([BigInt(axis)]))], {
      reverse: { int: Number(reverse) },
    }),
  ],
  gradient: ({ inputs, attributes: { axis, reverse } }, [g]) => {
    return [g && isFloat(inputs[0].dtype) ? cumulativeSum(g, axis, !reverse) : null];
  },
  describe: ({ axis, reverse }) => `axis ${axis}${reverse ? " from the end" : ""}`,
};

/** Running sums along an axis, including each element; from the end if `reverse`. */
export function cumulativeSum(x: Tensor, axis: number, reverse = false): Tensor {
  const at = positiveAxis("cumulativeSum", axis, x.rank);
  return makeTensor(cumulativeSumOperator, [x], { axis: at, reverse });
}
