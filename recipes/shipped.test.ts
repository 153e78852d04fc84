import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cardTextOf, makeCard } from "../src/modelFolder/card.ts";
import { dates } from "./dates.ts";
import type { Command, CommandRunner } from "./recipe.ts";
import { cardTexts, noteResults, type ShippedCard, ship, writeCard } from "./shipped.ts";
import { paths, writeText } from "./workFolder.ts";

let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "seq2see-shipped-"));
});
afterEach(() => rm(work, { recursive: true }));

const card: ShippedCard = {
  recipe: "studio/echo",
  version: 3,
  title: "Words → themselves",
  languages: { source: "words", target: "words" },
  data: [{ name: "words", licence: "MIT", attribution: null, pairs: 1 }],
  notes: "It repeats.",
  examples: [["echo", "sound", "回声"]],
  chinese: {
    title: "词语 → 同样的词语",
    languages: { source: "词语", target: "词语" },
    notes: "它会重复。",
  },
};

/** A runner that notes the commands, ends each with the status given for its name, and exports a card. */
function runnerOf(commands: Command[], statuses: Record<string, number> = {}): CommandRunner {
  return {
    async run(command) {
      commands.push(command);
      const [name = ""] = command;
      if (name === "export") {
        const path = command[command.indexOf("--card") + 1] as string;
        const texts = cardTextOf(await readFile(path), path);
        const weights = { dtype: "int8", bytes: 9 } as const;
        const made = makeCard(
          { weights, evaluation: [], heldOutPairs: null },
          { title: "?", minutes: 2, date: "2026-12-01" },
          texts,
        );
        await writeText(join(paths.exported(work), "card.json"), JSON.stringify(made));
      }
      return statuses[name] ?? 0;
    },
    capture: async () => ({ status: 1, output: "" }),
  };
}

test("a card names its recipe and version in both languages, with the meaning of each example", () => {
  const bytes = new TextEncoder().encode(JSON.stringify(cardTexts(card)));
  const texts = cardTextOf(bytes, "card.json");
  expect(texts).toMatchObject({
    command: "npm run recipe -- studio/echo",
    notes: "Recipe studio/echo, version 3. It repeats.",
    examples: ["echo"],
    meanings: ["sound"],
    zh: { notes: "配方 studio/echo，第 3 版。它会重复。", meanings: ["回声"] },
  });
});

test("a model is shipped as int8 in place of an earlier copy, and the copy is measured", async () => {
  const commands: Command[] = [];
  const old = join(paths.exported(work), "old");
  await writeText(old, "");
  await writeCard(work, card);
  const sets = { compared: ["--data", "dev.tsv"], recorded: [["--data", "test.tsv"]] };
  expect(await ship(work, sets, runnerOf(commands))).toBe(0);
  expect(existsSync(old)).toBe(false);
  expect(commands.map((command) => command.join(" ").replaceAll(work, "W"))).toEqual([
    "export --model W/model --out W/exported --card W/card.json --weights int8 --data dev.tsv --beam 5",
    "evaluate --model W/exported --data test.tsv --beam 5 --by-length --save",
  ]);
});

test("shipping ends at the first command that fails", async () => {
  const commands: Command[] = [];
  await writeCard(work, card);
  const sets = { compared: ["--data", "dev.tsv"], recorded: [["--data", "test.tsv"]] };
  expect(await ship(work, sets, runnerOf(commands, { export: 3 }))).toBe(3);
  expect(commands).toHaveLength(1);
});

test("results of the copy go into its card, beside all that the export wrote there", async () => {
  await writeCard(work, card);
  await ship(work, { compared: [], recorded: [] }, runnerOf([]));
  await noteResults(work, card, { notes: "9 of 10 are right.", chinese: "十分之九正确。" });
  const path = join(paths.exported(work), "card.json");
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({
    minutes: 2,
    notes: "Recipe studio/echo, version 3. It repeats. 9 of 10 are right.",
    zh: { title: card.chinese.title, notes: "配方 studio/echo，第 3 版。它会重复。十分之九正确。" },
  });
});

test("the recipe of dates ends in a folder to ship, measured on days that it never saw", async () => {
  const commands: Command[] = [];
  await dates.prepare({ work });
  const daysOf = async (set: string): Promise<string[]> =>
    (await readFile(paths.table(work, set), "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[1] as string);
  const [train, dev, held] = await Promise.all(["train", "dev", "test"].map(daysOf));
  const known = new Set([...(train ?? []), ...(dev ?? [])]);
  expect(held?.filter((day) => known.has(day))).toEqual([]);
  expect(await dates.finish?.({ work }, runnerOf(commands))).toBe(0);
  for (const command of commands) expect(command).toContain(paths.table(work, "test"));
  const written = JSON.parse(await readFile(join(paths.exported(work), "card.json"), "utf8"));
  expect(written.notes).toContain("Recipe studio/dates, version 1.");
  expect(written.zh.notes).toContain("配方 studio/dates，第 1 版。");
});
