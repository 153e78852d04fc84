/** @file Reshaping, stretching and summing: each is the gradient of another. */

import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import type { Dimension, Shape } from "../shape.ts";
import {
  broadcastShapes,
  factors,
  formatShape,
  positiveAxis,
  productOf,
  sameShape,
} from "../shape.ts";
import type { Operator, Tensor } from "../tensor.ts";
import { makeTensor } from "../tensor.ts";

export const reshapeOperator: Operator<{ shape: Shape }> = {
  name: "reshape",
  infer: ([x], { shape }) => {
    const { dtype, shape: from } = x as Tensor;
    if (productOf(from) !== productOf(shape) && !/[(+]/.test(`${productOf(from)}`)) {
      throw new ShapeError(`reshape: ${formatShape(from)} does not fill ${formatShape(shape)}.`);
    }
    return [{ dtype, shape }];
  },
  lower: (emitter, [x], { attributes: { shape }, inputs }) => {
    const unknown = shape.filter((dimension) => typeof dimension === "string");
    const from = (inputs[0] as Tensor).shape;
    const kept = (dimension: Dimension, axis: number) => from[axis] === dimension;
    // One axis that the input does not have at the same place can be left to the operator (-1),
    // and axes that stay in place are copied (0): then no size is computed at run time.
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
      return [emitter.op("Reshape", [x as string, emitter.ints(target)])];
    }
    return [emitter.op("Reshape", [x as string, emitter.sizes(shape)])];
  },
  gradient: ({ inputs }, [g]) => [g ? reshape(g, (inputs[0] as Tensor).shape) : null],
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

/** Lays the axes from `first` to the last but `keep` into one: `[a, b, 3]` into `[a*b, 3]`. */
export function flatten(x: Tensor, keep = 1): Tensor {
  const cut = x.rank - keep;
  return reshape(x, [productOf(x.shape.slice(0, cut)), ...x.shape.slice(cut)]);
}

export const expandOperator: Operator<{ shape: Shape }> = {
  name: "expand",
  infer: ([x], { shape }) => {
    const { dtype, shape: from } = x as Tensor;
    const stretched = broadcastShapes("expand", from, shape);
    if (!sameShape(stretched, shape)) {
      throw new ShapeError(
        `expand: ${formatShape(from)} does not stretch to ${formatShape(shape)}.`,
      );
    }
    return [{ dtype, shape }];
  },
  lower: (emitter, [x], { attributes: { shape } }) => [
    emitter.op("Expand", [x as string, emitter.sizes(shape)]),
  ],
  gradient: ({ inputs }, [g]) => [g ? unbroadcast(g, (inputs[0] as Tensor).shape) : null],
  describe: ({ shape }) => formatShape(shape),
};

/** Stretches axes of size 1, and adds axes in front, to fill `shape`. */
export function expand(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : makeTensor(expandOperator, [x], { shape });
}

/** The inverse of broadcasting in a gradient: sums over the axes that were stretched. */
export function unbroadcast(gradient: Tensor, shape: Shape): Tensor {
  const added = gradient.rank - shape.length;
  const axes = gradient.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < added || (shape[axis - added] === 1 && gradient.shape[axis] !== 1));
  return axes.length === 0 ? gradient : reshape(reduceSum(gradient, axes), shape);
}

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

/** Writes the axes of a reduction. */
export function describeReduction({ axes, keepAxes }: Reduction): string {
  return `axes ${axes.join(",")}${keepAxes ? " kept" : ""}`;
}

/** The axes as the operators keep them: counted from the front, sorted, all of them by default. */
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

export const reduceSumOperator: Operator<Reduction> = {
  name: "reduceSum",
  infer: ([x], attributes) => {
    const tensor = x as Tensor;
    if (tensor.dtype === "bool") throw new DtypeError("reduceSum: cast booleans to numbers first.");
    return [{ dtype: tensor.dtype, shape: reducedShape(tensor, attributes) }];
  },
  lower: (emitter, [x], { attributes: { axes, keepAxes } }) => [
    emitter.op("ReduceSum", [x as string, emitter.ints(axes)], {
      keepdims: { int: Number(keepAxes) },
    }),
  ],
  gradient: ({ inputs, attributes }, [g]) => {
    const x = inputs[0] as Tensor;
    if (!g || !isFloat(x.dtype)) return [null];
    const kept = reducedShape(x, { ...attributes, keepAxes: true });
    return [expand(reshape(g, kept), x.shape)];
  },
  describe: describeReduction,
};

/** Sums over some axes, or over all of them; `keepAxes` leaves them with size 1. */
export function reduceSum(x: Tensor, axes?: number | readonly number[], keepAxes = false): Tensor {
  const attributes = reduction("reduceSum", x, axes, keepAxes);
  return attributes.axes.length === 0 ? x : makeTensor(reduceSumOperator, [x], attributes);
}

/** The number of elements along `axes` as a whole number, where it is known before running. */
export function knownSize(dimensions: Shape): number | null {
  const { count, names } = factors(productOf(dimensions));
  return names.length === 0 ? count : null;
}
