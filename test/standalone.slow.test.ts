/** ONNX files of all presets, and of a real model in both builds of ONNX Runtime. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hypothesis } from "../src/decoding/hypothesis.ts";
import { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { search } from "../src/decoding/search.ts";
import type { StoredModel } from "../src/modelFolder/modelFolder.ts";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import type { ConfigurationChanges } from "../src/models/configuration.ts";
import { presets } from "../src/models/configuration.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import type { Runtime } from "../src/runtime/runtime.ts";
import { webRuntime } from "../src/runtime/web.ts";
import { standaloneFormats, standaloneModels } from "../src/standalone/models.ts";
import {
  describeFiles,
  describeForm,
  inputsOf,
  toldBy,
  toldIn,
} from "./support/standaloneChecks.ts";

for (const preset of Object.keys(presets)) describeFiles(preset, preset, {});
const others: [string, string, ConfigurationChanges][] = [
  ["local-m", "luong2015", { attentionScope: "local-m", window: 2 }],
  ["location scores, reversed", "luong2015", { attention: "location", reverseSource: true }],
  ["no input feeding, tied", "luong2015", { inputFeeding: false, tiedEmbeddings: true }],
  ["features in reverse", "xu2015", { reverseSource: true }],
];
for (const each of others) describeFiles(...each);
describeForm(Object.keys(presets));

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
  const node = nodeRuntime({ threads: 1 });
  let model: StoredModel;
  let sources: number[][];
  const expected = new Map<string, string[]>();
  const own: InferenceModel[] = [];

  beforeAll(async () => {
    model = await readModel("fr-en");
    sources = sentences(500).map((sentence) => model.source.encodeIds(sentence));
    for (const format of standaloneFormats) {
      const loaded = await InferenceModel.create(node, model.sizes, model.weights, {
        compute: format,
      });
      own.push(loaded);
      const found = await search(loaded, sources);
      expected.set(
        format,
        found.map(([best]) => toldBy(best as Hypothesis).ids.join()),
      );
    }
  });
  afterAll(() => Promise.all(own.map((each) => each.release())));

  describe.each(runtimes)("%s", (_, start) => {
    test.each(standaloneFormats)(
      "greedy.onnx of %s writes what translate --beam 1 writes",
      async (format) => {
        const runtime = await start();
        const program = await runtime.compile(standaloneModels(model, { format, beam: 1 }).greedy);
        const written = async (batch: readonly number[][]): Promise<string[]> => {
          const results = await program.run(inputsOf(model.sizes, batch));
          return toldIn(
            results,
            batch.map(({ length }) => length),
          ).map(({ ids }) => ids.join());
        };
        const together: string[] = [];
        for (let at = 0; at < sources.length; at += 50) {
          together.push(...(await written(sources.slice(at, at + 50))));
        }
        expect(together).toEqual(expected.get(format));
        const alone: string[] = [];
        for (const source of sources.slice(0, 60)) alone.push(...(await written([source])));
        expect(alone).toEqual(together.slice(0, 60));
        await program.release();
      },
    );
  });
});
