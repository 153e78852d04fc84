import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UserError } from "../../tensor/errors.ts";
import { parseTokenizerOption } from "../../text/tokenizerOption.ts";
import type { TaskName } from "../task.ts";
import { taskNames } from "../task.ts";
import { pronunciationFile } from "./pronunciation.ts";
import { tasks } from "./registry.ts";

const words = readFileSync(join(import.meta.dirname, "../../../models/vectors/words.json"), "utf8");

/** A list of the form that the page has beside it; the words are not those that the dictionary knows. */
const fetchText = async (file: string): Promise<string> => {
  expect(file).toBe(pronunciationFile);
  return (JSON.parse(words) as string[]).map((word) => `${word}\t${word}\n`).join("");
};

const names = Object.keys(tasks) as (keyof typeof tasks)[];

test("every task but the reader's own has its place", () => {
  const made: readonly TaskName[] = names;
  expect([...made, "own"].sort()).toEqual([...taskNames].sort());
  for (const name of names) expect(tasks[name].name).toBe(name);
});

describe.each(names)("%s", (name) => {
  const task = tasks[name];
  test("gives the same pairs for the same seed, and others for another", async () => {
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map((seed) => task.pairs(seed, fetchText)),
    );
    expect(same).toEqual(one);
    expect(other?.train.slice(0, 20)).not.toEqual(one?.train.slice(0, 20));
  });
  test("holds sources out that never occur in training", async () => {
    const { train, heldOut } = await task.pairs(3, fetchText);
    const sources = new Set(train.map(({ source }) => source));
    expect(heldOut.length).toBe(200);
    expect(train.length).toBeGreaterThan(5000);
    expect(heldOut.filter(({ source }) => sources.has(source))).toEqual([]);
    expect(new Set(heldOut.map(({ source }) => source)).size).toBe(heldOut.length);
  });
  test("shows short and long sources first", async () => {
    const { heldOut } = await task.pairs(3, fetchText);
    const lengths = (count: number): Set<number> =>
      new Set(heldOut.slice(0, count).map(({ source }) => source.length));
    expect(lengths(16).size).toBe(Math.min(16, lengths(heldOut.length).size));
  });
  test("knows the answer to its own pairs, unless only they know it", async () => {
    const { train, heldOut } = await task.pairs(4, fetchText);
    for (const { source, target } of [...heldOut.slice(0, 20), ...train.slice(0, 20)]) {
      expect(target).not.toBe("");
      expect(task.answer(source), source).toBe(name === "pronunciation" ? null : target);
    }
  });
  test("has an example whose answer is known, and a tokenizer", () => {
    expect(task.answer(task.example) === null).toBe(name === "pronunciation");
    expect(parseTokenizerOption(task.tokenizer).kind).toBe("char");
  });
});

test.each([
  ["reverse", "été", "été"],
  ["reverse", "Seq2Seq", "qeS2qeS"],
  ["copy", " abc ", "abc"],
  ["sort", "9050", "0059"],
  ["add", "27 + 158", "185"],
  ["add", "999+1", "1000"],
  ["dates", "le 1er juin 1815", "1815-06-01"],
  ["numbers", "Two Hundred Forty-One", "241"],
  ["numbers", "两千零一", "2001"],
] as const)("%s: %s → %s", (name, source, answer) => {
  expect(tasks[name].answer(source)).toBe(answer);
});

test.each([
  ["reverse", " "],
  ["sort", "12a"],
  ["add", "1+2+3"],
  ["add", "one+two"],
  ["dates", "tomorrow"],
  ["numbers", "ten thousand"],
  ["pronunciation", "the"],
] as const)("%s does not know what to make of %j", (name, source) => {
  expect(tasks[name].answer(source)).toBeNull();
});

test.each(["", "<!doctype html>", "a\tb\n"])(
  "a list of words that is %j is refused",
  async (text) => {
    await expect(tasks.pronunciation.pairs(1, async () => text)).rejects.toThrow(UserError);
  },
);
