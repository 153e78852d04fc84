/** The graphs as files: plain ONNX, which ONNX's own checker accepts. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import type { GraphProto } from "onnx-buf";
import { ModelProtoSchema } from "onnx-buf";
import { describe, expect, test } from "vitest";
import { configure, presets } from "../src/models/configuration.ts";
import { encoderGraph, parametersOf, scoringGraph } from "../src/models/graphs.ts";
import { Int8Products } from "../src/models/int8Products.ts";
import { stepGraph } from "../src/models/stepGraph.ts";
import { trainingGraph } from "../src/models/trainingGraph.ts";
import type { EmittedModel } from "../src/onnx/emit.ts";
import { emitModel } from "../src/onnx/emit.ts";
import { printGraph } from "../src/onnx/print.ts";
import { tensorValue } from "../src/tensor/value.ts";
import { updateGraph, updateRule } from "../src/training/step/optimizers.ts";

const int8Sizes = {
  ...configure("luong2015", { hidden: 16, embedding: 8 }),
  sourceVocabulary: 20,
  targetVocabulary: 30,
};
const models: EmittedModel[] = Object.keys(presets).flatMap((preset) => {
  const layers = presets[preset]?.attentionPlace === "before" ? 1 : 2;
  const sizes = {
    ...configure(preset, { hidden: 8, embedding: 6, layers, dropout: 0.2 }),
    sourceVocabulary: 20,
    targetVocabulary: 30,
  };
  return [
    emitModel(`${preset}_train`, trainingGraph(sizes, { labelSmoothing: 0.1 }).outputs),
    emitModel(`${preset}_train64`, trainingGraph(sizes, { dtype: "float64" }).outputs),
    emitModel(`${preset}_score`, scoringGraph(sizes)),
    emitModel(`${preset}_encoder`, encoderGraph(sizes)),
    emitModel(`${preset}_whole_encoder`, encoderGraph(sizes, { wholeLayers: true })),
    emitModel(`${preset}_step`, stepGraph(sizes, { candidates: 6 }).outputs),
  ];
});
const loaded = new Map(
  parametersOf(int8Sizes).map(({ name, shape }) => [name, tensorValue("float32", shape, 0.5)]),
);
const int8 = new Int8Products(loaded);
models.push(emitModel("int8_encoder", int8.graph(encoderGraph(int8Sizes))));
models.push(
  emitModel("int8_step", int8.graph(stepGraph(int8Sizes, { candidates: 6 }).outputs), {
    initializers: int8.weights,
  }),
);
models.push(emitModel("adam", updateGraph(updateRule("adam"))));

const hasChecker = spawnSync("/usr/bin/python3", ["-c", "import onnx"]).status === 0;

function operatorsOf(graph: GraphProto): { type: string; domain: string }[] {
  return graph.node.flatMap(({ opType, domain, attribute }) => [
    { type: opType, domain },
    ...attribute.flatMap(({ g }) => (g ? operatorsOf(g) : [])),
  ]);
}

describe.each(models.map((model) => [model.name, model] as const))("%s", (_, model) => {
  test("uses operators of the default domain only, of version 17 or newer", () => {
    const proto = fromBinary(ModelProtoSchema, model.bytes);
    const operators = operatorsOf(proto.graph as GraphProto);
    expect(operators.length).toBeGreaterThan(5);
    expect(operators.filter(({ domain }) => domain !== "" && domain !== "ai.onnx")).toEqual([]);
    expect(proto.opsetImport).toHaveLength(1);
    expect(Number(proto.opsetImport[0]?.version)).toBeGreaterThanOrEqual(17);
  });
});

// The checker is a Python program (Debian: python3-onnx); where it is missing this is skipped.
test.skipIf(!hasChecker)("ONNX's own checker accepts every graph", () => {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-onnx-"));
  const paths = models.map(({ name, bytes }) => {
    const path = join(folder, `${name}.onnx`);
    writeFileSync(path, bytes);
    return path;
  });
  const script =
    "import sys, onnx\nfor path in sys.argv[1:]:\n  onnx.checker.check_model(path, full_check=True)\n  print(path)";
  const output = execFileSync("/usr/bin/python3", ["-c", script, ...paths], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect(output.trim().split("\n")).toEqual(paths);
});

test("a graph can be printed for people, with the bodies of loops and the places in the model", () => {
  const sizes = { ...configure("luong2015"), sourceVocabulary: 100, targetVocabulary: 100 };
  const text = printGraph(encoderGraph(sizes));
  expect(text).toMatch(/scan <over source>/);
  expect(text).toMatch(/^ {2}state %\d+: float32\[batch, 256\]$/m);
  expect(text).toMatch(/sigmoid\(%\d+\): float32\[batch, 256\] {2}# encoder\.0\.forward/);
  expect(text).toMatch(/^output keys = %\d+: float32\[batch, 512, source\]$/m);
});
