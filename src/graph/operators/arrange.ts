/** @file Rearranges elements: transpose, concatenate, slice, pad. */

import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import { isOperation, makeNode, makeTensor } from "../node.ts";
import type { Dimension, Shape } from "../shape.ts";
import { positiveAxis, sumOf } from "../shape.ts";
import type { BinaryOperator, Operator, Tensor, Tensors, UnaryOperator } from "../tensor.ts";
import { sumOfLinear } from "./linear.ts";
import { constant, fill } from "./source.ts";

export const transposeOperator: UnaryOperator<{ order: readonly number[] }> = {
  name: "transpose",
  infer: ([x], { order }) => {
    const { dtype, shape } = x;
    if ([...order].sort((a, b) => a - b).join() !== shape.map((_, axis) => axis).join()) {
      throw new ShapeError(`transpose: [${order.join(", ")}] does not order the axes of ${x}.`);
    }
    return [{ dtype, shape: order.map((axis) => shape[axis] as Dimension) }];
  },
  lower: (emitter, [x], { attributes: { order } }) => [
    emitter.op("Transpose", [x], { perm: { ints: order } }),
  ],
  gradient: ({ attributes: { order } }, [g]) => {
    const inverse = order.map((_, axis) => order.indexOf(axis));
    return [g ? transpose(g, inverse) : null];
  },
  sumOverTime: sumOfLinear,
  describe: ({ order }) => order.join(","),
};

/** Reorders the axes: axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  if (isOperation(x.node, transposeOperator)) {
    const { inputs, attributes } = x.node;
    const whole = order.map((axis) => attributes.order[axis] as number);
    return transpose(inputs[0], whole);
  }
  return order.every((axis, index) => axis === index) && order.length === x.rank
    ? x
    : makeTensor(transposeOperator, [x], { order });
}

/** Transposes the matrices in the last two axes. */
export function swapLastAxes(x: Tensor): Tensor {
  const order = x.shape.map((_, axis) => axis);
  order.push(...order.splice(x.rank - 2, 1));
  return transpose(x, order);
}

export const reverseOperator: UnaryOperator = {
  name: "reverse",
  infer: ([{ dtype, shape }]) => [{ dtype, shape }],
  lower: (emitter, [x]) => {
    // From the last to before the first, in steps of −1.
    const ends = [[-1], [-(2 ** 53 - 1)], [0], [-1]].map((values) => emitter.ints(values));
    return [emitter.op("Slice", [x, ...ends])];
  },
  gradient: (_, [g]) => [g ? reverse(g) : null],
};

/** Reverses the first axis. */
export function reverse(x: Tensor): Tensor {
  return makeTensor(reverseOperator, [x], null);
}

export const concatenateOperator: Operator<
  { axis: number },
  readonly [Tensor, ...Tensor[]],
  readonly [Tensor]
> = {
  name: "concatenate",
  infer: (inputs, { axis }) => {
    const [first] = inputs;
    for (const other of inputs) {
      const differs = (dimension: Dimension, at: number) =>
        at !== axis && dimension !== other.shape[at];
      if (other.rank !== first.rank || first.shape.some(differs)) {
        throw new ShapeError(`concatenate: ${first} and ${other} differ off axis ${axis}.`);
      }
      if (other.dtype !== first.dtype) throw new DtypeError(`concatenate: ${first} and ${other}.`);
    }
    const shape = [...first.shape];
    shape[axis] = sumOf(inputs.map((each) => each.shape[axis] as Dimension));
    return [{ dtype: first.dtype, shape }];
  },
  lower: (emitter, inputs, { attributes: { axis } }) => [
    emitter.op("Concat", inputs, { axis: { int: axis } }),
  ],
  gradient: ({ inputs, attributes: { axis } }, [g]) => {
    let start = 0;
    const cut = (x: Tensor): Tensor | null => {
      if (!g) return null;
      const size = x.shape[axis] as Dimension;
      if (typeof size === "string") {
        throw new ShapeError(`concatenate: no gradient along the named axis of ${x}.`);
      }
      start += size;
      return slice(g, axis, start - size, start);
    };
    const [first, ...others] = inputs;
    return [cut(first), ...others.map(cut)];
  },
  describe: ({ axis }) => `axis ${axis}`,
};

/** Concatenates tensors along an axis. */
export function concatenate(tensors: Tensors, axis: number): Tensor {
  const [first, ...others] = tensors;
  if (!first) throw new ShapeError("concatenate: needs at least one tensor.");
  if (others.length === 0) return first;
  return makeTensor(concatenateOperator, [first, ...others], {
    axis: positiveAxis("concatenate", axis, first.rank),
  });
}

/** An axis, and how far its elements move towards the front; negative towards the back. */
interface Shift {
  readonly axis: number;
  readonly by: number;
}

export const shiftOperator: BinaryOperator<Shift> = {
  name: "shift",
  infer: ([{ dtype, shape }]) => [{ dtype, shape }],
  // First padded, then cut, so that an axis of any length keeps it.
  lower: (emitter, [x, zero], { attributes: { axis, by }, inputs }) => {
    const along = (count: number) => inputs[0].shape.map((_, at) => (at === axis ? count : 0));
    const counts = emitter.ints([...along(Math.max(0, -by)), ...along(Math.max(0, by))]);
    const padded = emitter.op("Pad", [x, counts, zero]);
    const [start, end] = by > 0 ? [by, Number.MAX_SAFE_INTEGER] : [0, by];
    return [
      emitter.op("Slice", [padded, ...[start, end, axis].map((each) => emitter.ints([each]))]),
    ];
  },
  gradient: ({ attributes: { axis, by } }, [g]) => [g && shift(g, axis, -by), null],
  describe: ({ axis, by }) => `axis ${axis} by ${by}`,
};

/** Moves elements along an axis: y[t] = x[t + by], and zeros where x has none. The axis may have a name. */
export function shift(x: Tensor, axis: number, by: number): Tensor {
  if (by === 0) return x;
  const at = positiveAxis("shift", axis, x.rank);
  return makeTensor(shiftOperator, [x, constant(x.dtype, 0)], { axis: at, by });
}

interface Slice {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

function withSize(shape: Shape, axis: number, size: Dimension): Shape {
  return shape.map((dimension, at) => (at === axis ? size : dimension));
}

export const sliceOperator: UnaryOperator<Slice> = {
  name: "slice",
  infer: ([x], { axis, start, end }) => {
    const { dtype, shape } = x;
    const size = shape[axis] as Dimension;
    if (start < 0 || end <= start || (typeof size === "number" && end > size)) {
      throw new ShapeError(`slice: [${start}, ${end}) is not within axis ${axis} of ${x}.`);
    }
    return [{ dtype, shape: withSize(shape, axis, end - start) }];
  },
  lower: (emitter, [x], { attributes: { axis, start, end } }) => [
    emitter.op("Slice", [x, ...[start, end, axis].map((value) => emitter.ints([value]))]),
  ],
  gradient: ({ inputs: [x], attributes: { axis, start, end } }, [g]) => {
    const size = x.shape[axis] as Dimension;
    if (!g) return [null];
    if (typeof size === "string") {
      throw new ShapeError(`slice: no gradient along the named axis of ${x}.`);
    }
    return [pad(g, axis, start, size - end)];
  },
  describe: ({ axis, start, end }) => `axis ${axis}, ${start}..${end}`,
};

/** The part of x from `start` up to but not including `end` along an axis. */
export function slice(x: Tensor, axis: number, start: number, end: number): Tensor {
  const at = positiveAxis("slice", axis, x.rank);
  return start === 0 && end === x.shape[at]
    ? x
    : makeTensor(sliceOperator, [x], { axis: at, start, end });
}

/** Splits an axis of known size into equal parts. */
export function split(x: Tensor, axis: number, parts: 2): [Tensor, Tensor];
export function split(x: Tensor, axis: number, parts: 4): [Tensor, Tensor, Tensor, Tensor];
export function split(x: Tensor, axis: number, parts: number): Tensor[];
export function split(x: Tensor, axis: number, parts: number): Tensor[] {
  const at = positiveAxis("split", axis, x.rank);
  const size = x.shape[at] as Dimension;
  if (typeof size === "string" || size % parts !== 0) {
    throw new ShapeError(`split: axis ${axis} of ${x} does not divide into ${parts} parts.`);
  }
  return [...makeNode(splitOperator, [x], { axis: at, parts }).outputs];
}

export const padOperator: BinaryOperator<{ axis: number; before: number; after: number }> = {
  name: "pad",
  infer: ([x], { axis, before, after }) => {
    const { dtype, shape } = x;
    const size = shape[axis] as Dimension;
    if (typeof size === "string") throw new ShapeError(`pad: axis ${axis} of ${x} has a name.`);
    return [{ dtype, shape: withSize(shape, axis, size + before + after) }];
  },
  lower: (emitter, [x, zero], { attributes: { axis, before, after }, inputs }) => {
    const along = (count: number) => inputs[0].shape.map((_, at) => (at === axis ? count : 0));
    const counts = emitter.ints([...along(before), ...along(after)]);
    return [emitter.op("Pad", [x, counts, zero])];
  },
  gradient: ({ attributes: { axis, before }, inputs }, [g]) => {
    const size = inputs[0].shape[axis] as number;
    return [g ? slice(g, axis, before, before + size) : null, null];
  },
  describe: ({ axis, before, after }) => `axis ${axis}, ${before} before, ${after} after`,
};

/** Adds zeros before and after along an axis of known size. */
export function pad(x: Tensor, axis: number, before: number, after: number): Tensor {
  const at = positiveAxis("pad", axis, x.rank);
  if (before === 0 && after === 0) return x;
  return makeTensor(padOperator, [x, constant(x.dtype, 0)], { axis: at, before, after });
}

export const splitOperator: Operator<{ axis: number; parts: number }, readonly [Tensor], Tensors> =
  {
    name: "split",
    infer: ([{ dtype, shape }], { axis, parts }) => {
      const size = (shape[axis] as number) / parts;
      return Array.from({ length: parts }, () => ({ dtype, shape: withSize(shape, axis, size) }));
    },
    lower: (emitter, [x], { attributes: { axis, parts }, inputs }, used) => {
      const size = (inputs[0].shape[axis] as number) / parts;
      const sizes = emitter.ints(Array.from({ length: parts }, () => size));
      // Split must write all of its outputs; unused ones are just not read.
      return emitter.ops(
        "Split",
        [x, sizes],
        { axis: { int: axis } },
        used.map(() => true),
      );
    },
    gradient: ({ outputs, attributes: { axis } }, cotangents) => {
      if (cotangents.every((g) => g === null)) return [null];
      const filled = outputs.map(
        ({ dtype, shape }, index) => cotangents[index] ?? fill(dtype, shape, 0),
      );
      return [concatenate(filled, axis)];
    },
    describe: ({ axis, parts }) => `axis ${axis} into ${parts}`,
  };
