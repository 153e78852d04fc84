import { expect, test } from "vitest";
import { learnCharacters } from "../../text/characterLearner.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { DevSample } from "./devSample.ts";

const tokenizer = TextTokenizer.fromJson(learnCharacters(new Map([["abc", 1]])), "t");

function sampleOf(
  targets: readonly string[],
  translations: readonly string[] = targets,
  shown = 2,
) {
  const model = {
    pairs: targets.map((target, index) => ({ source: `source ${index}`, target, line: index + 1 })),
    translations: async () => [...translations],
    release: async () => {},
  };
  return new DevSample(model, tokenizer, { shown }).measure(7, 1.6);
}

test.each<[string, string[], object]>([
  ["sentences", ["the cat is here now", "a dog ran"], { metric: "bleu", tokenizer: "13a" }],
  ["Chinese sentences", ["一二三四五", "六七八"], { metric: "bleu", tokenizer: "zh" }],
  ["Thai sentences", ["สุนัขสองตัววิ่ง"], { metric: "bleu", tokenizer: "char" }],
  ["dates", ["1987-03-03", "2001-10-12"], { metric: "exact" }],
  ["words", ["one", "two"], { metric: "exact" }],
  ["phrases that are too short for BLEU", ["one two", "three four"], { metric: "exact" }],
])("%s are judged by what says most of them", async (_, targets, expected) => {
  const { score } = await sampleOf(targets);
  expect(score).toMatchObject({ ...expected, pairs: targets.length });
  expect(score.value).toBeCloseTo(100, 8);
});

test("a share is right", async () => {
  const dates = ["2001-10-12", "2001-10-13", "2001-10-14", "2001-10-15"];
  const { score } = await sampleOf(dates, [...dates.slice(0, 3), "1"]);
  expect(score).toEqual({ metric: "exact", value: 75, pairs: 4 });
});

test("the first pairs are shown with their translations", async () => {
  const line = await sampleOf(["one", "two", "three"], ["eins", "two", ""]);
  expect(line).toMatchObject({ step: 7, seconds: 2 });
  expect(line.translations).toEqual([
    { source: "source 0", reference: "one", output: "eins" },
    { source: "source 1", reference: "two", output: "two" },
  ]);
});
