/** The way of `docs/openutau.md` from a dictionary to a pack for OpenUtau, and the pack in OpenUtau's loop. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shellBlocks } from "../scripts/documentation/commands.ts";
import { dictionaryEntries } from "../src/samples/cmudict.ts";
import { LoadedPack } from "./support/openUtauLoop.ts";
import { root } from "./support/studioPage.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-openutau-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = readFileSync(join(root, "docs/openutau.md"), "utf8");
const [, words = ""] = /^```js\n([\s\S]*?)^```$/m.exec(page) ?? [];
const commands = shellBlocks(page, "docs/openutau.md").flatMap((block) => block.commands);

/** Every 60th word of CMUdict, in the form of its own file. */
const dictionary = (() => {
  const path = join(root, "node_modules/cmu-pronouncing-dictionary/index.js");
  return dictionaryEntries(readFileSync(path, "utf8"), path).filter((_, at) => at % 60 === 0);
})();

function run(command: string): string {
  const program = join(root, "dist/cli/main.js");
  const whole = command.replace(/^seq2see /, `'${process.execPath}' '${program}' `);
  return execFileSync("bash", ["-c", whole], { cwd: folder, encoding: "utf8", stdio: "pipe" });
}

/** What a command prints, by the words that it begins with. */
const printed = new Map<string, string>();

beforeAll(() => {
  writeFileSync(join(folder, "words.mjs"), words);
  const lines = dictionary.map(({ word, phonemes }) => `${word} ${phonemes}\n`);
  writeFileSync(join(folder, "dictionary.txt"), `;;; a comment\n${lines.join("")}`);
  for (const command of commands) {
    const short = command.replace(
      "--hidden 256 --embedding 128 --minutes 60",
      "--hidden 48 --embedding 32 --steps 300 --evaluate-every 300 --learning-rate 0.01",
    );
    const [, name = ""] = /^(node|seq2see \w+)/.exec(command) ?? [];
    printed.set(name, run(short));
  }
});

test("the page's program makes letters and phonemes of a dictionary", () => {
  const rows = readFileSync(join(folder, "words.tsv"), "utf8").trimEnd().split("\n");
  expect(rows.length).toBe(dictionary.length);
  expect(rows.every((row) => /^\S( \S)*\t[A-Z]+( [A-Z]+)*$/.test(row))).toBe(true);
  expect(printed.get("seq2see evaluate")).toMatch(/phoneme error rate: [1-9]?\d\.\d\d %/);
});

test("OpenUtau's loop says what greedy search says, on 500 words", async () => {
  const pack = await LoadedPack.open(readFileSync(join(folder, "g2p.zip")));
  const asked = [...new Set(dictionary.map(({ word }) => word))].slice(-500);
  expect(asked.length).toBe(500);
  const spaced = asked.map((word) => `${[...word].join(" ")}\n`).join("");
  writeFileSync(join(folder, "asked.txt"), spaced);
  const greedy = "seq2see translate --model say --input asked.txt --beam 1 --forbid-unknown";
  const translations = run(greedy).trimEnd().split("\n");
  const found: string[] = [];
  for (const word of asked) found.push((await pack.predict(word)).join(" "));
  expect(found).toEqual(translations);
  expect(new Set(found).size).toBeGreaterThan(150);
  // The words of --data are known by heart.
  expect(pack.text("dict.txt").split("\n").length).toBeGreaterThan(2000);
  expect(pack.text("dict.txt")).toMatch(/^[a-z'.-]+ {2}[A-Z]+( [A-Z]+)*$/m);
});
