import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError } from "../../tensor/errors.ts";
import type { Operator, Tensor } from "../tensor.ts";
import { makeTensor } from "../tensor.ts";
import { reduceSum } from "./broadcast.ts";
import { exp, multiply, subtract } from "./elementwise.ts";

function normaliser(
  name: string,
  type: string,
  derivative: (g: Tensor, y: Tensor) => Tensor,
): Operator<null> {
  return {
    name,
    infer: ([x]) => {
      const { dtype, shape } = x as Tensor;
      if (!isFloat(dtype)) throw new DtypeError(`${name}: needs real numbers, not ${dtype}.`);
      return [{ dtype, shape }];
    },
    lower: (emitter, [x]) => [emitter.op(type, [x as string], { axis: { int: -1 } })],
    gradient: ({ outputs }, [g]) => [g ? derivative(g, outputs[0] as Tensor) : null],
  };
}

export const softmaxOperator: Operator<null> = normaliser("softmax", "Softmax", (g, y) => {
  const weighted = multiply(g, y);
  return subtract(weighted, multiply(y, reduceSum(weighted, -1, true)));
});

export const logSoftmaxOperator: Operator<null> = normaliser("logSoftmax", "LogSoftmax", (g, y) =>
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
