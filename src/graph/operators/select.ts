/** @file Comparisons, logic, selection, casts, and what is built from them. */

import type { Dtype } from "../../tensor/dtype.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError } from "../../tensor/errors.ts";
import { broadcastShapes } from "../shape.ts";
import type { Operator, Tensor } from "../tensor.ts";
import { makeTensor } from "../tensor.ts";
import { unbroadcast } from "./broadcast.ts";
import type { Operand } from "./elementwise.ts";
import { multiply, operands } from "./elementwise.ts";
import { constant } from "./source.ts";

function comparison(name: string, type: string): Operator<null> {
  return {
    name,
    infer: ([a, b]) => {
      const [left, right] = [a as Tensor, b as Tensor];
      if (left.dtype !== right.dtype) throw new DtypeError(`${name}: ${left} against ${right}.`);
      return [{ dtype: "bool", shape: broadcastShapes(name, left.shape, right.shape) }];
    },
    lower: (emitter, inputs) => [emitter.op(type, inputs)],
  };
}

function logic(name: string, type: string): Operator<null> {
  return {
    name,
    infer: (inputs) => {
      const [left, right = left] = inputs as [Tensor, Tensor?];
      if (left.dtype !== "bool" || right.dtype !== "bool") {
        throw new DtypeError(`${name}: needs booleans, not ${left.dtype} and ${right.dtype}.`);
      }
      return [{ dtype: "bool", shape: broadcastShapes(name, left.shape, right.shape) }];
    },
    lower: (emitter, inputs) => [emitter.op(type, inputs)],
  };
}

export const equalOperator: Operator<null> = comparison("equal", "Equal");
export const lessOperator: Operator<null> = comparison("less", "Less");
export const lessOrEqualOperator: Operator<null> = comparison("lessOrEqual", "LessOrEqual");
export const greaterOperator: Operator<null> = comparison("greater", "Greater");
export const logicalAndOperator: Operator<null> = logic("logicalAnd", "And");
export const logicalNotOperator: Operator<null> = logic("logicalNot", "Not");

/** Elementwise a = b, as booleans. */
export function equal(a: Operand, b: Operand): Tensor {
  return makeTensor(equalOperator, operands(a, b), null);
}
/** Elementwise a < b, as booleans. */
export function less(a: Operand, b: Operand): Tensor {
  return makeTensor(lessOperator, operands(a, b), null);
}
/** Elementwise a ≤ b, as booleans. */
export function lessOrEqual(a: Operand, b: Operand): Tensor {
  return makeTensor(lessOrEqualOperator, operands(a, b), null);
}
/** Elementwise a > b, as booleans. */
export function greater(a: Operand, b: Operand): Tensor {
  return makeTensor(greaterOperator, operands(a, b), null);
}
/** Elementwise "both". */
export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  return makeTensor(logicalAndOperator, [a, b], null);
}
/** Elementwise "not". */
export function logicalNot(x: Tensor): Tensor {
  return makeTensor(logicalNotOperator, [x], null);
}

const onnxDtype: Readonly<Record<Dtype, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

export const castOperator: Operator<{ dtype: Dtype }> = {
  name: "cast",
  infer: ([x], { dtype }) => [{ dtype, shape: (x as Tensor).shape }],
  lower: (emitter, [x], { attributes: { dtype } }) => [
    emitter.op("Cast", [x as string], { to: { int: onnxDtype[dtype] } }),
  ],
  gradient: ({ inputs, attributes }, [g]) => {
    const from = (inputs[0] as Tensor).dtype;
    return [g && isFloat(from) && isFloat(attributes.dtype) ? cast(g, from) : null];
  },
  describe: ({ dtype }) => dtype,
};

/** The same values in another dtype; booleans become 0 and 1. */
export function cast(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : makeTensor(castOperator, [x], { dtype });
}

export const selectOperator: Operator<null> = {
  name: "select",
  infer: ([condition, a, b]) => {
    const [test, left, right] = [condition as Tensor, a as Tensor, b as Tensor];
    if (test.dtype !== "bool" || left.dtype !== right.dtype) {
      throw new DtypeError(
        `select: needs a boolean and two of one dtype, not ${test}, ${left}, ${right}.`,
      );
    }
    const shape = broadcastShapes("select", left.shape, right.shape);
    return [{ dtype: left.dtype, shape: broadcastShapes("select", test.shape, shape) }];
  },
  lower: (emitter, inputs) => [emitter.op("Where", inputs)],
  gradient: ({ inputs }, [g]) => {
    const [test, a, b] = inputs as [Tensor, Tensor, Tensor];
    if (!g || !isFloat(a.dtype)) return [null, null, null];
    return [
      null,
      unbroadcast(select(test, g, 0), a.shape),
      unbroadcast(select(test, 0, g), b.shape),
    ];
  },
};

/** Elementwise choice: a where `condition` is true, b elsewhere. */
export function select(condition: Tensor, a: Operand, b: Operand): Tensor {
  return makeTensor(selectOperator, [condition, ...operands(a, b)], null);
}

function extreme(
  name: string,
  type: string,
  isFirst: (a: Tensor, b: Tensor) => Tensor,
): Operator<null> {
  return {
    name,
    infer: ([a, b]) => {
      const [left, right] = [a as Tensor, b as Tensor];
      if (left.dtype !== right.dtype) throw new DtypeError(`${name}: ${left} against ${right}.`);
      return [{ dtype: left.dtype, shape: broadcastShapes(name, left.shape, right.shape) }];
    },
    lower: (emitter, inputs) => [emitter.op(type, inputs)],
    gradient: ({ inputs }, [g]) => {
      const [a, b] = [inputs[0] as Tensor, inputs[1] as Tensor];
      if (!g || !isFloat(a.dtype)) return [null, null];
      const first = isFirst(a, b);
      return [unbroadcast(select(first, g, 0), a.shape), unbroadcast(select(first, 0, g), b.shape)];
    },
  };
}

export const maximumOperator: Operator<null> = extreme("maximum", "Max", (a, b) =>
  lessOrEqual(b, a),
);
export const minimumOperator: Operator<null> = extreme("minimum", "Min", (a, b) =>
  lessOrEqual(a, b),
);

/** Elementwise larger of the two; where they are equal the gradient goes to the first. */
export function maximum(a: Operand, b: Operand): Tensor {
  return makeTensor(maximumOperator, operands(a, b), null);
}
/** Elementwise smaller of the two; where they are equal the gradient goes to the first. */
export function minimum(a: Operand, b: Operand): Tensor {
  return makeTensor(minimumOperator, operands(a, b), null);
}
/** Elementwise max(x, 0). */
export function relu(x: Tensor): Tensor {
  return maximum(x, 0);
}

/** Keeps x where `mask` is true and sets it to zero elsewhere. */
export function masked(x: Tensor, mask: Tensor): Tensor {
  return multiply(x, cast(mask, x.dtype));
}

export const stopGradientOperator: Operator<null> = {
  name: "stopGradient",
  infer: ([x]) => [{ dtype: (x as Tensor).dtype, shape: (x as Tensor).shape }],
  lower: (_, inputs) => [inputs[0] as string],
};

/** The same values, through which no gradient flows. */
export function stopGradient(x: Tensor): Tensor {
  return makeTensor(stopGradientOperator, [x], null);
}

/** A scalar of the dtype of `x`. */
export function scalarLike(x: Tensor, value: number): Tensor {
  return constant(x.dtype, value);
}
