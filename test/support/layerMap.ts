/**
 * @file The map of the project: its layers, what each holds and what each may import. `test/layers.test.ts`
 * holds the imports to it, and `docs/architecture.md` prints it.
 */

/** A folder of `src/`. */
export interface Layer {
  readonly name: string;
  readonly holds: string;
  /** The layers that it may import; all stand before it in the table. */
  readonly imports: readonly string[];
}

/** The layers from the bottom: each imports only layers before its own. */
export const layers: readonly Layer[] = [
  { name: "tensor", holds: "element types, values, random numbers, errors", imports: [] },
  {
    name: "options",
    holds: "rows that declare options, and errors that name them",
    imports: ["tensor"],
  },
  {
    name: "files",
    holds: "formats, atomic writing, indexed files, checksums",
    imports: ["tensor"],
  },
  {
    name: "samples",
    holds: "data that the library makes itself: dates in words",
    imports: ["tensor"],
  },
  { name: "text", holds: "text ↔ tokens ↔ ids", imports: ["tensor", "options"] },
  {
    name: "evaluation",
    holds: "BLEU, chrF, ROUGE, error rates, alignment error rate",
    imports: ["tensor", "options"],
  },
  { name: "graph", holds: "symbolic tensors, operators, gradients, loops", imports: ["tensor"] },
  { name: "onnx", holds: "graphs as ONNX files, and as text", imports: ["tensor", "graph"] },
  {
    name: "runtime",
    holds: "sessions of ONNX Runtime, in Node and in the browser",
    imports: ["tensor", "options", "graph", "onnx"],
  },
  {
    name: "nn",
    holds: "parameters, cells, recurrent layers, attention, readout, loss",
    imports: ["tensor", "graph"],
  },
  {
    name: "models",
    holds: "encoder, bridge, decoder step; presets; wiring; the graphs of each use",
    imports: ["tensor", "options", "graph", "nn"],
  },
  {
    name: "features",
    holds: "pictures and arrays as sources: rows of numbers",
    imports: ["tensor", "options", "files"],
  },
  {
    name: "data",
    holds: "pairs → ids → batches, from files or from memory",
    imports: ["tensor", "options", "files", "text"],
  },
  {
    name: "vectors",
    holds: "pretrained word vectors: files, nearest words, word arithmetic, a map",
    imports: ["tensor", "options", "files", "text", "graph", "onnx", "runtime", "data"],
  },
  {
    name: "modelFolder",
    holds: "models, their cards and their records on disk",
    imports: ["tensor", "options", "files", "text", "graph", "nn", "models"],
  },
  {
    name: "interop",
    holds: "weights and vocabularies of other programs, as models",
    imports: ["tensor", "options", "files", "text", "nn", "models", "modelFolder"],
  },
  {
    name: "decoding",
    holds: "search, sampling, scores, ensembles; text in, text out",
    imports: ["tensor", "options", "text", "graph", "onnx", "runtime", "nn", "models"],
  },
  {
    name: "standalone",
    holds: "a model as plain ONNX files that run without seq2see",
    imports: ["tensor", "text", "graph", "onnx", "nn", "models", "modelFolder", "decoding"],
  },
  {
    name: "trace",
    holds: "a recorded translation, as data",
    imports: ["tensor", "options", "files", "text", "graph", "runtime", "models", "decoding"],
  },
  {
    name: "training",
    holds: "the plan, the step and the run of a training",
    imports: [
      "tensor",
      "options",
      "files",
      "text",
      "evaluation",
      "graph",
      "onnx",
      "runtime",
      "nn",
      "models",
      "features",
      "data",
      "vectors",
      "modelFolder",
      "decoding",
    ],
  },
  {
    name: "library",
    holds: "Seq2Seq: a trained model, ready to use",
    imports: [
      "tensor",
      "options",
      "files",
      "text",
      "evaluation",
      "runtime",
      "models",
      "features",
      "data",
      "modelFolder",
      "decoding",
      "trace",
      "training",
    ],
  },
  {
    name: "lab",
    holds: "trainings to watch: tasks, settings, and the engine that a worker runs",
    imports: [
      "tensor",
      "options",
      "files",
      "samples",
      "text",
      "evaluation",
      "graph",
      "onnx",
      "runtime",
      "nn",
      "models",
      "data",
      "vectors",
      "modelFolder",
      "decoding",
      "training",
    ],
  },
  {
    name: "server",
    holds: "the HTTP API and the files of the studio",
    imports: [
      "tensor",
      "options",
      "files",
      "text",
      "runtime",
      "models",
      "modelFolder",
      "decoding",
      "trace",
      "training",
      "library",
    ],
  },
  {
    name: "studio",
    holds: "the page that shows a trace",
    imports: [
      "tensor",
      "options",
      "files",
      "samples",
      "text",
      "runtime",
      "nn",
      "models",
      "features",
      "data",
      "vectors",
      "modelFolder",
      "decoding",
      "trace",
      "library",
      "lab",
    ],
  },
  {
    name: "cli",
    holds: "the commands",
    imports: [
      "tensor",
      "options",
      "files",
      "samples",
      "text",
      "evaluation",
      "graph",
      "onnx",
      "runtime",
      "nn",
      "models",
      "features",
      "data",
      "vectors",
      "modelFolder",
      "interop",
      "standalone",
      "decoding",
      "standalone",
      "trace",
      "training",
      "library",
      "server",
    ],
  },
];

/** The layers as a picture in text, from the top. */
export function layerPicture(): string {
  return layers
    .toReversed()
    .map(({ name, holds }) => `${name.padEnd(14)}${holds}`)
    .join("\n");
}
