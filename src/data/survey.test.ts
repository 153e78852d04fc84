import { expect, test } from "vitest";
import type { PairReader } from "./pairs.ts";
import { pairsInMemory } from "./pairs.ts";
import { formatSurvey } from "./report.ts";
import { surveyCorpus } from "./survey.ts";

function table(...lines: string[]): PairReader {
  const pairs = lines.map((line) => {
    const [source = "", target = ""] = line.split("\t");
    return { source, target };
  });
  return pairsInMemory(pairs, "corpus");
}

test("the words of each side are counted after normalisation", async () => {
  const survey = await surveyCorpus(table("Le  chat\tThe cat", "le chien\ta dog"), {
    lowercase: true,
  });
  expect(survey.pairs).toBe(2);
  expect(Object.fromEntries(survey.source.counts)).toEqual({ le: 2, chat: 1, chien: 1 });
  expect(Object.fromEntries(survey.target.counts)).toEqual({ the: 1, cat: 1, a: 1, dog: 1 });
  expect(survey.source.words).toEqual({ total: 4, mean: 2, max: 2 });
});

test("pairs that are empty or too long are dropped and reported with their lines", async () => {
  const corpus = table("un\tone", " \tx", "x\t", "", "\ty", "a b c\tx", "x\ta b c");
  const survey = await surveyCorpus(corpus, { lowercase: false, maxWords: 2 });
  expect(survey.pairs).toBe(1);
  expect(survey.dropped).toEqual([
    { reason: "empty source", count: 2, lines: [2, 5] },
    { reason: "empty target", count: 1, lines: [3] },
    { reason: "empty source and target", count: 1, lines: [4] },
    { reason: "source longer than 2 words", count: 1, lines: [6] },
    { reason: "target longer than 2 words", count: 1, lines: [7] },
  ]);
  expect(Object.fromEntries(survey.source.counts)).toEqual({ un: 1 });
});

test("only the first few lines of a reason are named", async () => {
  const lines = Array.from({ length: 2000 }, () => "\tx");
  const survey = await surveyCorpus(table("un\tone", ...lines), { lowercase: false });
  expect(survey.dropped).toEqual([{ reason: "empty source", count: 2000, lines: [2, 3, 4, 5, 6] }]);
  expect(formatSurvey(survey)).toEqual([
    "1 pair kept, 2,000 dropped",
    "  2,000 empty source (lines 2, 3, 4, 5, 6, \u2026)",
    "source: 1 word, 1 different; 1.0 a sentence, at most 1",
    "target: 1 word, 1 different; 1.0 a sentence, at most 1",
  ]);
});

test("a corpus of which nothing is left is refused with the reasons", async () => {
  await expect(surveyCorpus(table("\tx", "y\t"), { lowercase: false })).rejects.toThrow(
    "no pair is left, as all were dropped (1 for empty source, 1 for empty target)",
  );
});

test("a corpus whose pairs all went to the dev set says so", async () => {
  const empty = { name: "small.tsv", async *read() {} };
  await expect(surveyCorpus(empty, {})).rejects.toThrow(
    "small.tsv: no pair is left, as all are in the dev set; leave the file out, or give a dev set.",
  );
});
