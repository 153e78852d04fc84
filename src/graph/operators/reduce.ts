/** @file Reductions other than the sum: mean, maximum, position of the maximum; running sums. */

import { isFloat } from "../../tensor/dtype.ts";
import { ShapeError } from "../../tensor/errors.ts";
import { positiveAxis } from "../shape.ts";
import type { Operator, Tensor } from "../tensor.ts";
import { makeTensor } from "../tensor.ts";
import type { Reduction } from "./broadcast.ts";
import {
  describeReduction,
  knownSize,
  reducedShape,
  reduceSum,
  reduction,
  reshape,
} from "./broadcast.ts";
import { divide, multiply } from "./elementwise.ts";
import { cast, equal } from "./select.ts";

export const reduceMaxOperator: Operator<Reduction> = {
  name: "reduceMax",
  infer: ([x], attributes) => {
    const tensor = x as Tensor;
    return [{ dtype: tensor.dtype, shape: reducedShape(tensor, attributes) }];
  },
  lower: (emitter, [x], { attributes: { axes, keepAxes } }) => [
    emitter.op("ReduceMax", [x as string], {
      axes: { ints: axes },
      keepdims: { int: Number(keepAxes) },
    }),
  ],
  gradient: ({ inputs, outputs, attributes }, [g]) => {
    const [x, y] = [inputs[0] as Tensor, outputs[0] as Tensor];
    if (!g || !isFloat(x.dtype)) return [null];
    // Equal maxima share the cotangent evenly.
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

/** The mean over axes whose size is known. */
export function reduceMean(x: Tensor, axes?: number | readonly number[], keepAxes = false): Tensor {
  const list = reduction("reduceMean", x, axes, keepAxes).axes;
  const size = knownSize(list.map((axis) => x.shape[axis] as number));
  if (size === null) throw new ShapeError(`reduceMean: the axes of ${x} have no known size.`);
  return divide(reduceSum(x, axes, keepAxes), size);
}

export const argMaxOperator: Operator<{ axis: number }> = {
  name: "argMax",
  infer: ([x], { axis }) => [
    { dtype: "int64", shape: (x as Tensor).shape.filter((_, at) => at !== axis) },
  ],
  lower: (emitter, [x], { attributes: { axis } }) => [
    emitter.op("ArgMax", [x as string], { axis: { int: axis }, keepdims: { int: 0 } }),
  ],
  describe: ({ axis }) => `axis ${axis}`,
};

/** The position of the first largest element along an axis: int64, without that axis. */
export function argMax(x: Tensor, axis: number): Tensor {
  return makeTensor(argMaxOperator, [x], { axis: positiveAxis("argMax", axis, x.rank) });
}

export const cumulativeSumOperator: Operator<{ axis: number; reverse: boolean }> = {
  name: "cumulativeSum",
  infer: ([x]) => [{ dtype: (x as Tensor).dtype, shape: (x as Tensor).shape }],
  lower: (emitter, [x], { attributes: { axis, reverse } }) => [
    emitter.op(
      "CumSum",
      [x as string, emitter.constant("int64", [], BigInt64Array.from([BigInt(axis)]))],
      { reverse: { int: Number(reverse) } },
    ),
  ],
  gradient: ({ inputs, attributes: { axis, reverse } }, [g]) => {
    const isReal = isFloat((inputs[0] as Tensor).dtype);
    return [g && isReal ? cumulativeSum(g, axis, !reverse) : null];
  },
  describe: ({ axis, reverse }) => `axis ${axis}${reverse ? " from the end" : ""}`,
};

/** Running sums along an axis, each element included; from the end if `reverse`. */
export function cumulativeSum(x: Tensor, axis: number, reverse = false): Tensor {
  const at = positiveAxis("cumulativeSum", axis, x.rank);
  return makeTensor(cumulativeSumOperator, [x], { axis: at, reverse });
}
