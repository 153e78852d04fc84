import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { analogyPairs, analogySections } from "./analogyQuestions.ts";
import { readCorpus } from "./corpora.ts";
import { learnLexicon } from "./lexicon.ts";
import { agreedLinks, extractPhrases, phraseTable, phraseWords } from "./phrases.ts";
import { reorderedPairs } from "./reorderingGrammar.ts";
import { phraseParts, sharesWord, shuffledPairs, wordCount } from "./shuffledPhrases.ts";

const split = (text: string): string[] => text.split(" ");
const pair = (source: string, target: string) => ({ source: split(source), target: split(target) });
const houses = [
  pair("la maison", "the house"),
  pair("la maison bleue", "the blue house"),
  pair("la fleur", "the flower"),
];

describe("a lexicon of IBM model 1", () => {
  test("finds by which words sentences differ", () => {
    const best = learnLexicon(houses, 10).best();
    expect([...best].map(([word, { target }]) => [word, target])).toEqual([
      ["la", "the"],
      ["maison", "house"],
      ["bleue", "blue"],
      ["fleur", "flower"],
    ]);
  });
  test("gives each source word probabilities that add up to 1", () => {
    const lexicon = learnLexicon(houses);
    const words = ["the", "house", "blue", "flower"];
    for (const source of ["la", "maison", "bleue", "fleur"]) {
      const sum = words.reduce((total, target) => total + lexicon.probability(source, target), 0);
      expect(sum).toBeCloseTo(1, 12);
    }
    expect(words.reduce((sum, word) => sum + lexicon.emptyProbability(word), 0)).toBeCloseTo(1, 12);
  });
  test("is after one step what a count with equal shares is", () => {
    // Each target word of a pair is shared by the empty word and its source words.
    const lexicon = learnLexicon([pair("a b", "x"), pair("a", "y")], 1);
    expect(lexicon.probability("a", "x")).toBeCloseTo(1 / 3 / (1 / 3 + 1 / 2), 12);
    expect(lexicon.probability("b", "x")).toBe(1);
    expect(lexicon.probability("b", "y")).toBe(0);
  });
});

describe("phrases", () => {
  test("are of small words, with marks apart and French articles cut off", () => {
    const words = (text: string): string => phraseWords(text).join(" ");
    expect(words("L'ami, c’est Tom-2 ! Qu'il m'y voie.")).toBe(
      "l' ami , c’ est tom-2 ! qu' il m' y voie .",
    );
    expect(words("It's John's: I can't, I’d, we'll.")).toBe(
      "it's john's : i can't , i’d , we'll .",
    );
  });
  test("begin and end with linked words, and no link leaves them", () => {
    const links = [
      [0, 0],
      [1, 2],
      [2, 1],
    ] as const;
    const found = extractPhrases(pair("la maison bleue", "the blue house"), links, 3);
    expect(found.map(({ source, target }) => `${source} = ${target}`)).toEqual([
      "la = the",
      "la maison bleue = the blue house",
      "maison = house",
      "maison bleue = blue house",
      "bleue = blue",
    ]);
  });
  test("are no longer than asked for on either side", () => {
    const links = [
      [0, 0],
      [1, 3],
    ] as const;
    const found = extractPhrases(pair("a b", "w x y z"), links, 3);
    expect(found.map(({ source }) => source)).toEqual(["a", "b"]);
  });
  const sentences = ["la maison", "une maison", "la fleur", "une fleur", "la maison bleue"];
  const said = ["the house", "a house", "the flower", "a flower", "the blue house"];

  test("come from links that both directions agree on", () => {
    const pairs = sentences.map((source, index) => pair(source, said[index] as string));
    const turned = pairs.map(({ source, target }) => ({ source: target, target: source }));
    const lexicons = [learnLexicon(pairs), learnLexicon(turned)] as const;
    const links = agreedLinks(pair("la maison bleue", "the blue house"), ...lexicons);
    expect(links.map((link) => link.join("-"))).toEqual(["0-0", "2-1", "1-2"]);
  });
  test("make a table, the most frequent first, without punctuation and rare ones", () => {
    const pairs = sentences.map((source, index) => ({
      source: `${source}.`,
      target: `${said[index]}.`,
    }));
    const table = phraseTable(pairs, { most: 2, least: 2 });
    expect(table.map(({ source, target }) => `${source} = ${target}`)).toEqual([
      "la = the",
      "maison = house",
      "une = a",
      "fleur = flower",
    ]);
  });
});

describe("parts and shuffled pairs of phrases", () => {
  // Sixteen times sixteen phrases of two words, and a word of its own.
  const letters = [..."abcdefghijklmnop"];
  const table = letters.flatMap((one) =>
    letters.map((other) => ({
      source: `s${one} s${other}`,
      target: one < other ? `t${one} t${other}` : `t${one}`,
    })),
  );
  const twice = [
    ...table,
    { source: "sa sb", target: "ta" },
    { source: "alone", target: "ta" },
    { source: "sa rare", target: "ta" },
  ];

  test("no held-out source is trained on, and all of its words are", () => {
    const parts = phraseParts(twice, 10);
    const trained = new Set(parts.train.map(({ source }) => source));
    const held = [...parts.dev, ...parts.test].map(({ source }) => source);
    expect([parts.dev.length, parts.test.length]).toEqual([10, 10]);
    expect(held.filter((source) => trained.has(source))).toEqual([]);
    const words = new Set([...trained].flatMap(split));
    expect(held.flatMap(split).filter((word) => !words.has(word))).toEqual([]);
    expect(phraseParts(twice, 128).train.map(({ source }) => source)).toEqual(["alone", "sa rare"]);
    expect(() => phraseParts(twice, 129)).toThrow(/256 phrases are too few/);
  });
  test("a bad pair is as long as the good one, and never right", () => {
    const { good, bad } = shuffledPairs(table, twice, 1);
    expect(good).toHaveLength(256);
    bad.forEach(({ source, target }, index) => {
      expect(source).toBe(good[index]?.source);
      expect(target).not.toBe(good[index]?.target);
      expect(wordCount(target)).toBe(wordCount(good[index]?.target as string));
    });
  });
  test("phrases are related by a word", () => {
    expect(sharesWord("the house", "a house")).toBe(true);
    expect(sharesWord("the house", "a houseboat")).toBe(false);
  });
});

describe("the reordering grammar", () => {
  const pairs = reorderedPairs(2000, 1);

  test("yields the same sentences for a seed, and none twice", () => {
    expect(reorderedPairs(50, 1)).toEqual(pairs.slice(0, 50));
    expect(new Set(pairs.map(({ source }) => source)).size).toBe(2000);
    expect(reorderedPairs(50, 2)).not.toEqual(pairs.slice(0, 50));
  });
  test("links every target word with the one source word that it translates", () => {
    const sources = new Map<string, Set<string>>();
    for (const { source, target, gold } of pairs) {
      const [words, said] = [split(source), split(target)];
      expect(gold.sure.map(([, position]) => position)).toEqual(said.map((_, index) => index));
      for (const [from, position] of gold.sure) {
        const word = said[position] as string;
        sources.set(word, (sources.get(word) ?? new Set()).add(words[from] as string));
      }
    }
    expect([...sources.values()].every((from) => from.size === 1)).toBe(true);
  });
  test("reorders, doubles and drops words", () => {
    const crossing = pairs.filter(({ gold }) =>
      gold.sure.some(([from], index) => from < (gold.sure[index - 1]?.[0] ?? 0)),
    );
    expect(crossing.length).toBeGreaterThan(1000);
    const doubled = pairs.filter(
      ({ gold }) => new Set(gold.sure.map(([from]) => from)).size < gold.sure.length,
    );
    expect(doubled.length).toBeGreaterThan(500);
    const dropped = pairs.filter(({ source }) => split(source).includes("pa"));
    for (const { source, gold } of dropped) {
      const particle = split(source).indexOf("pa");
      expect(gold.sure.some(([from]) => from === particle)).toBe(false);
    }
    expect(dropped.length).toBeGreaterThan(500);
  });
});

describe("analogy questions", () => {
  test("put every two pairs of a section together, in both orders", () => {
    const numbers = analogySections().find(({ name }) => name === "numbers");
    expect(numbers?.questions).toHaveLength(6 * 5);
    expect(numbers?.questions[0]).toEqual(["one", "first", "two", "second"]);
  });
  test("ask only for words that are known", () => {
    const known = new Set(["one", "first", "two", "second", "three"]);
    const sections = analogySections((word) => known.has(word));
    expect(sections.flatMap(({ questions }) => questions)).toEqual([
      ["one", "first", "two", "second"],
      ["two", "second", "one", "first"],
    ]);
  });
  test("have no pair twice", () => {
    for (const [name, text] of Object.entries(analogyPairs)) {
      const pairs = text.split(/\s+/);
      expect(new Set(pairs).size, name).toBe(pairs.length);
      expect(pairs.filter((each) => !/^[a-z]+:[a-z]+$/.test(each))).toEqual([]);
    }
  });
});

test("a dev set without a test set beside it is cut in two, the same way each time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-corpora-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lines = (count: number, word: string): string =>
    Array.from({ length: count }, (_, index) => `${word}${index}\tx\n`).join("");
  writeFileSync(join(folder, "europarl.fr-en.train.tsv.gz"), lines(20, "train"));
  writeFileSync(join(folder, "europarl.fr-en.dev.tsv.gz"), lines(700, "dev"));
  const parts = await readCorpus(folder, "europarl", 10);
  expect([parts.train.length, parts.dev.length, parts.test.length]).toEqual([10, 500, 200]);
  expect(new Set([...parts.dev, ...parts.test].map(({ source }) => source)).size).toBe(700);
  expect(await readCorpus(folder, "europarl", 10)).toEqual(parts);
  await expect(readCorpus(folder, "tatoeba")).rejects.toThrow(/tatoeba.* no such file/);
});
