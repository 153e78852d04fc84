import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { write, writeStudioFolder } from "../../test/support/studioFolder.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { checkModelFolder, ModelCatalog, publicFiles } from "./modelCatalog.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-catalog-"));
const models = join(folder, "models");
const namesOf = async (catalog: ModelCatalog): Promise<string[]> =>
  (await catalog.list()).models.map(({ name }) => name);

beforeAll(() => writeStudioFolder(folder));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("models that are named come first and in their order, the others by size", async () => {
  const named = [join(models, "young"), join(models, "plain model")];
  const catalog = new ModelCatalog({ models: named, parents: [models] });
  expect(await namesOf(catalog)).toEqual(["young", "plain model", "letters"]);
});

test("what a page is to begin with comes before larger models, but not before those that are named", async () => {
  const parent = join(folder, "opening");
  await writeRandomModel(join(parent, "large"));
  await writeRandomModel(join(parent, "small"), { hidden: 8 });
  write(join(parent, "small/card.json"), JSON.stringify({ title: "Small", opensIn: ["zh"] }));
  expect(await namesOf(new ModelCatalog({ parents: [parent] }))).toEqual(["small", "large"]);
  const models = [join(parent, "large")];
  expect(await namesOf(new ModelCatalog({ models, parents: [parent] }))).toEqual([
    "large",
    "small",
  ]);
});

test("folders of one name are told apart, and each has its own files", async () => {
  const other = join(folder, "other/letters");
  await writeRandomModel(other);
  write(join(other, "card.json"), `["no object"]`);
  const catalog = new ModelCatalog({ models: [join(models, "letters"), other] });
  const [first, second] = (await catalog.list()).models;
  expect([first?.name, second?.name, second?.path]).toEqual([
    "letters",
    "letters-2",
    "models/letters-2",
  ]);
  expect(first).toHaveProperty("card");
  expect(second).not.toHaveProperty("card");
  expect(await catalog.pathOf("letters-2", "config.json")).toEqual({
    path: join(other, "config.json"),
  });
});

test("a model of which a file is damaged or missing is listed, but not as ready", async () => {
  const path = join(folder, "incomplete");
  await writeRandomModel(path);
  const catalog = new ModelCatalog({ models: [path] });
  const sizes = async () => (await catalog.find("incomplete"))?.entry.sizes;
  expect(await sizes()).toMatchObject({ hidden: 16 });
  rmSync(join(path, "target.tokenizer.json"));
  expect(await sizes()).toBeNull();
  await writeRandomModel(path);
  write(join(path, "config.json"), `{"format":"seq2see","model"`);
  expect(await sizes()).toBeNull();
});

test.each([
  ["nested without end", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ["larger than a list can be", JSON.stringify({ title: "x".repeat(2_000_000) })],
  ["no object", "null"],
])("a card or configuration that is %s takes no other model with it", async (_, content) => {
  const [bad, good] = [join(folder, "bad"), join(models, "letters")];
  await writeRandomModel(bad);
  for (const file of ["card.json", "config.json"]) {
    write(join(bad, file), content);
    const list = await new ModelCatalog({ models: [bad, good] }).list();
    expect(JSON.parse(JSON.stringify(list))).toMatchObject({
      models: [{ name: "bad" }, { name: "letters", title: "Letters" }],
    });
    expect(list.models[0]).not.toHaveProperty("card");
  }
});

test("only what a page needs is public", () => {
  expect(publicFiles.filter((file) => /checkpoint|options|ids/.test(file))).toEqual([]);
});

test("of pictures those are public that the card names, where they are in the model's folder", async () => {
  const catalog = new ModelCatalog({ models: [join(models, "letters")] });
  const pathOf = (file: string) => catalog.pathOf("letters", file);
  expect(await pathOf("examples/a.png")).toEqual({ path: join(models, "letters/examples/a.png") });
  for (const file of ["examples/b.png", "../../secret.png", "../../secret.txt", "examples"]) {
    expect(await pathOf(file), file).toEqual({ path: null, why: "missing" });
  }
});

test("a folder that is no model is told", () => {
  expect(() => checkModelFolder(join(models, "letters"))).not.toThrow();
  expect(() => checkModelFolder(join(models, "young"))).not.toThrow();
  expect(() => checkModelFolder(join(models, "other"))).toThrow(/: there is no config\.json; give/);
  expect(() => checkModelFolder(join(models, "none"))).toThrow(/: there is no such folder; give/);
});

test("what the folder of an earlier version does not say is filled in", async () => {
  const path = join(folder, "early");
  await writeRandomModel(path);
  const file = join(path, "config.json");
  const { model, ...others } = JSON.parse(readFileSync(file, "utf8"));
  for (const later of ["sourceInput", "encoderLayers", "readout"]) delete model[later];
  write(file, JSON.stringify({ ...others, model }));
  const [early] = (await new ModelCatalog({ models: [path] }).list()).models;
  expect(early?.sizes).toMatchObject({
    preset: "luong2015",
    sourceInput: "tokens",
    encoderLayers: 1,
    readout: "attentional",
  });
});

test("a model tells pairs of its data: of the sample that its run kept, else of other records", async () => {
  const path = join(folder, "sampled");
  await writeRandomModel(path);
  const catalog = new ModelCatalog({ models: [path] });
  const samples = async () => (await catalog.find("sampled"))?.entry.samples;
  expect(await samples()).toBeUndefined();
  const watched = { step: 1, source: "un", attention: [[1]] };
  write(join(path, "training/watched.jsonl"), `${JSON.stringify(watched)}\n`.repeat(3));
  expect(await samples()).toEqual([{ source: "un", target: null }]);
  const pair = { source: "deux chats", target: "two cats", line: 4 };
  write(join(path, "training/sample.pairs.jsonl"), `${JSON.stringify(pair)}\n`);
  expect(await samples()).toEqual([{ source: "deux chats", target: "two cats" }]);
});
