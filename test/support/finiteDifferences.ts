import { expect } from "vitest";
import { gradient } from "../../src/graph/gradient.ts";
import { add, multiply } from "../../src/graph/operators/elementwise.ts";
import { input } from "../../src/graph/operators/source.ts";
import { reduceSum } from "../../src/graph/operators/sumAndExpand.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { Random } from "../../src/tensor/random.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { elementCount, numbersOf, tensorValue } from "../../src/tensor/value.ts";
import { compile, evaluate } from "./evaluate.ts";

/** Σ w·y for fixed random w, so that every element of y has a different cotangent. */
export function weighted(
  outputs: readonly Tensor[],
  feeds: Record<string, TensorValue>,
  sizes: Record<string, number>,
): Tensor {
  const random = new Random(99);
  return outputs
    .map((output, index) => {
      const shape = output.shape.map((dimension) =>
        typeof dimension === "number" ? dimension : (sizes[dimension] as number),
      );
      const name = `cotangent${index}`;
      const values = Array.from({ length: elementCount(shape) }, () => random.normal());
      feeds[name] = tensorValue("float64", shape, values);
      return reduceSum(multiply(output, input(name, "float64", output.shape)));
    })
    .reduce((left, right) => add(left, right));
}

/**
 * Compares a graph's gradient with central differences in float64, for every element of `wrt`.
 *
 * @param loss  a scalar.
 * @param feeds the values of all inputs.
 * @param wrt   the inputs to differentiate with respect to, by name.
 */
export async function expectGradient(
  loss: Tensor,
  feeds: Record<string, TensorValue>,
  wrt: Readonly<Record<string, Tensor>>,
  tolerance = 1e-6,
): Promise<void> {
  const names = Object.keys(wrt);
  const gradients = gradient(loss, Object.values(wrt));
  const symbolic = await evaluate(
    Object.fromEntries(names.map((name, index) => [`d ${name}`, gradients[index] as Tensor])),
    feeds,
  );
  const program = await compile({ loss });
  const step = 1e-5;
  for (const name of names) {
    const value = feeds[name] as TensorValue;
    const data = value.data as Float64Array;
    const found = numbersOf(symbolic[`d ${name}`] as TensorValue);
    const scale = Math.max(...found.map(Math.abs), 1e-3);
    const lossAt = async (index: number, at: number): Promise<number> => {
      const before = data[index] as number;
      data[index] = at;
      const result = numbersOf((await program.run(feeds))["loss"] as TensorValue)[0] as number;
      data[index] = before;
      return result;
    };
    for (let index = 0; index < data.length; index++) {
      const x = data[index] as number;
      // Richardson extrapolation of two central differences: the error is of order h⁴.
      const narrow =
        ((await lossAt(index, x + step)) - (await lossAt(index, x - step))) / (2 * step);
      const wide =
        ((await lossAt(index, x + 2 * step)) - (await lossAt(index, x - 2 * step))) / (4 * step);
      const expected = (4 * narrow - wide) / 3;
      const difference = Math.abs(expected - (found[index] as number)) / scale;
      expect(difference, `d ${name}[${index}]: ${found[index]} for ${expected}`).toBeLessThan(
        tolerance,
      );
    }
  }
  await program.release();
}
