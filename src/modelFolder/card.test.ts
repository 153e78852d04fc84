import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import type { CardEvaluation, CardText, ModelCard } from "./card.ts";
import { cardOf, cardTextOf, makeCard } from "./card.ts";

const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

const onTest: CardEvaluation = {
  set: "test",
  beam: 5,
  bleu: 40.5,
  chrf: 60.25,
  signature: "nrefs:1|tok:13a",
  perplexity: 3.5,
  before: null,
};
const onDev: CardEvaluation = {
  ...onTest,
  set: "dev",
  before: { dtype: "float32", bleu: 41, chrf: 61, perplexity: 3.4, largestDifference: 0.01 },
};
const words: CardText = {
  title: "French to English",
  languages: { source: "French", target: "English" },
  data: [{ name: "Tatoeba", licence: "CC BY 2.0 FR", attribution: "tatoeba.org", pairs: 250_000 }],
  command: "seq2see train --data fr-en.tsv",
  minutes: 100,
  evaluation: [onTest],
  notes: "Everyday sentences.",
  examples: ["Je suis étudiant."],
  pictures: ["examples/cat.png"],
  date: "2025-11-30",
};
const weights = { dtype: "float16", bytes: 11_000_000 } as const;
const defaults = { title: "fr-en", minutes: 99.5, date: "2025-12-01" };
const card: ModelCard = {
  ...{ format: "seq2see-card", version: 1, heldOutPairs: 40 },
  ...words,
  weights,
};

describe("a card", () => {
  test("is read as it was written", () => {
    expect(cardOf(bytesOf(card), "card.json")).toEqual(card);
  });
  test("is read without the parts that a later version adds", () => {
    expect(cardOf(bytesOf({ ...card, parents: 2 }), "card.json")).toEqual(card);
  });
  test("of an earlier version has no pictures, and says nothing of held-out pairs", () => {
    const { pictures: _, heldOutPairs: __, ...earlier } = card;
    const read = cardOf(bytesOf(earlier), "card.json");
    expect(read).toEqual({ ...card, pictures: [], heldOutPairs: null });
    expect(cardTextOf(bytesOf({ title: "x" }), "mine.json")).not.toHaveProperty("pictures");
  });
  test.each<[string, unknown, string]>([
    ["another file", { format: "seq2see", version: 1 }, 'format is not "seq2see-card"; '],
    ["of a later version", { ...card, version: 2 }, "version is not 1; "],
    ["without weights", { ...card, weights: undefined }, "weights is missing; "],
    [
      "of unknown weights",
      { ...card, weights: { dtype: "int4", bytes: 1 } },
      "weights.dtype: give one of float32, float16, int8",
    ],
    ["text", "card", "it is not JSON in UTF-8"],
  ])("is refused if it is %s", (_, value, message) => {
    const reading = () => cardOf(bytesOf(value), "web/card.json");
    expect(reading).toThrow(UserError);
    expect(reading).toThrow(`web/card.json: ${message}`);
  });
});

describe("the Chinese of a card", () => {
  const chinese = {
    meanings: ["I am a student."],
    zh: {
      title: "法语 → 英语",
      languages: { source: "法语", target: "英语" },
      meanings: ["我是学生。"],
    },
    opensIn: ["en"],
  } as const;
  test("is read as it was written, and given on to a copy", () => {
    const both: ModelCard = { ...card, ...chinese };
    expect(cardOf(bytesOf(both), "card.json")).toEqual(both);
    const measured = { weights, evaluation: [], heldOutPairs: 40 };
    expect(makeCard(measured, defaults, cardTextOf(bytesOf(both), "card.json"))).toEqual(both);
  });
  test.each<[string, unknown, string]>([
    ["no object", { zh: "法语" }, "zh: give an object; "],
    ["an empty title", { zh: { title: "" } }, "zh.title: give a text that is not empty; "],
    ["a meaning that is no text", { zh: { meanings: [1] } }, "zh.meanings.0: give a text; "],
    ["a part of another name", { zh: { titel: "x" } }, 'zh: there is no "titel"; '],
    ["another language of the page", { opensIn: ["fr"] }, "opensIn.0: give en or zh; "],
  ])("is refused if it is %s", (_, value, message) => {
    expect(() => cardTextOf(bytesOf(value), "mine.json")).toThrow(`mine.json: ${message}`);
  });
});

describe("what someone writes for a card", () => {
  test("is any of its parts", () => {
    expect(cardTextOf(bytesOf({}), "mine.json")).toEqual({});
    expect(cardTextOf(bytesOf({ examples: ["un"] }), "mine.json")).toEqual({ examples: ["un"] });
    expect(cardTextOf(bytesOf(words), "mine.json")).toEqual(words);
  });
  test("may leave open whom to name and how many pairs there are", () => {
    const { data } = cardTextOf(bytesOf({ data: [{ name: "mine", licence: "CC0" }] }), "mine.json");
    expect(data).toEqual([{ name: "mine", licence: "CC0", attribution: null, pairs: null }]);
  });
  test("may be a whole card, of which the weights and the held-out pairs do not count", () => {
    expect(cardTextOf(bytesOf(card), "card.json")).toEqual(words);
  });
  const parts =
    "a card has title, languages, data, command, minutes, evaluation, notes, examples, meanings, zh, opensIn, pictures, date.";
  test.each<[string, unknown, string]>([
    ["a list", [], `the file: give an object; ${parts}`],
    ["not JSON", "{ title: 1 }", "it is not JSON in UTF-8; write the card again."],
    ["a part of another name", { titel: "x" }, `there is no "titel"; ${parts}`],
    [
      "a part within of another name",
      { languages: { source: "French", target: "English", from: "" } },
      `languages: there is no "from"; ${parts}`,
    ],
    ["a number for a text", { title: 3 }, "title: give a text; "],
    ["an empty title", { title: " " }, "title: give a text that is not empty; "],
    ["one language", { languages: { source: "French" } }, "languages.target: give a text; "],
    ["data without a licence", { data: [{ name: "mine" }] }, "data.0.licence: give a text; "],
    ["data that are no list", { data: "mine" }, "data: give a list; "],
    [
      "half a pair",
      { data: [{ name: "mine", licence: "CC0", pairs: 0.5 }] },
      "data.0.pairs: give a whole number; ",
    ],
    ["negative minutes", { minutes: -1 }, "minutes: give 0 or more; "],
    ["an example that is no text", { examples: ["un", null] }, "examples.1: give a text; "],
    ...[
      "../cat.png",
      "/cat.png",
      ".hidden/cat.png",
      "a//cat.png",
      "a\\cat.png",
      "cat.jpg",
      "C:/cat.png",
    ].map((path): [string, unknown, string] => [
      `a picture elsewhere or of another kind, ${path}`,
      { pictures: [path] },
      "pictures.0: give PNG files in the model's folder, such as examples/cat.png; ",
    ]),
    [
      "a score that is no number",
      { evaluation: [{ ...onTest, bleu: "40" }] },
      "evaluation.0.bleu: give a number; ",
    ],
    ["a day of another form", { date: "30.11.2025" }, "date: give a day as 2025-11-30; "],
  ])("is refused if it is %s", (_, value, message) => {
    const reading = () => cardTextOf(bytesOf(value), "--card mine.json");
    expect(reading).toThrow(UserError);
    expect(reading).toThrow(`--card mine.json: ${message}`);
  });
});

describe("making a card", () => {
  test("without words leaves open what nobody said", () => {
    expect(makeCard({ weights, evaluation: [], heldOutPairs: 40 }, defaults)).toEqual({
      format: "seq2see-card",
      version: 1,
      heldOutPairs: 40,
      weights,
      ...defaults,
      languages: null,
      data: [],
      command: null,
      evaluation: [],
      notes: "",
      examples: [],
      pictures: [],
    });
  });
  test("lets words count more than defaults, and later ones more than earlier", () => {
    const made = makeCard({ weights, evaluation: [], heldOutPairs: 40 }, defaults, words, {
      title: "Newer",
    });
    expect(made).toEqual({ ...card, title: "Newer" });
  });
  test("adds what was measured, in place of what was said of the same set and beam", () => {
    const told = { evaluation: [onTest, { ...onDev, bleu: 99 }, { ...onDev, beam: 1 }] };
    const made = makeCard({ weights, evaluation: [onDev], heldOutPairs: null }, defaults, told);
    expect(made.evaluation).toEqual([onTest, { ...onDev, beam: 1 }, onDev]);
  });
});
