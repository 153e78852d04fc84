/** The commands of some pages, run as a reader would with small files; `npm run docs:run` runs those of all pages. */
import { beforeAll, expect, test } from "vitest";
import { documentedBlocks } from "../scripts/documentation/commands.ts";
import type { CommandResult } from "../scripts/documentation/run.ts";
import { runBlocks } from "../scripts/documentation/run.ts";
import { root } from "./support/studioPage.ts";

/** Pages whose commands take a minute together. */
const pages = [
  "README.md",
  "docs/decoding.md",
  "docs/evaluation.md",
  "docs/export.md",
  "docs/vectors.md",
];

/** The slow tests build the library, and not the studio's page. */
const needsBuiltStudio = (command: string): boolean => /\bseq2see studio\b/.test(command);

let results: CommandResult[];
beforeAll(async () => {
  results = await runBlocks(
    documentedBlocks(root).filter(({ page }) => pages.includes(page)),
    { root, isWanted: (command) => !needsBuiltStudio(command) },
  );
});

test.each(pages)("the commands of %s run", (page) => {
  const ofPage = results.filter(({ block }) => block.page === page);
  expect(ofPage.length).toBeGreaterThan(0);
  const failed = ofPage.filter(({ status }) => status !== 0);
  expect(failed.map(({ run, output }) => `${run}\n${output}`)).toEqual([]);
});

test("what translates prints a translation of each line", () => {
  const lines = results
    .filter(({ command }) => /translate --model (?:one|my-model) .*--input test\.fr/.test(command))
    .map(({ output }) => output.trim().split("\n").length);
  expect(lines).toEqual(lines.map(() => 12));
});
