/** @file Comparisons, logic, selection, casts, and combinations of them. */

import type { Dtype } from "../../tensor/dtype.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import { broadcastShapes } from "../shape.ts";
import type { BinaryOperator, Tensor, TernaryOperator, UnaryOperator } from "../tensor.ts";
import type { Operand } from "./elementwise.ts";
import { multiply, operands } from "./elementwise.ts";
import { unbroadcast } from "./sumAndExpand.ts";

function comparison(name: string, type: string): BinaryOperator {
  return {
    name,
    infer: ([left, right]) => {
      if (left.dtype !== right.dtype) throw new DtypeError(`${name}: ${left} against ${right}.`);
      return [{ dtype: "bool", shape: broadcastShapes(name, left.shape, right.shape) }];
    },
    lower: (emitter, inputs) => [emitter.op(type, inputs)],
  };
}

export const equalOperator: BinaryOperator = comparison("equal", "Equal");
export const lessOperator: BinaryOperator = comparison("less", "Less");
export const lessOrEqualOperator: BinaryOperator = comparison("lessOrEqual", "LessOrEqual");
export const greaterOperator: BinaryOperator = comparison("greater", "Greater");

export const logicalAndOperator: BinaryOperator = {
  name: "logicalAnd",
  infer: ([left, right]) => {
    if (left.dtype !== "bool" || right.dtype !== "bool") {
      throw new DtypeError(`logicalAnd: needs booleans, not ${left.dtype} and ${right.dtype}.`);
    }
    return [{ dtype: "bool", shape: broadcastShapes("logicalAnd", left.shape, right.shape) }];
  },
  lower: (emitter, inputs) => [emitter.op("And", inputs)],
};

export const logicalNotOperator: UnaryOperator = {
  name: "logicalNot",
  infer: ([{ dtype, shape }]) => {
    if (dtype !== "bool") throw new DtypeError(`logicalNot: needs booleans, not ${dtype}.`);
    return [{ dtype, shape }];
  },
  lower: (emitter, inputs) => [emitter.op("Not", inputs)],
};

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
/** Elementwise logical and. */
export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  return makeTensor(logicalAndOperator, [a, b], null);
}
/** Elementwise logical not. */
export function logicalNot(x: Tensor): Tensor {
  return makeTensor(logicalNotOperator, [x], null);
}

export const castOperator: UnaryOperator<{ dtype: Dtype }> = {
  name: "cast",
  isCheap: true,
  infer: ([{ shape }], { dtype }) => [{ dtype, shape }],
  lower: (emitter, inputs, { attributes: { dtype } }) => [
    emitter.op("Cast", inputs, { to: { dtype } }),
  ],
  gradient: ({ inputs, attributes }, [g]) => {
    const from = inputs[0].dtype;
    return [g && isFloat(from) && isFloat(attributes.dtype) ? cast(g, from) : null];
  },
  describe: ({ dtype }) => dtype,
};

/** The same values in another dtype; booleans become 0 and 1. */
export function cast(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : makeTensor(castOperator, [x], { dtype });
}

export const selectOperator: TernaryOperator = {
  name: "select",
  isCheap: true,
  infer: ([test, left, right]) => {
    if (test.dtype !== "bool" || left.dtype !== right.dtype) {
      throw new DtypeError(
        `select: needs a boolean and two of one dtype, not ${test}, ${left}, ${right}.`,
      );
    }
    const shape = broadcastShapes("select", left.shape, right.shape);
    return [{ dtype: left.dtype, shape: broadcastShapes("select", test.shape, shape) }];
  },
  lower: (emitter, inputs) => [emitter.op("Where", inputs)],
  gradient: ({ inputs: [test, a, b] }, [g]) => {
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
): BinaryOperator {
  return {
    name,
    isCheap: true,
    infer: ([left, right]) => {
      if (left.dtype !== right.dtype) throw new DtypeError(`${name}: ${left} against ${right}.`);
      return [{ dtype: left.dtype, shape: broadcastShapes(name, left.shape, right.shape) }];
    },
    lower: (emitter, inputs) => [emitter.op(type, inputs)],
    gradient: ({ inputs: [a, b] }, [g]) => {
      if (!g || !isFloat(a.dtype)) return [null, null];
      const first = isFirst(a, b);
      return [unbroadcast(select(first, g, 0), a.shape), unbroadcast(select(first, 0, g), b.shape)];
    },
  };
}

export const maximumOperator: BinaryOperator = extreme("maximum", "Max", (a, b) =>
  lessOrEqual(b, a),
);
export const minimumOperator: BinaryOperator = extreme("minimum", "Min", (a, b) =>
  lessOrEqual(a, b),
);

/** Elementwise maximum of two; for equal values, the gradient goes to the first. */
export function maximum(a: Operand, b: Operand): Tensor {
  return makeTensor(maximumOperator, operands(a, b), null);
}
/** Elementwise minimum of two; for equal values, the gradient goes to the first. */
export function minimum(a: Operand, b: Operand): Tensor {
  return makeTensor(minimumOperator, operands(a, b), null);
}
/** Elementwise max(x, 0). */
export function relu(x: Tensor): Tensor {
  return maximum(x, 0);
}

/** Keeps x where `mask` is true, and sets it to zero elsewhere. */
export function masked(x: Tensor, mask: Tensor): Tensor {
  return multiply(x, cast(mask, x.dtype));
}

export const stopGradientOperator: UnaryOperator = {
  name: "stopGradient",
  infer: ([{ dtype, shape }]) => [{ dtype, shape }],
  lower: (_, [x]) => [x],
};

/** The same values, with no gradient flowing through them. */
export function stopGradient(x: Tensor): Tensor {
  return makeTensor(stopGradientOperator, [x], null);
}
