/** @file The program in C#. */

import type { ClientSource, TextSource } from "./source.ts";
import { isBare } from "./source.ts";

/** Returns the program. */
export function cSharp(source: ClientSource): string {
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

/** The same as calls of C#. */
function chained(ids: string, source: TextSource): string {
  if (isBare(source)) return ids;
  const calls = [
    ...source.before.map((id) => `.Prepend(${id}u)`),
    ...source.behind.map((id) => `.Append(${id}u)`),
  ];
  return `${ids}${calls.join("")}.ToArray()`;
}
