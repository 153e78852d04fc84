import { describe, expect, test } from "vitest";
import { experimentNames } from "../../../lab/experiments.ts";
import { ownText, readOwnPairs } from "../../../lab/ownPairs.ts";
import { taskNames } from "../../../lab/task.ts";
import { experimentText } from "./experiments.ts";
import { notLearnedWords, ownPairsFaultWords, pastedName, surveyWords } from "./ownPairs.ts";
import { taskText } from "./tasks.ts";

test.each(["en", "zh"] as const)("each task has its sentences in %s", (locale) => {
  expect(Object.keys(taskText[locale])).toEqual([...taskNames]);
  for (const [name, { title, example, toSee, settings }] of Object.entries(taskText[locale])) {
    expect(
      [title, example].every((text) => text !== ""),
      name,
    ).toBe(true);
    for (const sentence of [toSee, settings]) expect(sentence, name).toMatch(/[.。]$/);
  }
});

test.each(["en", "zh"] as const)("each experiment says in %s what to look for", (locale) => {
  expect(Object.keys(experimentText[locale])).toEqual([...experimentNames]);
  for (const { title, lookFor } of Object.values(experimentText[locale])) {
    expect(title).not.toBe("");
    expect(lookFor).toMatch(/[.。]$/);
  }
});

const pairs = Array.from({ length: 50 }, (_, index) => `mot ${index}\tword ${index}\n`).join("");

test("the report names dropped lines in both languages", async () => {
  const { survey } = await readOwnPairs(ownText(`${pairs}x\t\n\n`, "a.tsv"));
  const { en, zh } = surveyWords(survey);
  expect(en.slice(0, 3)).toEqual([
    "50 pairs kept, 2 dropped",
    "  1 empty target (line 51)",
    "  1 empty source and target (line 52)",
  ]);
  expect(zh.slice(0, 3)).toEqual([
    "保留 50 对，舍弃 2 对",
    "  目标为空：1 对（第 51 行）",
    "  源和目标都为空：1 对（第 52 行）",
  ]);
});

test("pairs that are too long for the model are named in both languages", () => {
  const words = notLearnedWords([
    { reason: "target longer than 100 tokens", count: 3, lines: [1, 2, 7] },
    { reason: "source longer than 1 word", count: 1, lines: [4] },
  ]);
  expect(words.en).toEqual([
    "3 pairs not learned from: target longer than 100 tokens",
    "1 pair not learned from: source longer than 1 word",
  ]);
  expect(words.zh).toEqual([
    "3 对不参加训练：目标超过 100 个词元",
    "1 对不参加训练：源超过 1 个词",
  ]);
});

describe("what is wrong is said in both languages, with the name of the file:", () => {
  test.each([
    ["", /^a\.tsv: there is nothing in it/, /^a\.tsv：里面什么也没有/],
    ["un\n", /^a\.tsv: line 1 has only 1 column/, /^a\.tsv：第 1 行只有 1 列，而需要第 1、2 列/],
    ["un\tone\n", /^a\.tsv: it has 1 pair; give at least 40/, /^a\.tsv：只有 1 对；至少要 40 对/],
  ])("%j", async (text, english, chinese) => {
    const error = await readOwnPairs(ownText(text, "a.tsv")).catch((reason: unknown) => reason);
    const { en, zh } = ownPairsFaultWords(error);
    expect(en).toMatch(english);
    expect(zh).toMatch(chinese);
  });
  test("of a text that was pasted, in the words of each", async () => {
    const error = await readOwnPairs(ownText("un\n", pastedName)).catch(
      (reason: unknown) => reason,
    );
    const { en, zh } = ownPairsFaultWords(error);
    expect(en).toMatch(/^your text: line 1 has only 1 column/);
    expect(zh).toMatch(/^粘贴的文本：第 1 行只有 1 列/);
  });
  test("other errors are quoted", () => {
    expect(ownPairsFaultWords(new Error("odd")).zh).toContain("odd");
  });
});
