import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { write, writeStudioFolder } from "../../test/support/studioFolder.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import type { PageModels } from "../modelFolder/modelList.ts";
import { exportStudio } from "./exportStudio.ts";
import { ModelCatalog } from "./modelCatalog.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-export-"));
const page = join(folder, "page");
const catalog = new ModelCatalog({ parents: [join(folder, "models")] });
const options = { catalog, page, version: "1.2.3" };
const out = join(folder, "out");
const target = join(out, "deep/site");

beforeAll(() => writeStudioFolder(folder));
beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();

test("holds the page, the models and what runs them, and nothing of the training that is private", async () => {
  const { files, bytes } = await exportStudio(target, options);
  const found = filesIn(target);
  expect(found).toEqual(
    [
      "index.html",
      "assets/page-12345678.js",
      "vectors/words.txt",
      "models.json",
      "seq2see-studio.json",
      ...["wasm", "mjs"].map((end) => `onnxruntime/ort-wasm-simd-threaded.${end}`),
      ...["card.json", "evaluation.json", "examples/a.png"].map((name) => `models/letters/${name}`),
      ...["metrics", "watched", "samples"].map((name) => `models/letters/training/${name}.jsonl`),
      ...["letters", "plain model"].flatMap((name) =>
        ["config.json", "model.safetensors", "source.tokenizer.json", "target.tokenizer.json"].map(
          (file) => `models/${name}/${file}`,
        ),
      ),
      "models/young/training/metrics.jsonl",
    ].sort(),
  );
  expect(files).toBe(found.length);
  const sizes = found.map((path) => readFileSync(join(target, path)).length);
  expect(bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  const list = JSON.parse(readFileSync(join(target, "models.json"), "utf8")) as PageModels;
  const runtimeBytes = statSync(join(target, "onnxruntime/ort-wasm-simd-threaded.wasm")).size;
  expect(list).toEqual({ ...(await catalog.list()), runtimeBytes });
  for (const { path } of list.models) {
    expect(existsSync(join(target, decodeURIComponent(path), "training/options.json"))).toBe(false);
  }
});

test("the files of an earlier export are replaced, and those of others stay", async () => {
  const old = join(page, "assets/page-old.js");
  write(old, "of an earlier page");
  await exportStudio(target, options);
  rmSync(old);
  const others = ["CNAME", ".git/refs/heads/main", "models/notes.txt", "assets/own/a.css"];
  for (const name of others) write(join(target, name), name);
  await exportStudio(target, { ...options, version: "1.2.4" });
  expect(existsSync(join(target, "assets/page-old.js"))).toBe(false);
  expect(readFileSync(join(target, "seq2see-studio.json"), "utf8")).toContain("1.2.4");
  for (const name of others) expect(readFileSync(join(target, name), "utf8")).toBe(name);
  expect(readdirSync(join(out, "deep"))).toEqual(["site"]);
});

test("a link to an export stays one", async () => {
  mkdirSync(target, { recursive: true });
  const link = join(out, "link");
  symlinkSync(target, link);
  await exportStudio(link, options);
  await exportStudio(link, { ...options, version: "1.2.4" });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(target, "seq2see-studio.json"), "utf8")).toContain("1.2.4");
});

test("an export whose files are not known is left alone", async () => {
  await exportStudio(target, options);
  writeFileSync(
    join(target, "seq2see-studio.json"),
    '{ "format": "seq2see-studio", "version": 1 }',
  );
  await expect(exportStudio(target, options)).rejects.toThrow(/did not note its files.*give a new/);
});

test("what a killed export left behind is removed", async () => {
  await exportStudio(target, options);
  await exportStudio(join(out, "deep/.site.new-export"), options);
  await exportStudio(join(out, "deep/.site.old-export"), options);
  write(join(out, "deep/.site.old-export/CNAME"), "example.org");
  await exportStudio(target, options);
  expect(readdirSync(join(out, "deep"))).toEqual(["site"]);
  expect(readFileSync(join(target, "CNAME"), "utf8")).toBe("example.org");
});

test("an empty folder is filled", async () => {
  mkdirSync(target, { recursive: true });
  await exportStudio(target, options);
  expect(filesIn(target)).toContain("index.html");
});

test("a folder with something else stays as it is", async () => {
  write(join(target, "thesis.tex"), "years of work");
  await expect(exportStudio(target, options)).rejects.toThrow(
    `export: "${target}": the folder holds thesis.tex, which is of no export; give a new folder, an empty one or an earlier export.`,
  );
  expect(filesIn(target)).toEqual(["thesis.tex"]);
});

test.each([
  ["a file", () => join(folder, "secret.txt"), /: this is a file; give/],
  ["a folder in a file", () => join(folder, "secret.txt/site"), /secret\.txt/],
  ["the folder one is in", () => ".", /: this is the folder you are in, or one above it; give/],
  ["a folder above", () => "..", /: this is the folder you are in, or one above it; give/],
  ["the page's folder", () => page, /: this is in the folder of the page itself; give/],
  ["a folder in it", () => join(page, "site"), /: this is in the folder of the page itself; give/],
  ["no name", () => "", /: this is no name; give/],
])("%s is refused", async (_, name, says) => {
  await expect(exportStudio(name(), options)).rejects.toThrow(says);
  await expect(exportStudio(name(), options)).rejects.toMatchObject({ name: "UserError" });
});

test("nothing is left of an export that failed", async () => {
  const broken = join(folder, "models/broken");
  write(join(broken, "config.json"), "{}");
  mkdirSync(join(broken, "model.safetensors"));
  await expect(exportStudio(target, options)).rejects.toThrow();
  expect(existsSync(out)).toBe(false);
  rmSync(join(broken, "model.safetensors"), { recursive: true });
  await exportStudio(target, options);
  mkdirSync(join(broken, "model.safetensors"));
  writeFileSync(join(target, "mine.txt"), "of the earlier export");
  await expect(exportStudio(target, options)).rejects.toThrow();
  expect(filesIn(target)).toContain("mine.txt");
  expect(readdirSync(join(out, "deep"))).toEqual(["site"]);
  rmSync(broken, { recursive: true });
});

test("takes a model whose files do not belong together for damaged, and writes nothing", async () => {
  const mixed = join(folder, "mixed/one");
  await writeRandomModel(mixed, {}, 1, { source: "abcd" });
  await writeRandomModel(join(folder, "mixed/two"), {}, 1, { source: "efgh" });
  const file = "source.tokenizer.json";
  writeFileSync(join(mixed, file), readFileSync(join(folder, "mixed/two", file)));
  const models = new ModelCatalog({ models: [mixed] });
  await expect(exportStudio(target, { ...options, catalog: models })).rejects.toThrow(
    /source\.tokenizer\.json belongs to another model than .*model\.safetensors/,
  );
  expect(existsSync(target)).toBe(false);
});
