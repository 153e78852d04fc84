import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardTextOf } from "../src/modelFolder/card.ts";
import { plan } from "../src/training/plan/plan.ts";
import { everydaySentences } from "./everyday.ts";
import type { Command } from "./recipe.ts";
import { type StudioModel, studioRecipe } from "./studioModel.ts";
import { studioModels } from "./studioModels.ts";
import { asTyped } from "./typedText.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-studio-"));
  const rows = Array.from(
    { length: 60 },
    (_, index) => `我有${index}本书。\tI have ${index} books.\n`,
  );
  for (const { corpora, dev, measured } of studioModels) {
    for (const file of [...corpora.map((corpus) => corpus.file), dev, ...measured]) {
      await writeFile(join(folder, file), gzipSync(rows.join("")));
    }
  }
});
afterEach(() => rm(folder, { recursive: true }));

const options = (): { work: string; corpora: string } => ({
  work: join(folder, "work"),
  corpora: folder,
});
const named = (name: string): StudioModel =>
  studioModels.find((model) => model.name === name) as StudioModel;

/** The values of an option that may be given several times. */
const valuesOf = (command: Command, option: string): string[] =>
  command.flatMap((word, at) => (command[at - 1] === option ? [word] : []));

describe.each(studioModels)("studio/$name", (model) => {
  const recipe = studioRecipe(model);

  test("mixes its corpora, generated pairs, usual phrases, sentences as people type them and the article's pairs, with a weight each", async () => {
    await recipe.prepare(options());
    const command = recipe.training(options());
    const files = valuesOf(command, "--data");
    expect(files).toHaveLength(model.corpora.length + 4);
    for (const option of ["--weights", "--finish-weights"]) {
      expect(valuesOf(command, option)[0]?.split(",")).toHaveLength(files.length);
    }
    const typed = await readFile(files.at(-2) as string, "utf8");
    expect(typed.split("\n").length).toBeGreaterThan(100);
    const generated = await readFile(files.at(-4) as string, "utf8");
    expect(generated.split("\n").length).toBeGreaterThan(5000);
    const article = await readFile(files.at(-1) as string, "utf8");
    expect(article).toContain("I am a student.");
  });

  test("has a title of its own", () => {
    const others = studioModels.filter((each) => each !== model);
    const { summary } = studioRecipe(model);
    expect(others.map((each) => studioRecipe(each).summary)).not.toContain(summary);
  });

  test("has options that a run takes, and an end that gives the same bits again", () => {
    const command = model.training;
    const given = Object.fromEntries(
      command.flatMap((word, at) => (word.startsWith("--") ? [[word, command[at + 1]]] : [])),
    );
    expect(given).toMatchObject({ "--evaluate-every": "epoch", "--epochs": expect.any(String) });
    const weights = model.corpora.map(({ weight }) => weight);
    const planned = plan({
      data: model.corpora.map(({ file }) => file),
      weights,
      finishWeights: model.corpora.map(({ finish }) => finish),
      tokenizer: given["--tokenizer"] as string,
      schedule: given["--schedule"] as string,
      epochs: Number(given["--epochs"]),
      finish: Number(given["--finish"]),
      out: "model",
    });
    expect(planned.options.weights).toEqual(weights);
  });

  test("writes a card that names recipe, version and the pairs of each corpus", async () => {
    await recipe.prepare(options());
    const bytes = await readFile(join(folder, "work", "card.json"));
    const card = cardTextOf(bytes, "card.json");
    expect(card.command).toBe(`npm run recipe -- studio/${model.name}`);
    expect(card.notes).toMatch(`Recipe studio/${model.name}, version ${model.version}. `);
    const pairs = card.data?.map((set) => set.pairs) ?? [];
    expect(pairs.slice(0, -1)).toEqual(model.corpora.map(() => 60));
    expect(pairs.at(-1)).toBeGreaterThan(5000);
    expect(card.zh?.title).toMatch(/^\p{Script=Han}+ → \p{Script=Han}+/u);
    expect(card.meanings).toHaveLength(card.examples?.length as number);
    expect(card.zh?.meanings).toHaveLength(card.examples?.length as number);
  });

  test("exports the trained model as int8 with its card and everyday sentences, in place of an earlier export", async () => {
    await mkdir(join(folder, "work", "exported"), { recursive: true });
    await writeFile(join(folder, "work", "exported", "old"), "");
    const commands: Command[] = [];
    const translations = Array.from({ length: 60 }, (_, index) => `translation ${index}`);
    const runner = {
      run: async (command: Command) => {
        commands.push(command);
        return 0;
      },
      capture: async (command: Command) => {
        commands.push(command);
        return { status: 0, output: `${translations.join("\n")}\n` };
      },
    };
    const out = join(folder, "work", "exported");
    expect(await recipe.finish?.(options(), runner)).toBe(0);
    expect(commands[0]).toEqual(expect.arrayContaining(["export", "int8", "--card"]));
    const recorded = commands.slice(1, -1);
    expect(recorded).toHaveLength(1 + model.measured.length);
    for (const command of recorded) {
      expect(command).toEqual(expect.arrayContaining(["evaluate", out, "--by-length", "--save"]));
    }
    expect(commands.at(-1)).toEqual(expect.arrayContaining(["translate", "--model", out]));
    await expect(readFile(join(out, "old"))).rejects.toThrow("ENOENT");
    const everyday = (await readFile(join(out, "everyday.tsv"), "utf8")).trimEnd().split("\n");
    expect(everyday).toHaveLength(61);
    expect(everyday[0]).toBe("source\treference\ttranslation");
    expect(everyday[60]).toMatch(/^[^\t]+\t[^\t]+\ttranslation 59$/);
  });
});

test("each language of the page begins with one of the models", () => {
  const names = (locale: "en" | "zh"): string[] =>
    studioModels.filter(({ opensIn }) => opensIn?.includes(locale)).map(({ name }) => name);
  expect([names("en"), names("zh")]).toEqual([["fr-en"], ["zh-en"]]);
});

test.each(studioModels)("no usual phrase of $name is one that measures it", async (model) => {
  const recipe = studioRecipe(model);
  await recipe.prepare(options());
  const lines = (text: string): string[][] =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
  const phrases = lines(await readFile(join(folder, "work/data/phrases.tsv"), "utf8"));
  const sources = phrases.map((row) => row[model.columns[0] - 1]);
  expect(sources.length).toBeGreaterThan(50);
  const measured = lines(await readFile(everydaySentences(model.everyday), "utf8"));
  expect(measured.filter(([source]) => sources.includes(source))).toEqual([]);
});

test("columns say which language is the source, in all files", async () => {
  const recipe = studioRecipe(named("en-zh"));
  await recipe.prepare(options());
  expect(valuesOf(recipe.training(options()), "--columns")).toEqual(["2,1"]);
  const article = await readFile(join(folder, "work/data/article.tsv"), "utf8");
  expect(article).toBe("我是学生。\tI am a student.\n");
  const typed = await readFile(join(folder, "work/data/typed.tsv"), "utf8");
  expect(typed).toMatch(/^我有\d+本书。\t[iI] have \d+ books\.?$/m);
});

test("a corpus or dev set that is not there is named before anything is written", async () => {
  await rm(join(folder, "tatoeba.zh-en.dev.tsv.gz"));
  await expect(studioRecipe(named("zh-en")).prepare(options())).rejects.toThrow(
    `--corpora ${folder}: tatoeba.zh-en.dev.tsv.gz is missing`,
  );
});

describe("as people type", () => {
  const forms = (texts: readonly string[], language: "zh" | "fr" | "en"): string[] =>
    texts.flatMap((text) => asTyped(text, language) ?? []);

  test("a sentence is always typed the same, and differs from the careful one", () => {
    expect(asTyped("我是学生。", "zh")).toBe(asTyped("我是学生。", "zh"));
    for (const text of ["Je suis là.", "Où es-tu ?", "Non."]) {
      expect(asTyped(text, "fr")).not.toBe(text);
    }
    expect(asTyped("好", "zh")).toBe(null);
  });

  test("full stops, capitals, accents, apostrophes and spaces are left out here and there", () => {
    const french = forms(
      Array.from({ length: 200 }, (_, index) => `L'été ${index} est là, où es-tu ?`),
      "fr",
    );
    for (const form of [/^l/, /^L/, /ete/, /été/, /’/, /'/, /tu\?$/, /tu$/, /tu \?$/]) {
      expect(
        french.some((text) => form.test(text)),
        String(form),
      ).toBe(true);
    }
    const english = forms(
      Array.from({ length: 200 }, (_, index) => `I don't know ${index}.`),
      "en",
    );
    for (const form of [/dont/, /don’t/, /^i /, /\d$/]) {
      expect(
        english.some((text) => form.test(text)),
        String(form),
      ).toBe(true);
    }
    const chinese = forms(
      Array.from({ length: 99 }, (_, index) => `你好，我有${index}本。`),
      "zh",
    );
    expect(chinese.some((text) => text.startsWith("你好我"))).toBe(true);
    expect(chinese.some((text) => text.endsWith("本"))).toBe(true);
  });
});
