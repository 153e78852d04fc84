import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { dateStyles } from "../../samples/dateStyles.ts";
import { unknownId } from "../../tensor/specialIds.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { exampleGroups, firstText } from "./groups.ts";

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

describe.each([
  ["fr-en", 30],
  ["fr-en-no-attention", 30],
  ["dates", 12],
])("the examples of %s", (model, count) => {
  const examples = examplesOf(shipped(model));

  it("each have a meaning in both languages of the page, and none is there twice", () => {
    expect(examples).toHaveLength(count);
    expect(new Set(examples.map(({ text }) => text)).size).toBe(count);
    for (const { text, meaning } of examples) {
      expect(meaning?.en, text).toMatch(/\p{L}/u);
      expect(meaning?.zh, text).toMatch(/\p{Script=Han}/u);
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
