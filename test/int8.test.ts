/** Products in integers of eight bits. */
import { fromBinary } from "@bufbuild/protobuf";
import type { GraphProto } from "onnx-buf";
import { ModelProtoSchema } from "onnx-buf";
import { expect, test } from "vitest";
import { int8Product } from "../src/graph/operators/int8Product.ts";
import { input } from "../src/graph/operators/source.ts";
import { configure } from "../src/models/configuration.ts";
import { encoderGraph, parametersOf } from "../src/models/graphs.ts";
import { Int8Products } from "../src/models/int8Products.ts";
import { stepGraph } from "../src/models/stepGraph.ts";
import { emitModel } from "../src/onnx/emit.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { Random } from "../src/tensor/random.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { numbersOf, tensorValue } from "../src/tensor/value.ts";

const runtime = nodeRuntime({ threads: 1 });
const random = new Random(7);
const uniform = (count: number, range: number): number[] =>
  Array.from({ length: count }, () => (2 * random.uniform() - 1) * range);

const [inner, columns] = [70, 33];
const matrix = tensorValue(
  "int8",
  [inner, columns],
  uniform(inner * columns, 63).map((value) => Math.round(value)),
);
const scale = tensorValue(
  "float32",
  [columns],
  uniform(columns, 0.01).map((value) => Math.abs(value)),
);

async function product(rows: readonly number[][], isWithinOne: boolean): Promise<number[]> {
  const x = input("x", "float32", ["rows", inner]);
  const weights = [input("w", "int8", matrix.shape), input("s", "float32", scale.shape)] as const;
  const program = await runtime.compile(
    emitModel(
      "product",
      { y: int8Product(x, ...weights, { isWithinOne }) },
      {
        initializers: new Map([
          ["w", matrix],
          ["s", scale],
        ]),
      },
    ),
  );
  const { y } = await program.run({ x: tensorValue("float32", [rows.length, inner], rows.flat()) });
  await program.release();
  return numbersOf(y as TensorValue);
}

test.each([
  [true, 1],
  [false, 30],
])(
  "a product with integers is close to the exact one (within ±1: %s)",
  async (isWithinOne, range) => {
    const rows = Array.from({ length: 9 }, (_, row) => uniform(inner, row === 4 ? 0 : range));
    const found = await product(rows, isWithinOne);
    for (const [row, values] of rows.entries()) {
      for (let column = 0; column < columns; column++) {
        const weightOf = (at: number): number =>
          Number(matrix.data[at * columns + column]) * Number(scale.data[column]);
        const exact = values.reduce((sum, value, at) => sum + value * weightOf(at), 0);
        const most = values.reduce((sum, _, at) => sum + Math.abs(weightOf(at)), 0);
        const step = range / 127;
        const difference = Math.abs((found[row * columns + column] as number) - exact);
        expect(difference).toBeLessThanOrEqual((step / 2) * most + 1e-4);
      }
    }
  },
);

test.each([true, false])(
  "a row's product has the same bits alone and beside rows of other sizes (within ±1: %s)",
  async (isWithinOne) => {
    const rows = Array.from({ length: 23 }, (_, row) =>
      uniform(inner, isWithinOne ? 1 : 10 ** (row % 5)),
    );
    const together = await product(rows, isWithinOne);
    for (const [index, row] of rows.entries()) {
      expect(await product([row], isWithinOne)).toEqual(
        together.slice(index * columns, (index + 1) * columns),
      );
    }
  },
);

function typesOf(graph: GraphProto): string[] {
  return graph.node.flatMap(({ opType, attribute }) => [
    opType,
    ...attribute.flatMap(({ g }) => (g ? typesOf(g) : [])),
  ]);
}

test("a model's products with weights are in integers, in its encoder's loops too, those of attention are not", () => {
  const sizes = {
    ...configure("luong2015", { hidden: 32, embedding: 16 }),
    sourceVocabulary: 50,
    targetVocabulary: 40,
  };
  const weights = new Map(
    parametersOf(sizes).map(({ name, shape }) => [name, tensorValue("float32", shape, 0.1)]),
  );
  const int8 = new Int8Products(weights);
  const typesIn = (outputs: Parameters<typeof emitModel>[1]): string[] => {
    const { bytes } = emitModel("graph", outputs, { initializers: weights });
    return typesOf(fromBinary(ModelProtoSchema, bytes).graph as GraphProto);
  };
  const count = (types: readonly string[], ...wanted: string[]): number =>
    types.filter((type) => wanted.includes(type)).length;
  const encoder = encoderGraph(sizes);
  const step = stepGraph(sizes, { candidates: 2 }).outputs;
  for (const graph of [encoder, step]) {
    const [before, after] = [typesIn(graph), typesIn(int8.graph(graph))];
    const replaced = count(after, "MatMulInteger");
    expect(replaced).toBeGreaterThanOrEqual(5);
    expect(count(after, "MatMul", "Gemm")).toBe(count(before, "MatMul", "Gemm") - replaced);
  }
  // Scores, and the mean of the encoder's states.
  expect(count(typesIn(int8.graph(step)), "MatMul", "Gemm")).toBe(2);
  expect(count(typesIn(int8.graph(encoder)), "MatMul", "Gemm")).toBe(0);
});
