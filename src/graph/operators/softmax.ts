import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import type { Tensor, UnaryOperator } from "../tensor.ts";
import { exp, multiply, subtract } from "./elementwise.ts";
import { reduceSum } from "./sumAndExpand.ts";

function normaliser(
  name: string,
  type: string,
  derivative: (g: Tensor, y: Tensor) => Tensor,
): UnaryOperator {
  return {
    name,
    infer: ([{ dtype, shape }]) => {
      if (!isFloat(dtype)) throw new DtypeError(`${name}: needs real numbers, not ${dtype}.`);
      return [{ dtype, shape }];
    },
    lower: (emitter, [x]) => [emitter.op(type, [x], { axis: { int: -1 } })],
    gradient: ({ outputs: [y] }, [g]) => [g ? derivative(g, y) : null],
  };
}

export const softmaxOperator: UnaryOperator = normaliser("softmax", "Softmax", (g, y) => {
  const weighted = multiply(g, y);
  return subtract(weighted, multiply(y, reduceSum(weighted, -1, true)));
});

export const logSoftmaxOperator: UnaryOperator = normaliser("logSoftmax", "LogSoftmax", (g, y) =>
  subtract(g, multiply(exp(y), reduceSum(g, -1, true))),
);

/** eˣ normalised to sum to 1 along the last axis. */
export function softmax(x: Tensor): Tensor {
  return makeTensor(softmaxOperator, [x], null);
}

/** The logarithm of {@link softmax}, computed without overflow. */
export function logSoftmax(x: Tensor): Tensor {
  return makeTensor(logSoftmaxOperator, [x], null);
}
