/** `g2p.onnx` of a pack for OpenUtau says, in OpenUtau's loop, what greedy search says. */
import { execFileSync, spawnSync } from "node:child_process";
import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "onnx-buf";
import { describe, expect, test } from "vitest";
import { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { search } from "../src/decoding/search.ts";
import type { ConfigurationChanges, ModelSizes } from "../src/models/configuration.ts";
import { configure } from "../src/models/configuration.ts";
import { parametersOf } from "../src/models/graphs.ts";
import { initialValues } from "../src/nn/initialize.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { standaloneEmitter } from "../src/standalone/models.ts";
import { openUtauGraph } from "../src/standalone/openUtauGraph.ts";
import { Random } from "../src/tensor/random.ts";
import { endId, startId } from "../src/tensor/specialIds.ts";
import { predictIds, sessionOf } from "./support/openUtauLoop.ts";

const vocabulary = 20;
const hasChecker = spawnSync("/usr/bin/python3", ["-c", "import onnx"]).status === 0;

const configurations: [string, ConfigurationChanges][] = [
  ["luong2015", {}],
  ["bahdanau2014", {}],
  ["sutskever2014", { layers: 2 }],
  ["cho2014", {}],
  ["luong2015", { sourceEnd: true }],
  ["luong2015", { sourceStart: true, sourceEnd: true }],
  ["luong2015", { sourceEnd: true, reverseSource: true, layers: 2 }],
  ["luong2015", { attentionScope: "local-m", window: 2, cell: "gru" }],
];

describe.each(configurations)("%s %o", (preset, changes) => {
  const sizes: ModelSizes = {
    ...configure(preset, { hidden: 16, embedding: 16, ...changes }),
    sourceVocabulary: vocabulary,
    targetVocabulary: vocabulary,
  };
  const weights = new Map(
    parametersOf(sizes).map((specification) => {
      const initializer = { kind: "uniform", range: 0.7 } as const;
      const data = initialValues({ ...specification, initializer }, 1);
      return [specification.name, { dtype: "float32", shape: specification.shape, data } as const];
    }),
  );
  const { bytes, inputs, outputs } = standaloneEmitter({ sizes, weights }, "float32")(
    "g2p",
    openUtauGraph(sizes),
  );

  test("the loop finds what greedy search finds", async () => {
    const random = new Random(3);
    const words = Array.from({ length: 40 }, () =>
      Array.from({ length: 1 + random.integer(20) }, () => 4 + random.integer(vocabulary - 4)),
    );
    const own = await InferenceModel.create(nodeRuntime({ threads: 1 }), sizes, weights);
    const [before, behind] = [sizes.sourceStart ? [startId] : [], sizes.sourceEnd ? [endId] : []];
    const sources = words.map((word) => [...before, ...word, ...behind]);
    const found = await search(own, sources, { beam: 1, forbidUnknown: true });
    const session = await sessionOf(bytes);
    const lengths = new Set<number>();
    for (const [index, word] of words.entries()) {
      const expected = found[index]?.[0]?.ids.slice(0, 47) ?? [];
      expect(await predictIds(session, word)).toEqual([...expected]);
      lengths.add(expected.length);
    }
    expect(lengths.size).toBeGreaterThan(3);
    await Promise.all([session.release(), own.release()]);
  });

  // The checker is a Python program (Debian: python3-onnx); where it is missing this is skipped.
  test.skipIf(!hasChecker)("ONNX's own checker accepts it", () => {
    const script =
      "import sys, onnx\nonnx.checker.check_model(sys.stdin.buffer.read(), full_check=True)\nprint('good')";
    const options = { input: bytes, encoding: "utf8" } as const;
    expect(execFileSync("/usr/bin/python3", ["-c", script], options).trim()).toBe("good");
  });

  test("its inputs and outputs are those that OpenUtau feeds and reads", () => {
    const told = (ports: typeof inputs) => ports.map(({ name, dtype }) => `${name} ${dtype}`);
    expect(told(inputs).sort()).toEqual(["src int32", "t int32", "tgt int32"]);
    expect(told(outputs)).toEqual(["pred int32"]);
    const proto = fromBinary(ModelProtoSchema, bytes);
    // OpenUtau has ONNX Runtime 1.16, which knows operators up to version 19.
    expect(Number(proto.opsetImport[0]?.version)).toBeLessThanOrEqual(19);
    expect(Number(proto.irVersion)).toBeLessThanOrEqual(9);
  });
});
