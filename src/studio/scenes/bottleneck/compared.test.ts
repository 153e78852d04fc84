import { expect, test } from "vitest";
import type { EvaluationRecord, RecordedSet } from "../../../modelFolder/evaluationRecord.ts";
import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import type { ModelSizes } from "../../../models/configuration.ts";
import {
  attendedWords,
  changesOf,
  comparedWith,
  firstCompared,
  lengthsOf,
  lengthUnitOf,
  longSentence,
  setsOf,
  sourceUnits,
  unequalHidden,
  unequalSteps,
  unitsOf,
} from "./compared.ts";

function model(
  name: string,
  attention: ModelSizes["attention"],
  { hidden = 256, source = "French" }: { hidden?: number; source?: string } = {},
): ModelEntry {
  const sizes = { attention, hidden, sourceVocabulary: 8000, targetVocabulary: 8000 };
  return {
    name,
    path: `models/${name}`,
    sizes: sizes as ModelSizes,
    bytes: 1,
    hasTraining: false,
    hasMetrics: false,
    hasWatched: false,
    card: { languages: { source, target: "English" } },
  };
}

const measured = (set: string, ...byLength: RecordedSet["byLength"]): RecordedSet => ({
  set,
  date: "2025-11-30",
  beam: 5,
  sentences: byLength.length,
  bleu: 20,
  chrf: 40,
  perplexity: 9,
  signature: "nrefs:1",
  steps: null,
  byLength,
});
const record = (...sets: RecordedSet[]): EvaluationRecord => ({
  format: "seq2see-evaluation",
  version: 1,
  sets,
});
const range = (from: number, to: number | null, bleu: number | null, sentences = 10) => ({
  from,
  to,
  bleu,
  sentences,
});

const big = model("big", "general");
const plainSmall = model("plain-small", "none", { hidden: 64 });
const plainBig = model("plain-big", "none");
const german = model("german", "none", { source: "German" });
const all = [big, german, plainSmall, plainBig];

test("the opened model is compared with one of the other kind, the same languages and size", () => {
  expect(comparedWith(big, all, new Map())).toEqual({ attending: big, plain: plainBig });
  expect(comparedWith(plainSmall, all, new Map())).toEqual({ attending: big, plain: plainSmall });
  expect(comparedWith(german, all, new Map())).toEqual({ attending: null, plain: german });
  expect(comparedWith(null, [], new Map())).toEqual({ attending: null, plain: null });
});

test("two other models are compared if the opened one has no counterpart", () => {
  const sets = record(measured("dev", range(1, 5, 20)));
  const evaluations = new Map(["big", "plain-big"].map((name) => [name, sets]));
  const pair = { attending: big, plain: plainBig };
  expect(firstCompared(german, all, evaluations)).toEqual(pair);
  expect(firstCompared(german, all, new Map())).toEqual({ attending: null, plain: german });
  expect(firstCompared(plainSmall, all, evaluations).plain).toBe(plainSmall);
});

test("a counterpart that was measured on the same set comes before one of the same size", () => {
  const evaluations = new Map([
    ["big", record(measured("dev", range(1, 5, 20)))],
    ["plain-small", record(measured("dev", range(1, 5, 10)))],
    ["plain-big", record(measured("test", range(1, 5, 10)))],
  ]);
  expect(comparedWith(big, all, evaluations).plain).toBe(plainSmall);
});

test("models that say nothing of languages are compared if their vocabularies are as large", () => {
  const [one, other] = [big, plainBig].map(({ card: _, ...entry }) => entry) as [
    ModelEntry,
    ModelEntry,
  ];
  expect(comparedWith(one, [one, other], new Map()).plain).toBe(other);
  const { sizes } = other;
  const letters = { ...other, sizes: { ...(sizes as ModelSizes), sourceVocabulary: 60 } };
  expect(comparedWith(one, [one, letters], new Map()).plain).toBeNull();
});

test("sets of both models come first, and ranges without sentences are left out", () => {
  const evaluations = new Map([
    [
      "big",
      record(
        measured("own", range(1, null, 5)),
        measured("dev", range(1, 5, 20), range(6, null, null, 0)),
      ),
    ],
    ["plain-big", record(measured("dev", range(1, 5, 10)))],
  ]);
  const sets = setsOf([big, plainBig], evaluations);
  expect(sets.map(({ set, isShared }) => [set, isShared])).toEqual([
    ["dev", true],
    ["own", false],
  ]);
  expect(lengthsOf(sets[0] as never)).toEqual([
    { from: 1, to: 5, bleu: [20, 10], sentences: [10, 10] },
  ]);
  expect(lengthsOf(sets[1] as never)).toEqual([
    { from: 1, to: null, bleu: [5, null], sentences: [10, null] },
  ]);
});

test("a model's score goes from its shortest range to its longest one", () => {
  const evaluations = new Map([
    ["big", record(measured("dev", range(1, 5, 46), range(6, 10, 47), range(11, null, 35)))],
    ["plain-big", record(measured("dev", range(1, 5, 15)))],
  ]);
  const [set] = setsOf([big, plainBig], evaluations);
  const [attending, plain] = changesOf(set as never);
  expect(attending).toMatchObject({ shortest: { to: 5 }, longest: { from: 11 }, from: 46, to: 35 });
  expect(plain).toBeNull();
});

test("models that were trained for different numbers of steps are told apart", () => {
  const after = (...steps: (number | null)[]) =>
    unequalSteps({
      measured: steps.map((each) => ({ ...measured("dev"), steps: each })),
    } as never);
  expect(after(14_688, 8702)).toEqual([14_688, 8702]);
  expect(after(700, 700)).toBeNull();
  expect(after(14_868, 14_860)).toBeNull();
  expect(after(700, null)).toBeNull();
});

test("models with different numbers of hidden units are told apart", () => {
  const of = (one: number | null, other: number | null) => {
    const [attending, plain] = [one, other].map((hidden) => ({ sizes: hidden && { hidden } }));
    return unequalHidden({ attending, plain } as never);
  };
  expect(of(384, 256)).toEqual([384, 256]);
  expect(of(256, 256)).toBeNull();
  expect(of(256, null)).toBeNull();
  expect(unequalHidden({ attending: null, plain: null })).toBeNull();
});

test("a word's attention is that of its tokens in all steps, with the spaces behind it", () => {
  const words = [
    { text: "ab", start: 0, end: 2 },
    { text: "c", start: 3, end: 4 },
  ];
  const attention = [
    [0.1, 0.2, 0.3, 0.4],
    [0.25, 0.25, 0, 0.5],
  ];
  const [first, second] = attendedWords(words, attention);
  expect(first?.sum).toBeCloseTo(1.1, 12);
  expect(second?.sum).toBeCloseTo(0.9, 12);
  expect(attendedWords(words, null).map(({ sum }) => sum)).toEqual([null, null]);
});

test("the page's sentence is taken if it is long, else the longest example", () => {
  const long = Array.from({ length: 15 }, () => "mot").join(" ");
  expect(longSentence(long, [`${long} mot`])).toBe(long);
  expect(longSentence("court", ["un peu plus", long])).toBe(long);
  expect(longSentence("court", [])).toBe("court");
});

test("a text that is one word to a model of letters is told by its letters", () => {
  expect(unitsOf("abc", "char")).toEqual(["a", "b", "c"]);
  expect(unitsOf("abc", "bpe")).toEqual(["abc"]);
  expect(unitsOf("4 May 2026", "char")).toEqual(["4", "May", "2026"]);
  const words = [{ text: "ab", start: 0, end: 2 }];
  expect(sourceUnits({ tokens: ["a", "b"], words }, "char")).toEqual([
    { text: "a", start: 0, end: 1 },
    { text: "b", start: 1, end: 2 },
  ]);
  expect(sourceUnits({ tokens: ["ab"], words }, "bpe")).toBe(words);
  expect(longSentence("abcd", ["ab", "abcdefgh"])).toBe("abcdefgh");
});

test("lengths are in words, unless a record says otherwise", () => {
  const counted = (set: RecordedSet) =>
    setsOf([big], new Map([["big", record(set)]])).map(lengthUnitOf);
  expect(counted(measured("one", range(1, 5, 20)))).toEqual(["words"]);
  const characters = { ...measured("one", range(1, 5, 20)), lengthUnit: "characters" as const };
  expect(counted(characters)).toEqual(["characters"]);
});
