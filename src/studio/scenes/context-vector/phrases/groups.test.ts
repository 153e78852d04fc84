import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dateStyles } from "../../../../samples/dateStyles.ts";
import { unknownId } from "../../../../tensor/specialIds.ts";
import { TextTokenizer } from "../../../../text/tokenizer.ts";
import { chinesePhrases } from "./chinese.ts";
import { englishPhrases } from "./english.ts";
import { frenchPhrases } from "./french.ts";
import { phraseGroups } from "./groups.ts";

const models = join(import.meta.dirname, "../../../../../models");
const tokenizerOf = (model: string, side = "source"): TextTokenizer =>
  TextTokenizer.fromJson(
    JSON.parse(readFileSync(join(models, model, `${side}.tokenizer.json`), "utf8")),
    model,
  );
const cardOf = (model: string) =>
  JSON.parse(readFileSync(join(models, model, "card.json"), "utf8"));
const phrasesOf = (groups: ReturnType<typeof phraseGroups>): string[] =>
  groups.flatMap(({ phrases }) => phrases);

const shipped = ["fr-en", "fr-en-no-attention", "zh-en", "en-zh", "dates"].filter((model) =>
  existsSync(join(models, model)),
);
describe.each(shipped)("the list for the model %s", (model) => {
  const tokenizer = tokenizerOf(model);
  const groups = phraseGroups({ card: cardOf(model) }, tokenizer);

  it("has 60 to 120 phrases in groups, none twice", () => {
    const phrases = phrasesOf(groups);
    expect(phrases.length).toBeGreaterThanOrEqual(60);
    expect(phrases.length).toBeLessThanOrEqual(120);
    expect(new Set(phrases).size).toBe(phrases.length);
    expect(groups.length).toBeGreaterThanOrEqual(7);
    expect(groups.length).toBeLessThanOrEqual(9);
  });

  it("is in words that the model knows", () => {
    for (const phrase of phrasesOf(groups)) {
      expect(tokenizer.encodeIds(phrase), phrase).not.toContain(unknownId);
    }
  });
});

describe("phraseGroups", () => {
  it("shows a model of dates each day in all its ways", () => {
    const [first] = phraseGroups({ card: cardOf("dates") }, tokenizerOf("dates"));
    expect(first?.name.en).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(first?.phrases).toHaveLength(dateStyles.length);
    expect(first?.phrases.every((phrase) => /\p{L}/u.test(phrase))).toBe(true);
  });

  it("has lists for models of Chinese and of English", () => {
    const ofSource = (source: string) =>
      phraseGroups({ card: { languages: { source } } }, tokenizerOf("fr-en"));
    expect(ofSource("Chinese")).toEqual(chinesePhrases);
    expect(ofSource("English")).toEqual(englishPhrases);
  });

  it("adds a card's examples, those of the list left out", () => {
    const card = {
      languages: { source: "French" },
      examples: ["Viens ici.", "Il neige.", "Il neige."],
    };
    const groups = phraseGroups({ card }, tokenizerOf("fr-en"));
    expect(groups).toHaveLength(frenchPhrases.length + 1);
    expect(groups.at(-1)?.phrases).toEqual(["Il neige."]);
  });

  it("knows the language without a card by what the tokenizer cuts least", () => {
    expect(phraseGroups({}, tokenizerOf("fr-en"))).toEqual(frenchPhrases);
    expect(phraseGroups({}, tokenizerOf("fr-en", "target"))).toEqual(englishPhrases);
  });

  it("takes sources of kept pairs where there is nothing else", () => {
    const samples = [{ source: "abc", target: "cba" }];
    expect(phrasesOf(phraseGroups({ samples }, tokenizerOf("dates")))).toEqual(["abc"]);
    expect(phraseGroups({ samples }, tokenizerOf("fr-en"))).toEqual(frenchPhrases);
  });

  it("has no list where nothing tells the language", () => {
    expect(phraseGroups({}, tokenizerOf("dates"))).toEqual([]);
    const unknown = {
      kind: "word",
      encodeIds: (text: string) => text.split(" ").map(() => unknownId),
    } as const;
    expect(phraseGroups({}, unknown)).toEqual([]);
    expect(
      phraseGroups({ card: { languages: { source: "German" } } }, tokenizerOf("fr-en")),
    ).toEqual([]);
  });
});
