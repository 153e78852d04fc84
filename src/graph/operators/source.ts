/** @file Sources of values: inputs, parameters, constants, and the placeholders of loops. */

import type { Dtype } from "../../tensor/dtype.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { tensorValue } from "../../tensor/value.ts";
import { makeTensor } from "../node.ts";
import type { Dimension, Shape } from "../shape.ts";
import type { SourceOperator, Tensor } from "../tensor.ts";

interface Source {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: Shape;
}

export const inputOperator: SourceOperator<Source> = {
  name: "input",
  infer: (_, { dtype, shape }) => [{ dtype, shape }],
  lower: (emitter, _, node) => [emitter.input(node.attributes.name, node.outputs[0])],
  describe: ({ name }) => name,
};

/** A value that is fed when the graph runs: a batch, a state, a parameter. */
export function input(name: string, dtype: Dtype, shape: Shape): Tensor {
  return makeTensor(inputOperator, [], { name, dtype, shape });
}

export const placeholderOperator: SourceOperator<Source> = {
  name: "placeholder",
  infer: (_, { dtype, shape }) => [{ dtype, shape }],
  lower: (_, __, node) => {
    throw new Error(`The placeholder ${node.attributes.name} was used outside of its loop.`);
  },
  describe: ({ name }) => name,
};

/** Stands for a state or a slice inside the body of a loop. */
export function placeholder(name: string, dtype: Dtype, shape: Shape): Tensor {
  return makeTensor(placeholderOperator, [], { name, dtype, shape });
}

export const constantOperator: SourceOperator<TensorValue> = {
  name: "constant",
  infer: (_, { dtype, shape }) => [{ dtype, shape }],
  lower: (emitter, _, { attributes: { dtype, shape, data } }) => [
    emitter.constant(dtype, shape, data),
  ],
  describe: ({ data, shape }) =>
    data.length === 1 && shape.length === 0 ? String(data[0]) : `${data.length} values`,
};

/** Values written into the graph. A number becomes a scalar, which broadcasts. */
export function constant(
  dtype: Dtype,
  values: number | ArrayLike<number>,
  shape: readonly number[] = typeof values === "number" ? [] : [values.length],
): Tensor {
  return makeTensor(constantOperator, [], tensorValue(dtype, shape, values));
}

export const fillOperator: SourceOperator<{ dtype: Dtype; shape: Shape; value: number }> = {
  name: "fill",
  infer: (_, { dtype, shape }) => [{ dtype, shape }],
  lower: (emitter, _, { attributes: { dtype, shape, value } }) => {
    const { data } = tensorValue(dtype, [], value === 0 ? 0 : value);
    return [emitter.op("Expand", [emitter.constant(dtype, [], data), emitter.sizes(shape)])];
  },
  describe: ({ value }) => String(value),
};

/** A tensor filled with one number; its sizes may be known only at run time. */
export function fill(dtype: Dtype, shape: Shape, value: number): Tensor {
  return makeTensor(fillOperator, [], { dtype, shape, value });
}

export const rangeOperator: SourceOperator<{ dimension: Dimension }> = {
  name: "range",
  infer: (_, { dimension }) => [{ dtype: "int64", shape: [dimension] }],
  lower: (emitter, _, { attributes: { dimension } }) => {
    const scalar = (value: number) =>
      emitter.constant("int64", [], BigInt64Array.from([BigInt(value)]));
    const limit = emitter.op("Squeeze", [emitter.sizes([dimension])]);
    return [emitter.op("Range", [scalar(0), limit, scalar(1)])];
  },
  describe: ({ dimension }) => String(dimension),
};

/** The positions 0, 1, 2 … of an axis: int64 `[dimension]`. */
export function range(dimension: Dimension): Tensor {
  return makeTensor(rangeOperator, [], { dimension });
}
