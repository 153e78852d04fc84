import { fromBinary } from "@bufbuild/protobuf";
import type { GraphProto } from "onnx-buf";
import { ModelProtoSchema } from "onnx-buf";
import { describe, expect, test } from "vitest";
import { add } from "../src/graph/operators/elementwise.ts";
import { affine, matMul } from "../src/graph/operators/matMul.ts";
import { scan } from "../src/graph/operators/scan.ts";
import { input } from "../src/graph/operators/source.ts";
import type { Tensor } from "../src/graph/tensor.ts";
import type { EmittedModel } from "../src/onnx/emit.ts";
import { emitModel } from "../src/onnx/emit.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { tensorValue } from "../src/tensor/value.ts";

const weight = input("weight", "float64", [2, 2]);
const bias = input("bias", "float64", [2]);
const initial = input("initial", "float64", ["batch", 2]);
const initialBeams = input("initial", "float64", ["batch", "beam", 2]);
const sequence = input("sequence", "float64", ["time", "batch", 2]);
const sequenceOfBeams = input("sequence", "float64", ["time", "batch", "beam", 2]);

/** The last state of s ← step(s) + x. */
function loop(start: Tensor, inputs: Tensor, step: (state: Tensor) => Tensor): Tensor {
  const { states } = scan({
    initial: [start],
    sequences: { x: inputs },
    body: ([state], { x }) => ({ states: [add(step(state), x)], outputs: {} }),
  });
  return states[0];
}

const product = loop(initial, sequence, (state) => matMul(state, weight));
const productOfBeams = loop(initialBeams, sequenceOfBeams, (state) => matMul(state, weight));
const twice = loop(initial, sequence, (state) => matMul(matMul(state, weight), weight));
const withBias = loop(initial, sequence, (state) => affine(state, weight, bias));

function graphOf({ bytes }: EmittedModel): GraphProto {
  return fromBinary(ModelProtoSchema, bytes).graph as GraphProto;
}

const typesOf = (graph: GraphProto): string[] => graph.node.map(({ opType }) => opType);

function bodyOf(graph: GraphProto): GraphProto {
  const loops = graph.node.filter(({ opType }) => opType === "Scan");
  return loops[0]?.attribute.find(({ name }) => name === "body")?.g as GraphProto;
}

const values: Record<string, TensorValue> = {
  weight: { dtype: "float64", shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) },
  bias: { dtype: "float64", shape: [2], data: Float64Array.of(10, 20) },
};

async function run(result: Tensor, rows: readonly number[]): Promise<number[]> {
  const program = await nodeRuntime({ threads: 1 }).compile(emitModel("loop", { result }));
  const feeds: Record<string, TensorValue> = {
    ...values,
    initial: { dtype: "float64", shape: [...rows, 2], data: Float64Array.of(1, 1, 0, 1) },
    sequence: tensorValue("float64", [2, ...rows, 2], 1),
  };
  const { result: found } = await program.run(feeds);
  await program.release();
  return Array.from(found?.data as Float64Array);
}

describe("a product in a loop by weights from outside of it", () => {
  test.each([
    ["of rows", product],
    ["of rows of hypotheses", productOfBeams],
    ["of rows, twice by the same weights", twice],
    ["of rows, with a bias", withBias],
  ])("%s: the weights are turned once, before the loop", (_, result) => {
    const graph = graphOf(emitModel("loop", { result }));
    expect(typesOf(graph).filter((type) => type === "Transpose")).toHaveLength(1);
    const inside = typesOf(bodyOf(graph));
    expect(inside).toContain("Gemm");
    expect(inside).not.toContain("MatMul");
    expect(inside).not.toContain("Transpose");
  });

  test("weights that are part of the model stay as they are", () => {
    const initializers = new Map([["weight", values["weight"] as TensorValue]]);
    const graph = graphOf(emitModel("loop", { result: product }, { initializers }));
    expect(typesOf(graph)).not.toContain("Transpose");
  });

  test("weights that change from step to step stay as they are", () => {
    const square = loop(initial, sequence, (state) =>
      matMul(state, matMul(state, state, { transposeA: true })),
    );
    expect(typesOf(graphOf(emitModel("loop", { result: square })))).not.toContain("Transpose");
  });

  test("is the product", async () => {
    // s ← s·W + 1, two times over: (1, 1) becomes (5, 7) and (27, 39).
    const rows = [27, 39, 20, 29];
    expect(await run(product, [2])).toEqual(rows);
    expect(await run(productOfBeams, [1, 2])).toEqual(rows);
    expect(await run(withBias, [2])).toEqual([107, 159, 100, 149]);
  });
});
