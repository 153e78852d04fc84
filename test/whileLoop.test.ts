import { expect, test } from "vitest";
import { isOperation } from "../src/graph/node.ts";
import { add, multiply, multiplyOperator } from "../src/graph/operators/elementwise.ts";
import { reduceMax } from "../src/graph/operators/reduce.ts";
import { cast, less } from "../src/graph/operators/select.ts";
import { constant, input } from "../src/graph/operators/source.ts";
import { whileLoop } from "../src/graph/operators/whileLoop.ts";
import { rewrite } from "../src/graph/rewrite.ts";
import type { Tensor } from "../src/graph/tensor.ts";
import { substitute } from "../src/graph/traverse.ts";
import { emitModel } from "../src/onnx/emit.ts";
import { printGraph } from "../src/onnx/print.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { numbersOf, tensorValue } from "../src/tensor/value.ts";

/** Doubles numbers until one of them reaches 100, for at most `most` steps. */
function doubling(): { numbers: Tensor; factor: Tensor; last: Tensor; all: Tensor } {
  const numbers = input("numbers", "float32", ["count"]);
  const factor = input("factor", "float32", []);
  const { states, outputs } = whileLoop({
    most: input("most", "int64", []),
    steps: "steps",
    initial: [numbers],
    body: ([before], step) => {
      const next = multiply(before, multiply(factor, factor));
      return {
        states: [next],
        goesOn: less(reduceMax(next), 100),
        outputs: { all: add(next, cast(step, "float32")) },
      };
    },
  });
  return { numbers, factor, last: states[0], all: outputs.all };
}

async function run(outputs: Record<string, Tensor>, most: number): Promise<unknown> {
  const program = await nodeRuntime({ threads: 1 }).compile(emitModel("loop", outputs));
  const results = await program.run({
    numbers: tensorValue("float32", [2], [3, 5]),
    factor: tensorValue("float32", [], Math.SQRT2),
    most: tensorValue("int64", [], most),
  });
  await program.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => [name, numbersOf(value).map(Math.round)]),
  );
}

test("a loop runs until its body ends it", async () => {
  const { last, all } = doubling();
  expect(all.toString()).toBe("float32[steps, count]");
  expect(await run({ last, all }, 50)).toEqual({
    last: [96, 160],
    all: [6, 10, 13, 21, 26, 42, 51, 83, 100, 164],
  });
});

test("a loop runs no longer than it may", async () => {
  const { last } = doubling();
  expect(await run({ last }, 2)).toEqual({ last: [12, 20] });
});

test("a body can be rewritten, and gets other tensors from outside", async () => {
  const { last, factor } = doubling();
  const [sums] = rewrite([last], (node, inputs) =>
    isOperation(node, multiplyOperator) ? [add(...(inputs as [Tensor, Tensor]))] : null,
  );
  expect(await run({ last: sums as Tensor }, 1)).toEqual({ last: [6, 8] });
  const [other] = substitute([last], new Map([[factor, constant("float32", 3)]]));
  expect(await run({ last: other as Tensor }, 1)).toEqual({ last: [27, 45] });
});

test("a printed loop shows its body", () => {
  expect(printGraph({ last: doubling().last })).toMatch(
    /whileLoop <over steps>.*\n {2}count .*\n {2}condition .*\n {2}state .*\n(.*\n)+ {2}while %\d+\n {2}next %\d+\n/,
  );
});
