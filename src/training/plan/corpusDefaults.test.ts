import { expect, test } from "vitest";
import type { CorpusFacts } from "./corpusDefaults.ts";
import { choiceFor } from "./corpusDefaults.ts";
import { fitToCorpus, plan } from "./plan.ts";

/** Facts of real corpora, rounded. */
const corpora = {
  "5,000 sentences": {
    pairs: 5000,
    source: { characters: 36, words: 6.7, alphabet: 89, differentWords: 6706 },
    target: { characters: 31, words: 6.2, alphabet: 71, differentWords: 5091 },
  },
  "160,631 sentences": {
    pairs: 160_631,
    source: { characters: 36, words: 6.7, alphabet: 108, differentWords: 43_633 },
    target: { characters: 31, words: 6.2, alphabet: 89, differentWords: 26_821 },
  },
  "59,825 Chinese sentences": {
    pairs: 59_825,
    source: { characters: 10.5, words: 1, alphabet: 3229, differentWords: 54_863 },
    target: { characters: 34, words: 6.7, alphabet: 93, differentWords: 25_040 },
  },
  pronunciations: {
    pairs: 108_952,
    source: { characters: 7.5, words: 1, alphabet: 27, differentWords: 102_068 },
    target: { characters: 14.4, words: 6.3, alphabet: 24, differentWords: 39 },
  },
  dates: {
    pairs: 10_000,
    source: { characters: 19.4, words: 3.6, alphabet: 66, differentWords: 2064 },
    target: { characters: 10, words: 1, alphabet: 11, differentWords: 10_000 },
  },
  captions: {
    pairs: 1500,
    source: null,
    target: { characters: 30, words: 7, alphabet: 26, differentWords: 20 },
  },
} as const satisfies Record<string, CorpusFacts>;

const inMinutes = (facts: CorpusFacts, minutes: number) =>
  choiceFor(facts, { limits: { minutes }, hidden: undefined });

test.each([
  ["5,000 sentences", "bpe:1000"],
  ["160,631 sentences", "bpe:4100"],
  ["59,825 Chinese sentences", "bpe:4900"],
  ["pronunciations", "bpe:200"],
  ["dates", "char"],
  ["captions", "bpe:700"],
] as const)("%s are cut into %s", (corpus, tokenizer) => {
  expect(inMinutes(corpora[corpus], 5).tokenizer).toBe(tokenizer);
});

test("more time and more pairs allow a larger model, which learns at a lower rate", () => {
  const large = corpora["160,631 sentences"];
  expect([5, 60].map((minutes) => inMinutes(large, minutes).hidden)).toEqual([256, 512]);
  expect([5, 60].map((minutes) => inMinutes(large, minutes).learningRate)).toEqual([0.004, 0.002]);
  expect(inMinutes(corpora["5,000 sentences"], 60).hidden).toBe(256);
});

test("the more often a run sees each pair, the more dropout it gets", () => {
  const dropout = (corpus: keyof typeof corpora, minutes: number) =>
    inMinutes(corpora[corpus], minutes).dropout;
  expect(dropout("160,631 sentences", 3)).toBe(0.1);
  expect(dropout("5,000 sentences", 3)).toBe(0.3);
  expect(dropout("5,000 sentences", 5)).toBe(0.4);
  expect(dropout("5,000 sentences", 60)).toBe(0.4);
});

test("the rate falls to 0 at the end of a run with a limit, and otherwise where it stops improving", () => {
  const facts = corpora.dates;
  const choose = (limits: object) => choiceFor(facts, { limits, hidden: undefined });
  expect(choose({ epochs: 3 })).toMatchObject({ schedule: "linear", patience: 0 });
  expect(choose({})).toMatchObject({ schedule: "plateau", patience: 5 });
});

const options = { data: "pairs.tsv", out: "model", minutes: 5 };
const facts = corpora["160,631 sentences"];

test("options that nobody gave follow the corpus, and the plan says so", () => {
  const {
    options: chosen,
    configuration,
    tokenizer,
    notes,
  } = fitToCorpus(plan(options), facts, true);
  expect(chosen).toMatchObject({ tokenizer: "bpe:4100", learningRate: 0.004, batch: 64 });
  expect(configuration).toMatchObject({ hidden: 256, embedding: 128, dropout: 0.1 });
  expect(tokenizer).toEqual({ kind: "bpe", size: 4100 });
  expect(notes).toEqual([expect.stringContaining("hidden 256, embedding 128, dropout 0.1")]);
});

test("options given by hand stay as they are, and the others follow them", () => {
  const given = { ...options, tokenizer: "char", batch: 7, model: { hidden: 100, dropout: 0.5 } };
  const { options: chosen, configuration, notes } = fitToCorpus(plan(given), facts, true);
  expect(chosen).toMatchObject({ tokenizer: "char", batch: 7, learningRate: 0.005 });
  expect(configuration).toMatchObject({ hidden: 100, embedding: 50, dropout: 0.5 });
  expect(notes[0]).not.toMatch(/tokenizer|batch|hidden/);
});

test("sizes of the preset stay where options given by hand rule the chosen ones out", () => {
  const given = { ...options, model: { tiedEmbeddings: true, embedding: 512 } };
  const { options: chosen, configuration, notes } = fitToCorpus(plan(given), facts, true);
  expect(configuration).toMatchObject({ hidden: 512, embedding: 512 });
  expect(chosen.learningRate).toBe(0.002);
  expect(notes[0]).not.toContain("hidden");
});

test.each(["luong2015-paper", "nmt-iwslt15"])("%s keeps what its paper states", (preset) => {
  const before = plan({ ...options, preset });
  expect(fitToCorpus(before, facts, true)).toBe(before);
});

test("without a dev set, no weights are the best", () => {
  const { options: chosen, notes } = fitToCorpus(plan(options), facts, false);
  expect(chosen.keepBest).toBe(plan(options).options.keepBest);
  expect(notes[0]).not.toContain("keep best");
});

test("takes the tokenizer of BLEU where BLEU will choose the weights", () => {
  const given = { data: "pairs.tsv", out: "model", bleuTokenizer: "char" } as const;
  expect(plan({ ...given, steps: 5 }).options.bleuTokenizer).toBe("char");
  expect(() => plan(given)).toThrow(/BLEU is not measured/);
  expect(() => plan({ ...given, steps: 5, dev: false })).toThrow(/BLEU is not measured/);
  expect(() => plan({ ...given, steps: 5, keepBest: "none" })).toThrow(/BLEU is not measured/);
});
