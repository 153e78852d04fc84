import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { studioModels } from "../../../recipes/studioModels.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { dateStyles } from "../../samples/dateStyles.ts";
import { unknownId } from "../../tensor/specialIds.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { chineseShare, isChineseText } from "../text/scripts.ts";
import { chineseExamples } from "./chinese.ts";
import { dateExamples } from "./dates.ts";
import { englishExamples } from "./english.ts";
import { meaningOf } from "./example.ts";
import { frenchExamples } from "./french.ts";
import { exampleGroups, firstText } from "./groups.ts";
import { reorderedExample } from "./reordered.ts";

const models = join(import.meta.dirname, "../../../models");
const json = (model: string, file: string) =>
  JSON.parse(readFileSync(join(models, model, file), "utf8"));
const entryOf = (parts: Partial<ModelEntry>): ModelEntry => ({
  name: "some",
  path: "models/some",
  sizes: null,
  hasTraining: false,
  hasMetrics: false,
  hasWatched: false,
  bytes: 0,
  ...parts,
});
const shipped = (model: string): ModelEntry => entryOf({ card: json(model, "card.json") });
const examplesOf = (entry: ModelEntry) => exampleGroups(entry).flatMap(({ examples }) => examples);

/** The models of texts that are there, with how many examples they have. */
const withExamples = (
  [
    ["fr-en", 30],
    ["fr-en-no-attention", 30],
    ["zh-en", 30],
    ["en-zh", 30],
    ["dates", 12],
  ] as const
).filter(([model]) => existsSync(join(models, model)));

describe.each(withExamples)("the examples of %s", (model, count) => {
  const examples = examplesOf(shipped(model));

  it("each have a meaning in both languages of the page, and none is there twice", () => {
    expect(examples).toHaveLength(count);
    expect(new Set(examples.map(({ text }) => text)).size).toBe(count);
    for (const example of examples) {
      for (const locale of ["en", "zh"] as const) {
        expect(meaningOf(example, locale, undefined)?.text, example.text).toMatch(/\p{L}/u);
      }
    }
  });

  it("hold the examples of the card, of which the first begins", () => {
    const { examples: ofCard } = json(model, "card.json") as { examples: string[] };
    expect(examples.map(({ text }) => text)).toEqual(expect.arrayContaining(ofCard));
    expect(firstText(shipped(model))).toBe(ofCard[0]);
  });

  it("are in letters that the model knows", () => {
    const tokenizer = TextTokenizer.fromJson(json(model, "source.tokenizer.json"), model);
    for (const { text } of examples) {
      expect(tokenizer.encodeIds(text), text).not.toContain(unknownId);
    }
  });
});

describe.each([
  ["Chinese", chineseExamples, "en"],
  ["English", englishExamples, "zh"],
] as const)("the examples in %s", (language, groups, meant) => {
  const card = { languages: { source: language, target: "Klingon" } };
  const examples = examplesOf(entryOf({ card }));

  it("are thirty in groups, none twice, each with its meaning in the other language", () => {
    expect(exampleGroups(entryOf({ card }))).toEqual(groups);
    expect(new Set(examples.map(({ text }) => text)).size).toBe(30);
    for (const example of examples) {
      for (const locale of ["en", "zh"] as const) {
        expect(meaningOf(example, locale, undefined), example.text).toMatchObject({ lang: meant });
      }
      expect(isChineseText(example.text), example.text).toBe(language === "Chinese");
      const isChinese = chineseShare(meaningOf(example, "en", undefined)?.text ?? "") > 0.5;
      expect(isChinese, example.text).toBe(meant === "zh");
    }
  });

  it("hold those of the card that its recipe writes, of which the first begins the list", () => {
    const { examples: ofCard } = studioModels.find(
      ({ languages: { source } }) => source === language,
    ) as (typeof studioModels)[number];
    const texts = ofCard.map(([text]) => text);
    expect(examples.map(({ text }) => text)).toEqual(expect.arrayContaining(texts));
    expect(examples[0]?.text).toBe(texts[0]);
  });

  it("hold the sentence that shows how the order of words changes", () => {
    const target = language === "Chinese" ? "English" : "Chinese";
    const found = reorderedExample({ card: { languages: { source: language, target } } });
    expect(examples.map(({ text }) => text)).toContain(found?.sentence);
    expect(reorderedExample({ card })).toBeNull();
  });
});

it("means French and dates in both languages of the page", () => {
  for (const { text, meaning } of [...frenchExamples, ...dateExamples].flatMap(
    ({ examples }) => examples,
  )) {
    expect(meaning?.en, text).toMatch(/\p{L}/u);
    expect(meaning?.zh, text).toMatch(/\p{Script=Han}/u);
  }
});

it("says what an example means in the page's language, else in that of the data", () => {
  const own = { text: "un", meaning: null, target: "one" };
  expect(meaningOf(own, "zh", "en")).toEqual({ text: "one", lang: "en" });
  expect(meaningOf({ text: "un", meaning: null }, "zh", "en")).toBeNull();
  const both = { text: "un", meaning: { en: "one", zh: "一" } };
  expect(meaningOf(both, "zh", "de")).toEqual({ text: "一", lang: "zh" });
});

it("takes meanings of a card's own examples from the card", () => {
  const card = { examples: ["eins", "zwei"], meanings: ["one", ""], zh: { meanings: ["一"] } };
  expect(examplesOf(entryOf({ card })).map(({ meaning }) => meaning)).toEqual([
    { en: "one", zh: "一" },
    null,
  ]);
});

it("says of a date the day that the generator writes so", () => {
  for (const { text, meaning } of examplesOf(shipped("dates"))) {
    const [year, month, day] = (meaning?.zh ?? "").split(/\D+/).map(Number) as [
      number,
      number,
      number,
    ];
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    const written = dateStyles.map(({ write }) => write({ year, month, day, weekday }));
    expect(written).toContain(text);
  }
});

describe("a model of one's own", () => {
  const samples = [
    { source: "un chien", target: "a dog" },
    { source: "deux", target: null },
  ];

  it("begins with a pair of its own data, and shows how it is translated there", () => {
    const entry = entryOf({ samples });
    expect(firstText(entry)).toBe("un chien");
    expect(examplesOf(entry)).toEqual([
      { text: "un chien", meaning: null, target: "a dog" },
      { text: "deux", meaning: null, target: null },
    ]);
  });

  it("begins with its card's example if it has one", () => {
    const entry = entryOf({ samples, card: { examples: ["trois", "deux"] } });
    expect(firstText(entry)).toBe("trois");
    expect(exampleGroups(entry).map(({ examples }) => examples.map(({ text }) => text))).toEqual([
      ["trois", "deux"],
      ["un chien"],
    ]);
  });

  it("begins with a sentence of its language if nothing was kept", () => {
    expect(firstText(entryOf({ card: { languages: { source: "French" } } }))).toBe(
      "Je suis étudiant.",
    );
    expect(firstText(entryOf({ card: { languages: { source: "Klingon" } } }))).toBe("");
    expect(firstText(entryOf({}))).toBe("");
  });
});
