/** @file Elementwise operators with broadcasting. */

import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import { broadcastShapes, sameShape } from "../shape.ts";
import type { BinaryOperator, Tensor, UnaryOperator } from "../tensor.ts";
import { sumOfLinear } from "./linear.ts";
import { constant } from "./source.ts";
import { unbroadcast } from "./sumAndExpand.ts";

/** A tensor, or a number that takes the other operand's dtype. */
export type Operand = Tensor | number;

/** Converts a number to a scalar with the dtype of the other operand. */
export function operands(left: Operand, right: Operand): [Tensor, Tensor] {
  if (typeof left !== "number") {
    return [left, typeof right === "number" ? constant(left.dtype, right) : right];
  }
  if (typeof right !== "number") return [constant(right.dtype, left), right];
  throw new DtypeError("An operator needs at least one tensor beside a number.");
}

type UnaryDerivative = (g: Tensor, x: Tensor, y: Tensor) => Tensor;

function unary(name: string, type: string, derivative: UnaryDerivative): UnaryOperator {
  return {
    name,
    infer: ([{ dtype, shape }]) => {
      if (!isFloat(dtype)) throw new DtypeError(`${name}: needs real numbers, not ${dtype}.`);
      return [{ dtype, shape }];
    },
    lower: (emitter, [x]) => [emitter.op(type, [x])],
    gradient: ({ inputs: [x], outputs: [y] }, [g]) => [g ? derivative(g, x, y) : null],
  };
}

type BinaryDerivative = (g: Tensor, a: Tensor, b: Tensor, y: Tensor) => [Tensor, Tensor];

function binary(name: string, type: string, derivative: BinaryDerivative): BinaryOperator {
  return {
    name,
    isCheap: true,
    infer: ([left, right]) => {
      if (left.dtype !== right.dtype || left.dtype === "bool") {
        throw new DtypeError(`${name}: ${left} and ${right} need one numeric dtype.`);
      }
      return [{ dtype: left.dtype, shape: broadcastShapes(name, left.shape, right.shape) }];
    },
    lower: (emitter, inputs) => [emitter.op(type, inputs)],
    gradient: ({ inputs: [a, b], outputs: [y] }, [g]) => {
      if (!g || !isFloat(a.dtype)) return [null, null];
      const [da, db] = derivative(g, a, b, y);
      return [unbroadcast(da, a.shape), unbroadcast(db, b.shape)];
    },
  };
}

export const addOperator: BinaryOperator = {
  ...binary("add", "Add", (g) => [g, g]),
  sumOverTime: ({ inputs: [a, b] }, loop) => {
    if (!sameShape(a.shape, b.shape)) return null;
    const [left, right] = [loop.sum(a), loop.sum(b)];
    return () => add(left(), right());
  },
};
export const subtractOperator: BinaryOperator = binary("subtract", "Sub", (g) => [g, negate(g)]);
export const multiplyOperator: BinaryOperator = {
  ...binary("multiply", "Mul", (g, a, b) => [multiply(g, b), multiply(g, a)]),
  sumOverTime: ({ inputs: [a, b] }, loop) => {
    if (loop.isChanging(a) === loop.isChanging(b)) return null;
    const [moving, fixed] = loop.isChanging(a) ? [a, b] : [b, a];
    const sum = loop.sum(moving);
    return () => multiply(sum(), fixed);
  },
};
export const divideOperator: BinaryOperator = binary("divide", "Div", (g, _, b, y) => {
  const da = divide(g, b);
  return [da, negate(multiply(da, y))]; // d(a/b)/db = -(a/b)/b
});
export const negateOperator: UnaryOperator = {
  ...unary("negate", "Neg", (g) => negate(g)),
  isCheap: true,
  sumOverTime: sumOfLinear,
};
export const expOperator: UnaryOperator = {
  ...unary("exp", "Exp", (g, _, y) => multiply(g, y)),
  isCheap: true,
};
export const logOperator: UnaryOperator = unary("log", "Log", (g, x) => divide(g, x));
export const sqrtOperator: UnaryOperator = unary("sqrt", "Sqrt", (g, _, y) =>
  divide(multiply(g, 0.5), y),
);
export const tanhOperator: UnaryOperator = {
  ...unary("tanh", "Tanh", (g, _, y) => multiply(g, subtract(1, multiply(y, y)))),
  isCheap: true,
};
export const sigmoidOperator: UnaryOperator = {
  ...unary("sigmoid", "Sigmoid", (g, _, y) => multiply(g, multiply(y, subtract(1, y)))),
  isCheap: true,
};

/** Elementwise a + b. */
export function add(a: Operand, b: Operand): Tensor {
  return makeTensor(addOperator, operands(a, b), null);
}
/** Elementwise a − b. */
export function subtract(a: Operand, b: Operand): Tensor {
  return makeTensor(subtractOperator, operands(a, b), null);
}
/** Elementwise a · b. */
export function multiply(a: Operand, b: Operand): Tensor {
  return makeTensor(multiplyOperator, operands(a, b), null);
}
/** Elementwise a / b. */
export function divide(a: Operand, b: Operand): Tensor {
  return makeTensor(divideOperator, operands(a, b), null);
}
/** Elementwise −x. */
export function negate(x: Tensor): Tensor {
  return makeTensor(negateOperator, [x], null);
}
/** Elementwise eˣ. */
export function exp(x: Tensor): Tensor {
  return makeTensor(expOperator, [x], null);
}
/** Elementwise natural logarithm. */
export function log(x: Tensor): Tensor {
  return makeTensor(logOperator, [x], null);
}
/** Elementwise square root. */
export function sqrt(x: Tensor): Tensor {
  return makeTensor(sqrtOperator, [x], null);
}
/** Elementwise hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return makeTensor(tanhOperator, [x], null);
}
/** Elementwise logistic function 1 / (1 + e⁻ˣ). */
export function sigmoid(x: Tensor): Tensor {
  return makeTensor(sigmoidOperator, [x], null);
}
