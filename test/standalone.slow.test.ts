/** ONNX files of all presets, and of a real model in both builds of ONNX Runtime. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Hypothesis } from "../src/decoding/hypothesis.ts";
import { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { search } from "../src/decoding/search.ts";
import type { StoredModel } from "../src/modelFolder/modelFolder.ts";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import type { ConfigurationChanges } from "../src/models/configuration.ts";
import { presets } from "../src/models/configuration.ts";
import type { EmittedModel } from "../src/onnx/emit.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import type { Runtime } from "../src/runtime/runtime.ts";
import { webRuntime } from "../src/runtime/web.ts";
import { standaloneFormats, standaloneModels } from "../src/standalone/models.ts";
import {
  describeFiles,
  describeForm,
  inputsOf,
  smallModel,
  sourcesFor,
  toldBy,
  toldIn,
} from "./support/standaloneChecks.ts";

for (const preset of Object.keys(presets)) describeFiles(preset, preset, {});
const others: [string, string, ConfigurationChanges][] = [
  ["local-m", "luong2015", { attentionScope: "local-m", window: 2 }],
  ["location scores, reversed", "luong2015", { attention: "location", reverseSource: true }],
  ["no input feeding, tied", "luong2015", { inputFeeding: false, tiedEmbeddings: true }],
  ["features in reverse", "xu2015", { reverseSource: true }],
  ["a convolution, reversed", "sutskever2014", { sourceConvolution: 3 }],
  ["a bridge without tanh", "luong2015", { bridgeActivation: "none", bridgeBias: false }],
  [
    "a query of the top, a readout without units",
    "gnmt2016",
    { queryLayer: "top", upperContext: "none", readout: "concat" },
  ],
];
for (const each of others) describeFiles(...each);
describeForm(Object.keys(presets));

test.each(Object.keys(presets))("greedy.onnx of %s runs in WebAssembly too", async (preset) => {
  const model = smallModel(preset);
  const sources = sourcesFor(model.sizes, 5);
  const inputs = inputsOf(model.sizes, sources);
  const { greedy, beam } = standaloneModels(model, { format: "float32", beam: 2 });
  const told = async (runtime: Runtime): Promise<number[][][]> => {
    const all: number[][][] = [];
    for (const file of [greedy, beam as EmittedModel]) {
      const program = await runtime.compile(file);
      const lengths = sources.map(({ length }) => length);
      all.push(toldIn(await program.run(inputs), lengths).map(({ ids }) => ids));
      await program.release();
    }
    return all;
  };
  expect(await told(await webRuntime())).toEqual(await told(nodeRuntime({ threads: 1 })));
});

/** Everyday sentences, alone and in pairs. */
function sentences(count: number): string[] {
  const file = new URL("../recipes/everyday/fr-en.tsv", import.meta.url);
  const [, ...rows] = readFileSync(file, "utf8").trim().split("\n");
  const single = rows.map((row) => row.split("\t")[0] as string);
  const pairs = single.flatMap((first, at) =>
    Array.from({ length: 8 }, (_, step) => `${first} ${single[(at + step + 1) % single.length]}`),
  );
  return [...single, ...pairs].slice(0, count);
}

describe("models/fr-en, 500 sentences", () => {
  const runtimes: [string, () => Promise<Runtime>][] = [
    ["Node", async () => nodeRuntime({ threads: 1 })],
    ["WebAssembly", () => webRuntime()],
  ];
  let model: StoredModel;
  let sources: number[][];

  beforeAll(async () => {
    model = await readModel("fr-en");
    sources = sentences(500).map((sentence) => model.source.encodeIds(sentence));
  });

  describe.each(runtimes)("%s", (_, start) => {
    // Like with like: the two builds compute tanh alike but for the last bit, which the rounding to int8 can make larger.
    test.each(standaloneFormats)(
      "greedy.onnx of %s writes what translate --beam 1 writes there",
      async (format) => {
        const runtime = await start();
        const { sizes, weights } = model;
        const own = await InferenceModel.create(runtime, sizes, weights, { compute: format });
        const found = await search(own, sources, { attention: false });
        const expected = found.map(([best]) => toldBy(best as Hypothesis).ids.join());
        await own.release();
        const { greedy } = standaloneModels(model, { format, beam: 1 });
        const program = await runtime.compile(greedy);
        const written = async (batch: readonly number[][]): Promise<string[]> => {
          const results = await program.run(inputsOf(sizes, batch));
          const lengths = batch.map(({ length }) => length);
          return toldIn(results, lengths).map(({ ids }) => ids.join());
        };
        const together: string[] = [];
        for (let at = 0; at < sources.length; at += 50) {
          together.push(...(await written(sources.slice(at, at + 50))));
        }
        expect(together).toEqual(expected);
        const alone: string[] = [];
        for (const source of sources.slice(0, 30)) alone.push(...(await written([source])));
        expect(alone).toEqual(together.slice(0, 30));
        await program.release();
      },
    );
  });
});
