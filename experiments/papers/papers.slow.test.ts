/** The experiments on corpora, tiny and on made-up sentences: each comes to its verdict, its tables and its figure. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { experiments } from "../catalog.ts";
import { corpora } from "../data/corpora.ts";
import { reorderedPairs } from "../data/reorderingGrammar.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "seq2see-papers-"));
const results = join(folder, "results");

/** Sentences under the name of a corpus; dev is long enough to be cut in two. */
function writeCorpus({ train, dev, test: held }: (typeof corpora)["multi30k"]): void {
  const pairs = reorderedPairs(1000, 1).map(({ source, target }) => `${source}\t${target}\n`);
  writeFileSync(join(folder, train), pairs.slice(0, 400).join(""));
  writeFileSync(join(folder, dev), pairs.slice(400, 930).join(""));
  if (held !== null) writeFileSync(join(folder, held), pairs.slice(930, 960).join(""));
}

beforeAll(() => {
  writeCorpus(corpora.multi30k);
  writeCorpus(corpora.europarl);
  writeCorpus(corpora.tatoeba);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(["reversal", "length", "luong-table1", "gnmt"])("%s", (name) => {
  const stdout = execFileSync(
    "node",
    [
      join(root, ".build/experiments/main.js"),
      name,
      "--corpora",
      folder,
      "--minutes",
      "0.01",
      "--seeds",
      "1",
      "--work",
      join(folder, "work"),
      "--out",
      results,
    ],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  expect(stdout).toMatch(/^(reproduced|reproduced in part|not at this size): /);
  expect(stdout).not.toContain("NaN");
  const page = readFileSync(join(results, `${name}.md`), "utf8");
  expect(page).not.toMatch(/NaN|undefined/);
  const sides = experiments.find(({ about }) => about.name === name)?.trainings ?? 0;
  const table = page.slice(page.indexOf("| side | "));
  expect(table.split("\n\n")[0]?.split("\n")).toHaveLength(2 + sides);
  expect(readFileSync(join(results, `${name}-bleu.svg`), "utf8")).toContain("</svg>");
});
