/**
 * @file `npm run bench:standalone -- [MODEL]`: the time of `greedy.onnx` and `beam.onnx` beside the own decoder's, for one
 * sentence and for 64, in Node and in WebAssembly, with float32 and int8; and the sizes of the files of all presets.
 *
 *     --test TABLE       pairs (default: multi30k.fr-en.test_2016_flickr)
 *     --rounds N         times that each way translates, in turn (default: 3)
 *     --beam N           the beam of beam.onnx (default: 5)
 *     --runtime NAME     node or wasm only
 *     --sizes            only the sizes of files, for each preset with vocabularies of 8000
 */

import { parseArgs } from "node:util";
import { readPairs } from "../src/data/node/readPairs.ts";
import { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { search } from "../src/decoding/search.ts";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import { presets } from "../src/models/configuration.ts";
import { parametersOf } from "../src/models/graphs.ts";
import type { EmittedModel } from "../src/onnx/emit.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import type { Runtime } from "../src/runtime/runtime.ts";
import { webRuntime } from "../src/runtime/web.ts";
import { standaloneFormats, standaloneModels } from "../src/standalone/models.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { tensorValue } from "../src/tensor/value.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    test: { type: "string", default: "../shared/data/multi30k.fr-en.test_2016_flickr.tsv.gz" },
    rounds: { type: "string", default: "3" },
    beam: { type: "string", default: "5" },
    runtime: { type: "string" },
    sizes: { type: "boolean", default: false },
  },
});
const [folder = "fr-en"] = positionals;
const beam = Number(values.beam);

if (values.sizes) printSizes();
else await printTimes();

/** One row for each preset that has its paper's architecture; those of the papers' sizes only have more weights. */
function printSizes(): void {
  const megabytes = ({ bytes }: EmittedModel): string => (bytes.length / 1e6).toFixed(1);
  console.log("| preset | weights | format | encoder.onnx | step.onnx | greedy.onnx |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const [preset, configuration] of Object.entries(presets)) {
    if (preset.endsWith("-paper") || preset.includes("wmt16")) continue;
    const sizes = { ...configuration, sourceVocabulary: 8000, targetVocabulary: 8000 };
    const weights = new Map<string, TensorValue>();
    let count = 0;
    for (const { name, shape } of parametersOf(sizes)) {
      const weight = tensorValue("float32", shape, 0);
      weights.set(name, weight);
      count += weight.data.length;
    }
    for (const format of standaloneFormats) {
      const { encoder, step, greedy } = standaloneModels({ sizes, weights }, { format, beam: 1 });
      const cells = [encoder, step, greedy].map((file) => `${megabytes(file)} MB`);
      console.log(
        `| \`${preset}\` | ${(count / 1e6).toFixed(1)} million | ${format} | ${cells.join(" | ")} |`,
      );
    }
  }
}

async function printTimes(): Promise<void> {
  const model = await readModel(folder);
  const sources = await idsOf(model.source);
  const runtimes: [string, Runtime][] = [];
  if (values.runtime !== "wasm") runtimes.push(["Node", nodeRuntime({ threads: 1 })]);
  if (values.runtime !== "node") runtimes.push(["WebAssembly", await webRuntime()]);
  console.log("| | sentences | own decoder | greedy.onnx | own, beam | beam.onnx |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const [name, runtime] of runtimes) {
    for (const format of standaloneFormats) {
      const files = standaloneModels(model, { format, beam });
      const { sizes, weights } = model;
      const own = await InferenceModel.create(runtime, sizes, weights, { compute: format });
      const ways = [
        (batch: readonly number[][]) => search(own, batch, { beam: 1 }),
        await fileWay(runtime, files.greedy),
        (batch: readonly number[][]) => search(own, batch, { beam }),
        await fileWay(runtime, files.beam as EmittedModel),
      ];
      for (const way of ways) await way(sources.slice(0, 1));
      for (const size of [1, 64]) {
        const times = await timesOf(ways, sources, size);
        const cells = times.map((time) => `${(time / size).toFixed(1)} ms`);
        console.log(`| ${name}, ${format} | ${size} | ${cells.join(" | ")} |`);
      }
      await own.release();
    }
  }
}

async function idsOf(tokenizer: { encodeIds(text: string): number[] }): Promise<number[][]> {
  const ids: number[][] = [];
  const table = { kind: "table", path: values.test, columns: ["1", "2"] } as const;
  for await (const { source } of readPairs(table)) {
    if (ids.push(tokenizer.encodeIds(source)) === 64) break;
  }
  return ids;
}

/** Translates with a file, as a client does. */
async function fileWay(
  runtime: Runtime,
  file: EmittedModel,
): Promise<(batch: readonly number[][]) => Promise<unknown>> {
  const program = await runtime.compile(file);
  return (batch) => {
    const longest = Math.max(...batch.map(({ length }) => length));
    const data = new BigInt64Array(batch.length * longest);
    batch.forEach((ids, row) => {
      data.set(ids.map(BigInt), row * longest);
    });
    return program.run({ source_ids: { dtype: "int64", shape: [batch.length, longest], data } });
  };
}

/** The median of the time of each way for a batch, in milliseconds; the ways take turns. */
async function timesOf(
  ways: readonly ((batch: readonly number[][]) => Promise<unknown>)[],
  sources: readonly number[][],
  size: number,
): Promise<number[]> {
  const batches =
    size === 1 ? sources.slice(0, 8).map((source) => [source]) : [sources.slice(0, size)];
  const times = ways.map((): number[] => []);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const batch of batches) {
      for (const [index, way] of ways.entries()) {
        const start = performance.now();
        await way(batch);
        times[index]?.push(performance.now() - start);
      }
    }
  }
  return times.map((list) => list.sort((one, other) => one - other)[list.length >> 1] as number);
}
