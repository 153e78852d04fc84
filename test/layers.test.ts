import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { layerPicture, layers } from "./support/layerMap.ts";

/** Each layer, and the two modules that packages import, with the layers it may import. */
const allowed: Record<string, readonly string[]> = Object.fromEntries(
  layers.map(({ name, imports }) => [name, imports]),
);

/** What a page can use of the library, and what Node can beside it. */
const published = [
  "tensor",
  "options",
  "text",
  "models",
  "modelFolder",
  "features",
  "decoding",
  "evaluation",
  "trace",
  "training",
  "library",
];
allowed["browser.ts"] = published;
allowed["index.ts"] = [...published, "runtime", "data", "samples"];

test("each layer imports only layers below it", () => {
  layers.forEach(({ name, imports }, place) => {
    const below = layers.slice(0, place).map((layer) => layer.name);
    expect(
      imports.filter((other) => !below.includes(other)),
      name,
    ).toEqual([]);
  });
});

test("the guide to the architecture prints the map", () => {
  const guide = readFileSync(join(import.meta.dirname, "../docs/architecture.md"), "utf8");
  expect(guide).toContain(`\`\`\`\n${layerPicture()}\n\`\`\``);
});

/** The parts of the studio, from the lowest; each may import those above it in this table, and no others. */
const studioOrder: readonly (readonly [part: string, holds: string])[] = [
  ["withoutEval.ts", "what the content security policy asks of a library"],
  ["text", "both languages, spellings of tokens, formats of numbers"],
  ["examples", "texts to try with a model, and whether a text is one for it"],
  ["picture", "the picture that a model has read"],
  ["scale", "which colour and which place a number gets"],
  ["timeline", "the moments of a translation, and their clock"],
  ["state", "models, translation, changes to it, selection, preferences"],
  ["marks", "the smallest drawings: words, numbers, vectors, matrices, arrows"],
  ["words", "sentences about traces and scenes, in both languages"],
  ["explain", "the arithmetic behind a number"],
  ["controls", "legends and choices inside of scenes"],
  ["parts", "drawings and sentences that several scenes share"],
  ["scenes", "one folder a scene, of which none imports another, and their registry"],
  ["saving", "pictures as files of their own"],
  ["page", "the page around the scenes"],
  ["lab", "the page where models are trained, beside that of the scenes"],
  ["App.svelte", "the page as a whole"],
  ["whole.ts", "the page with what it needs first"],
  ["main.ts", "its start, while the first view stands there"],
];

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

/** The folders of training and which of them each may import. */
const trainingFolders: Record<string, readonly string[]> = {
  cluster: [],
  step: ["cluster"],
  plan: ["step"],
  storage: ["step", "plan"],
  corpus: ["step", "plan", "storage"],
  run: ["cluster", "step", "plan", "storage", "corpus"],
  memory: ["step", "plan", "storage", "corpus", "run"],
  "node/mpi": ["cluster", "step", "plan", "storage", "corpus", "run"],
  node: ["cluster", "step", "plan", "storage", "corpus", "run", "node/mpi"],
};

/** Layers, or files at the end of a path, that may use Node's own modules, and each other. */
const nodeOnly = [
  /^runtime\/node/,
  /^data\/node\//,
  /^files\/node/,
  /^modelFolder\/node/,
  /^interop\/node/,
  /^features\/node/,
  /^vectors\/node/,
  /^training\/node\//,
  /^cli\//,
  /^server\//,
  /^samples\/dateFiles/,
  /^library\/seq2seq/,
  /^index\.ts$/,
];
const isNodeOnly = (path: string): boolean => nodeOnly.some((pattern) => pattern.test(path));

const root = join(import.meta.dirname, "../src");
const modulesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.(ts|svelte)$/.test(path),
  );
const modules = modulesIn(root);
const importsOf = (path: string): string[] =>
  [...readFileSync(join(root, path), "utf8").matchAll(/(?:from|import|import\()\s*"([^"]+)"/g)].map(
    (match) => match[1] as string,
  );

const loadsNativeBuild = /(from|import|require|resolve)\s*\(?\s*["']onnxruntime-node["'/]/;
test("only one module, which switches its reports off, loads ONNX Runtime's native build", () => {
  const folders = ["src", "bench", "recipes", "experiments", "scripts", "test"];
  const loading = folders.flatMap((folder) =>
    modulesIn(join(root, "..", folder))
      .map((path) => join("..", folder, path))
      .filter((path) => loadsNativeBuild.test(readFileSync(join(root, path), "utf8")))
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

describe("training", () => {
  const training = modulesIn(join(root, "training")).filter((path) => !path.endsWith(".test.ts"));
  test.each(training)("%s imports only the folders below its own", (path) => {
    const folder = dirname(path);
    const others = importsOf(join("training", path))
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => dirname(join(folder, specifier)))
      .filter((other) => other !== folder && !other.startsWith(".."));
    expect(trainingFolders, `training/${folder} is not on the map`).toHaveProperty([folder]);
    expect(others.filter((other) => !trainingFolders[folder]?.includes(other))).toEqual([]);
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
    if (path.endsWith(".test.ts") || isNodeOnly(path)) return;
    const ofNode = importsOf(path).filter((specifier) =>
      specifier.startsWith(".")
        ? isNodeOnly(relative(root, join(root, path, "..", specifier)))
        : specifier.startsWith("node:"),
    );
    expect(ofNode).toEqual([]);
  });
});

const studioRoot = join(root, "studio");
const studioModules = modulesIn(studioRoot);

describe.each(studioModules)("studio/%s", (path) => {
  const imported = importsOf(join("studio", path))
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => relative(studioRoot, join(studioRoot, dirname(path), specifier)))
    .filter((other) => !other.startsWith("../") && /\.(ts|svelte)$/.test(other));
  test("imports only the parts of the studio below its own", () => {
    const parts = studioOrder.map(([part]) => part);
    const placeOf = (module: string): number => parts.indexOf(module.split("/")[0] as string);
    expect(placeOf(path), `${path} is not in the table`).toBeGreaterThanOrEqual(0);
    expect(imported.filter((other) => placeOf(other) > placeOf(path))).toEqual([]);
  });
  test("of a scene imports no other scene", () => {
    const sceneOf = (module: string): string => /^scenes\/([^/]+)\//.exec(module)?.[1] ?? "";
    if (sceneOf(path) === "") return;
    const others = imported.filter(
      (other) => sceneOf(other) !== "" && sceneOf(other) !== sceneOf(path),
    );
    expect([...others, ...imported.filter((other) => other === "scenes/registry.ts")]).toEqual([]);
  });
});

test("the files that the guide to the architecture names exist", () => {
  const guide = readFileSync(join(import.meta.dirname, "../docs/architecture.md"), "utf8");
  const named = [...guide.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:ts|svelte))`/g)].map(
    ([, path]) => path,
  );
  expect(named.length).toBeGreaterThan(50);
  const isThere = (path: string): boolean =>
    existsSync(join(root, path)) || existsSync(join(root, "..", path));
  expect(named.filter((path) => !isThere(path as string))).toEqual([]);
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
