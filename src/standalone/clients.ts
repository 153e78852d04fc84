/** @file Programs of about thirty lines that translate with `greedy.onnx`, for the README beside it. */

import type { ModelSizes } from "../models/modelConfiguration.ts";
import { endId, startId } from "../tensor/specialIds.ts";

/** What the programs read: files of features whose rows have so many numbers, or texts. */
export type ClientSource = FeatureSource | TextSource;

interface FeatureSource {
  readonly kind: "features";
  readonly rowSize: number;
}

/** Texts, and the ids that a source has before and behind those of its tokens. */
interface TextSource {
  readonly kind: "text";
  readonly before: readonly number[];
  readonly behind: readonly number[];
}

/** What the programs for a model read. */
export function clientSourceOf(sizes: ModelSizes): ClientSource {
  if (sizes.sourceInput === "features") {
    return { kind: "features", rowSize: sizes.sourceFeatures };
  }
  const before = sizes.sourceStart ? [startId] : [];
  return { kind: "text", before, behind: sizes.sourceEnd ? [endId] : [] };
}

/** A program in some language. */
export interface Client {
  readonly language: string;
  /** The name of its language after the fence of a block of code. */
  readonly fence: string;
  /** The name under which to save it. */
  readonly file: string;
  /** How to install what it needs, and to run it. */
  readonly commands: readonly string[];
  readonly code: string;
}

/** The programs for a model. */
export function clientsFor(source: ClientSource): Client[] {
  const given = source.kind === "features" ? "features.npy" : '"A sentence."';
  return [
    {
      language: "Python",
      fence: "python",
      file: "translate.py",
      commands: ["pip install numpy onnxruntime tokenizers", `python translate.py ${given}`],
      code: python(source),
    },
    {
      language: "JavaScript",
      fence: "js",
      file: "translate.mjs",
      commands: [
        "npm install onnxruntime-node @huggingface/tokenizers",
        `node translate.mjs ${given}`,
      ],
      code: javaScript(source),
    },
    {
      language: "C#",
      fence: "csharp",
      file: "Program.cs",
      commands: [
        "dotnet new console",
        "dotnet add package Microsoft.ML.OnnxRuntime",
        `dotnet add package Tokenizers.DotNet`,
        "dotnet add package Tokenizers.DotNet.runtime.linux-x64    # or that of your system",
        `dotnet run -- ${given}`,
      ],
      code: cSharp(source),
    },
  ];
}

function python(source: ClientSource): string {
  const isFeatures = source.kind === "features";
  const read = isFeatures
    ? `def read(paths):
    rows = [np.load(path).astype(np.float32) for path in paths]
    lengths = np.array([len(each) for each in rows], dtype=np.int64)
    features = np.zeros((len(rows), lengths.max(), ${source.rowSize}), dtype=np.float32)
    for place, each in zip(features, rows):
        place[: len(each)] = each
    return {"source_features": features, "source_lengths": lengths}`
    : `def read(texts):
    sentences = [${listed("*encoding.ids", "encoding.ids", source)} for encoding in source.encode_batch(texts)]
    source_ids = np.zeros((len(texts), max(map(len, sentences))), dtype=np.int64)
    for row, ids in zip(source_ids, sentences):
        row[: len(ids)] = ids
    return {"source_ids": source_ids}`;
  return `import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

folder = Path(__file__).parent
${isFeatures ? "" : 'source = Tokenizer.from_file(str(folder / "source.tokenizer.json"))\n'}target = Tokenizer.from_file(str(folder / "target.tokenizer.json"))
session = onnxruntime.InferenceSession(
    str(folder / "greedy.onnx"), providers=["CPUExecutionProvider"]
)


${read}


def translate(sources):
    (target_ids,) = session.run(["target_ids"], read(sources))
    # 0 is padding, and 3 the end of a sentence.
    sentences = [[id for id in row if id not in (0, 3)] for row in target_ids.tolist()]
    return [target.decode(ids, skip_special_tokens=False) for ids in sentences]


print("\\n".join(translate(sys.argv[1:])))
`;
}

function javaScript(source: ClientSource): string {
  const isFeatures = source.kind === "features";
  const read = isFeatures
    ? `// The rows of a NumPy file of float32; a file of version 1 says behind its 8th byte where they begin.
function rowsOf(path) {
  const { buffer, byteOffset, length } = readFileSync(path);
  const start = 10 + new DataView(buffer, byteOffset).getUint16(8, true);
  return new Float32Array(buffer.slice(byteOffset + start, byteOffset + length));
}

function read(paths) {
  const rows = paths.map(rowsOf);
  const lengths = rows.map((row) => row.length / ${source.rowSize});
  const longest = Math.max(...lengths);
  const data = new Float32Array(rows.length * longest * ${source.rowSize});
  rows.forEach((row, index) => data.set(row, index * longest * ${source.rowSize}));
  return {
    source_features: new Tensor("float32", data, [rows.length, longest, ${source.rowSize}]),
    source_lengths: new Tensor("int64", BigInt64Array.from(lengths, BigInt), [rows.length]),
  };
}`
    : `function read(texts) {
  const sentences = texts.map((text) => ${listed("...source.encode(text).ids", "source.encode(text).ids", source)});
  const longest = Math.max(...sentences.map((ids) => ids.length));
  const data = new BigInt64Array(texts.length * longest);
  sentences.forEach((ids, row) => data.set(ids.map(BigInt), row * longest));
  return { source_ids: new Tensor("int64", data, [texts.length, longest]) };
}`;
  return `${imported("readFileSync", "node:fs")}
${imported("Tokenizer", "@huggingface/tokenizers")}
${imported("InferenceSession, Tensor", "onnxruntime-node")} // in a page: "onnxruntime-web"

const fileOf = (name) => readFileSync(new URL(name, import.meta.url)); // in a page: with fetch
const tokenizerOf = (name) =>
  new Tokenizer(JSON.parse(fileOf(name).toString()), { clean_up_tokenization_spaces: false });
${isFeatures ? "" : 'const source = tokenizerOf("source.tokenizer.json");\n'}const target = tokenizerOf("target.tokenizer.json");
const loading = InferenceSession.create(fileOf("greedy.onnx"));

${read}

async function translate(sources) {
  const session = await loading;
  const { target_ids } = await session.run(read(sources), ["target_ids"]);
  const steps = target_ids.dims[1];
  return sources.map((_, row) => {
    const ids = Array.from(target_ids.data.subarray(row * steps, (row + 1) * steps), Number);
    const kept = ids.filter((id) => id !== 0 && id !== 3); // 0 is padding, 3 the end of a sentence
    return kept.length > 0 ? target.decode(kept) : "";
  });
}

console.log((await translate(process.argv.slice(2))).join("\\n"));
`;
}

/** Ids with those before and behind them, as a list of a program in which `spread` stands for its elements. */
function listed(spread: string, whole: string, source: TextSource): string {
  return isBare(source) ? whole : `[${[...source.before, spread, ...source.behind].join(", ")}]`;
}

/** The same as calls of C#. */
function chained(ids: string, source: TextSource): string {
  if (isBare(source)) return ids;
  const calls = [
    ...source.before.map((id) => `.Prepend(${id}u)`),
    ...source.behind.map((id) => `.Append(${id}u)`),
  ];
  return `${ids}${calls.join("")}.ToArray()`;
}

function isBare({ before, behind }: TextSource): boolean {
  return before.length + behind.length === 0;
}

/** An import of the program, which is not one of this module. */
function imported(names: string, from: string): string {
  return `import { ${names} } from "${from}";`;
}

function cSharp(source: ClientSource): string {
  const isFeatures = source.kind === "features";
  const read = isFeatures
    ? `// The rows of NumPy files of float32; a file of version 1 says behind its 8th byte where they begin.
var sources = args.Select(path =>
{
    var bytes = File.ReadAllBytes(path);
    return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + BitConverter.ToUInt16(bytes, 8))).ToArray();
}).ToArray();
var lengths = sources.Select(rows => (long)(rows.Length / ${source.rowSize})).ToArray();
var features = new DenseTensor<float>(new[] { sources.Length, (int)lengths.Max(), ${source.rowSize} });
for (var row = 0; row < sources.Length; row++)
    sources[row].CopyTo(features.Buffer.Span.Slice(row * features.Strides[0]));
var inputs = new[]
{
    NamedOnnxValue.CreateFromTensor("source_features", features),
    NamedOnnxValue.CreateFromTensor("source_lengths", new DenseTensor<long>(lengths, new[] { lengths.Length })),
};`
    : `var source = new Tokenizer(vocabPath: "source.tokenizer.json");
var sentences = args.Select(text => ${chained("source.Encode(text)", source)}).ToArray();
var sourceIds = new DenseTensor<long>(new[] { sentences.Length, sentences.Max(ids => ids.Length) });
for (var row = 0; row < sentences.Length; row++)
    for (var at = 0; at < sentences[row].Length; at++)
        sourceIds[row, at] = sentences[row][at];
var inputs = new[] { NamedOnnxValue.CreateFromTensor("source_ids", sourceIds) };`;
  return `using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
${isFeatures ? "using System.Runtime.InteropServices;\n" : ""}using Tokenizers.DotNet;

${read}

using var session = new InferenceSession("greedy.onnx");
using var results = session.Run(inputs, new[] { "target_ids" });
var targetIds = results.First().AsTensor<long>();

var target = new Tokenizer(vocabPath: "target.tokenizer.json");
for (var row = 0; row < args.Length; row++)
{
    var ids = Enumerable.Range(0, targetIds.Dimensions[1]).Select(step => (uint)targetIds[row, step]);
    // 0 is padding, and 3 the end of a sentence.
    Console.WriteLine(target.Decode(ids.Where(id => id != 0 && id != 3).ToArray()));
}
`;
}
