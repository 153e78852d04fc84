import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

/** Each layer and the layers it may import. Read it as the map of the project. */
const allowed: Record<string, readonly string[]> = {
  tensor: [],
  options: ["tensor"],
  evaluation: ["tensor"],
  text: ["tensor"],
  graph: ["tensor"],
  onnx: ["tensor", "graph"],
  runtime: ["tensor", "graph", "onnx"],
  vectors: ["tensor", "graph", "onnx", "runtime", "text", "data", "files"],
  nn: ["tensor", "graph"],
  models: ["tensor", "graph", "nn"],
  data: ["tensor", "text"],
  files: ["tensor"],
  modelFolder: ["tensor", "graph", "nn", "models", "text", "files"],
  features: ["tensor", "files"],
  training: [
    "tensor",
    "graph",
    "onnx",
    "runtime",
    "nn",
    "models",
    "files",
    "modelFolder",
    "text",
    "data",
    "features",
    "vectors",
    "decoding",
    "evaluation",
  ],
  decoding: ["tensor", "graph", "onnx", "runtime", "nn", "models", "text"],
  library: [
    "tensor",
    "runtime",
    "models",
    "files",
    "modelFolder",
    "features",
    "text",
    "decoding",
    "trace",
  ],
  trace: ["tensor", "graph", "runtime", "models", "text", "decoding"],
  server: [
    "tensor",
    "runtime",
    "models",
    "files",
    "modelFolder",
    "text",
    "decoding",
    "trace",
    "library",
  ],
  studio: [
    "tensor",
    "runtime",
    "models",
    "files",
    "modelFolder",
    "text",
    "decoding",
    "trace",
    "library",
    "vectors",
    "features",
    "samples",
  ],
  cli: [
    "tensor",
    "graph",
    "onnx",
    "runtime",
    "nn",
    "models",
    "files",
    "modelFolder",
    "text",
    "data",
    "training",
    "decoding",
    "evaluation",
    "trace",
    "samples",
    "library",
    "server",
    "features",
    "vectors",
  ],
  samples: ["tensor"],
};

/** What recipes, which stand outside of the library, may import of it; nothing imports them. */
const allowedInRecipes = [
  "tensor",
  "data",
  "files",
  "modelFolder",
  "training",
  "evaluation",
  "samples",
];

/** Layers, or files at the end of a path, that may use Node's own modules. */
const nodeOnly = [
  /^runtime\/node/,
  /^data\//,
  /^files\/node/,
  /^modelFolder\/node/,
  /^features\/node/,
  /^vectors\/node/,
  /^training\//,
  /^cli\//,
  /^server\//,
  /^samples\//,
];

const root = join(import.meta.dirname, "../src");
const modulesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
const modules = modulesIn(root).filter((path) => path.includes("/"));
const importsOf = (path: string): string[] =>
  [...readFileSync(join(root, path), "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(
    (match) => match[1] as string,
  );

test("only one module, which switches its reports off, loads ONNX Runtime's native build", () => {
  const folders = ["src", "bench", "recipes", "experiments", "scripts", "test"];
  const loading = folders.flatMap((folder) =>
    modulesIn(join(root, "..", folder))
      .map((path) => join("..", folder, path))
      .filter((path) => /["']onnxruntime-node(["'/])/.test(readFileSync(join(root, path), "utf8")))
      .map((path) => relative("..", path)),
  );
  expect(loading).toEqual(["src/runtime/node.ts"]);
});

describe("recipes", () => {
  const recipes = modulesIn(join(root, "../recipes"));
  test.each(recipes.length > 0 ? recipes : ["none"])("%s imports only what is below", (path) => {
    const own = join("../recipes", path);
    const imported = importsOf(own)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => relative(root, join(root, own, "..", specifier)))
      .filter((other) => !other.startsWith("../recipes/"))
      .map((other) => other.split("/")[0] as string);
    expect(imported.filter((layer) => !allowedInRecipes.includes(layer))).toEqual([]);
  });
});

describe.each(modules.length > 0 ? modules : ["none"])("%s", (path) => {
  const layer = path.split("/")[0] as string;
  test("imports only the layers below its own", () => {
    const imported = importsOf(path)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => relative(root, join(root, path, "..", specifier)).split("/")[0] as string)
      .filter((other) => other !== layer && !(other === ".." && path.endsWith(".test.ts")));
    expect(allowed, `layer ${layer} is not on the map`).toHaveProperty(layer);
    expect(imported.filter((other) => !allowed[layer]?.includes(other))).toEqual([]);
  });
  test("uses Node's modules only where Node is meant", () => {
    if (path.endsWith(".test.ts") || nodeOnly.some((pattern) => pattern.test(path))) return;
    expect(importsOf(path).filter((specifier) => specifier.startsWith("node:"))).toEqual([]);
  });
});

/** The folders of `experiments/` and what each may import, of these and of the layers above. */
const experimentFolders: Record<string, readonly string[]> = {
  writing: ["src"],
  data: ["src"],
  running: ["src", "data", "writing"],
  papers: ["src", "data", "running", "writing"],
  ".": ["src", "data", "running", "papers", "writing"],
};
const experimentsRoot = join(root, "../experiments");
const experimentModules = readdirSync(experimentsRoot, {
  recursive: true,
  encoding: "utf8",
}).filter((path) => path.endsWith(".ts"));

describe.each(experimentModules)("experiments/%s", (path) => {
  const folder = dirname(path);
  const imported = importsOf(join("../experiments", path))
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => relative(experimentsRoot, join(experimentsRoot, folder, specifier)));
  test("imports only the folders below its own", () => {
    const others = imported
      .map((target) => (target.startsWith("../src/") ? "src" : dirname(target)))
      .filter((other) => other !== folder)
      // Tests may look at the whole, and use what other tests use.
      .filter((other) => !(path.endsWith(".test.ts") && [".", "../test/support"].includes(other)));
    expect(experimentFolders, `experiments/${folder} is not on the map`).toHaveProperty([folder]);
    expect(others.filter((other) => !experimentFolders[folder]?.includes(other))).toEqual([]);
  });
  test("uses the library, not what people touch of it", () => {
    const touched = ["../src/cli/", "../src/server/", "../src/studio/"];
    expect(imported.filter((target) => touched.some((start) => target.startsWith(start)))).toEqual(
      [],
    );
  });
});
