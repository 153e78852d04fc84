/** What `seq2see evaluate` measures, prints and keeps. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { readEvaluation } from "../modelFolder/nodeEvaluation.ts";
import { addEvaluateCommand } from "./evaluate.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-evaluate-"));
const model = join(folder, "model");
const data = join(folder, "dev.tsv");
const record = join(model, "evaluation.json");
let printed: string[] = [];

beforeAll(async () => {
  await writeRandomModel(model);
  writeFileSync(data, "a b\tb a\na b c d\td c b a\na b c d e f g\tg f e d c b a\n");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  printed = [];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(text);
  });
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(record, { force: true });
});

async function run(...words: string[]): Promise<void> {
  const program = new Command("seq2see");
  addEvaluateCommand(program);
  const typed = ["evaluate", "--model", model, "--data", data, "--threads", "1", ...words];
  await runTyped(program, typed);
}

test("without being asked for it, nothing is measured by length and nothing is kept", async () => {
  await run("--json");
  expect(JSON.parse(printed.join("\n"))).not.toHaveProperty("byLength");
  expect(existsSync(record)).toBe(false);
});

test("ranges that are typed are measured and printed as a table", async () => {
  await run("--by-length", "1-4,5+");
  expect(printed.at(-1)).toMatch(/^source words .*\n1-4 +2 +\d+\.\d\d\n5\+ +1 +\d+\.\d\d$/);
});

test("as CSV it has the figures of --json, and a row for each range", async () => {
  const asked = ["--by-length", "1-4,5+", "--metrics", "bleu,chrf,rouge,cer,perplexity"];
  await run("--json", ...asked);
  const json = JSON.parse(printed.join("\n"));
  printed = [];
  await run("--csv", ...asked);
  const [header, ...rows] = printed
    .join("\n")
    .split("\n")
    .map((line) => line.split(","));
  const [all, short] = rows.map((row) =>
    Object.fromEntries(row.map((cell, at) => [header?.[at], cell])),
  );
  expect(rows.length).toBe(3);
  expect(all).toMatchObject({ set: "dev", beam: "5", length: "all", sentences: "3" });
  const { bleu, chrf, rouge, characterErrorRate, perplexity } = json;
  const numbers = { bleu: bleu.score, chrf: chrf.score, ...rouge, characterErrorRate, perplexity };
  for (const [name, number] of Object.entries(numbers)) expect(Number(all?.[name])).toBe(number);
  expect(all).not.toHaveProperty("wordErrorRate");
  expect(short).toMatchObject({ set: "dev", length: "1-4", lengthUnit: "words", sentences: "2" });
  expect(Number(short?.bleu)).toBe(json.byLength[0].bleu);
});

test("what is kept is what was measured, and other sets stay", async () => {
  await run("--save", "--json", "--beam", "2");
  const measured = JSON.parse(printed.join("\n"));
  expect(measured.byLength.map(({ sentences }: { sentences: number }) => sentences)).toEqual([
    2, 1, 0, 0, 0, 0,
  ]);
  await run("--save", "--set", "other");
  await run("--save", "--set", "other", "--by-length", "1+");
  const sets = (await readEvaluation(model))?.sets ?? [];
  expect(sets.map(({ set, beam }) => [set, beam])).toEqual([
    ["dev", 2],
    ["other", 5],
  ]);
  expect(sets[0]).toMatchObject({ sentences: 3, signature: measured.bleu.signature, steps: null });
  expect(sets[0]?.bleu).toBeCloseTo(measured.bleu.score, 4);
  expect(sets[1]?.byLength).toMatchObject([{ from: 1, to: null, sentences: 3 }]);
});

test.each([
  [["--by-length", "5-1"], /--by-length 5-1: "5-1" ends before it begins; write ranges as/],
  [["--csv", "--json"], /--csv: --json is given too; leave one out/],
  [["--set", "dev"], /--set dev: nothing is recorded; add --save/],
  [["--save", "--set", " "], /--set: give a name that is not empty/],
])("%o is refused", async (words, message) => {
  await expect(run(...words)).rejects.toThrow(message);
});

test("a record that is damaged is told before anything is translated, and stays", async () => {
  writeFileSync(record, "{}");
  await expect(run("--save")).rejects.toThrow(
    /evaluation\.json: format is missing; .*remove the file/,
  );
  expect(printed).toEqual([]);
  expect(readFileSync(record, "utf8")).toBe("{}");
});

describe("metrics", () => {
  const json = async (...words: string[]) => {
    await run("--json", ...words);
    return JSON.parse(printed.join("\n"));
  };

  test("only those that are asked for are measured", async () => {
    const measured = await json("--metrics", "rouge,wer,per,cer");
    expect(Object.keys(measured).sort()).toEqual([
      "beam",
      "characterErrorRate",
      "phonemeErrorRate",
      "rouge",
      "seconds",
      "sentences",
      "wordErrorRate",
    ]);
    expect(measured.phonemeErrorRate).toBe(measured.wordErrorRate);
    expect(Object.keys(measured.rouge)).toEqual(["rouge1", "rouge2", "rougeL"]);
  });

  test("are printed one a line", async () => {
    await run("--metrics", "bleu,rouge,wer,per,cer,exact,perplexity");
    expect(printed.map((line) => line.split(/[ |:]/)[0])).toEqual([
      "BLEU",
      "ROUGE",
      "word",
      "phoneme",
      "character",
      "perplexity",
      "exactly",
      "translated",
    ]);
  });

  test("nothing is translated where only given translations are looked at", async () => {
    const measured = await json("--metrics", "perplexity");
    expect(measured).toMatchObject({ sentences: 3, seconds: null });
    expect(measured.perplexity).toBeGreaterThan(1);
  });

  test("any of several references is right, from files or from rows with one source", async () => {
    const translated = await import("../library/seq2seq.ts").then(({ Seq2Seq }) =>
      Seq2Seq.load(model, { threads: 1 }),
    );
    const sources = ["a b", "a b c d", "a b c d e f g"];
    const own = (await translated.translateAll(sources, { beam: 5 })).map(([best]) => best?.text);
    await translated.release();
    const file = join(folder, "more.txt");
    writeFileSync(file, `\n${own[1]}\n\n`);
    const metrics = ["--metrics", "exact,bleu,per"];
    const further = await json(...metrics, "--references", file);
    expect(further.exactMatch).toBeCloseTo(1 / 3, 12);
    expect(further.bleu.signature).toMatch(/^nrefs:var/);
    printed = [];
    const grouped = join(folder, "grouped.tsv");
    writeFileSync(grouped, `a b\tb a\na b\t${own[0]}\na b c d\t${own[1]}\n`);
    const measured = await json(...metrics, "--data", grouped, "--group");
    expect(measured).toMatchObject({ sentences: 2, exactMatch: 1, phonemeErrorRate: 0 });
  });

  test("forced alignments are held against sure and possible links", async () => {
    const gold = join(folder, "gold.txt");
    writeFileSync(gold, "0-1 1-0\n0p3 1-2\n0-6\n");
    const { alignment } = await json("--metrics", "aer", "--gold-alignments", gold);
    expect(alignment.errorRate).toBeGreaterThan(0);
    expect(alignment.errorRate).toBeLessThanOrEqual(1);
    // Every link is possible: then nothing but what is missing is wrong.
    const all = (size: number, sure: string) =>
      Array.from({ length: size * size }, (_, at) => `${Math.floor(at / size)}${sure}${at % size}`);
    writeFileSync(gold, [2, 4, 7].map((size) => all(size, "p").join(" ")).join("\n"));
    printed = [];
    const possible = await json("--metrics", "aer", "--gold-alignments", gold);
    expect(possible.alignment).toEqual({ errorRate: 0, precision: 1, recall: 1 });
  });

  test.each([
    ["0-0\n0-0\n7-0\n", "3: the link 7-0 "],
    ["0-0 1p2\n0-0\n0-0\n", "1: the link 1-2 "],
  ])("a gold alignment of words that are not there is refused: %j", async (lines, message) => {
    const gold = join(folder, "beyond.txt");
    writeFileSync(gold, lines);
    await expect(run("--metrics", "aer", "--gold-alignments", gold)).rejects.toThrow(
      `beyond.txt:${message}is of a word that is not there, as the source has `,
    );
  });

  test("several models are evaluated as one", async () => {
    const single = await json("--metrics", "bleu,perplexity");
    printed = [];
    const twice = await json("--metrics", "bleu,perplexity", "--model", model);
    expect({ ...twice, seconds: 0 }).toEqual({ ...single, seconds: 0 });
  });

  test.each([
    [
      ["--metrics", "bleu,meteor"],
      /--metrics bleu,meteor: there is no "meteor"; choose some of bleu,/,
    ],
    [["--metrics", "aer"], /--metrics aer: say what is right with --gold-alignments FILE/],
    [["--gold-alignments", "gold.txt"], /--gold-alignments gold.txt: .*add --metrics aer/],
    [["--save", "--model", "other"], /--save: it keeps what one model reaches/],
    [["--average", "logits"], /--average logits: there is only one model; give --model several/],
    [["--min-length", "5", "--max-length", "4"], /--min-length 5: a translation has at most 4/],
    [
      ["--dictionary", "d", "--no-replace-unknown"],
      /--dictionary: unknown tokens are not replaced; add --replace-unknown, or leave/,
    ],
  ])("%o is refused", async (words, message) => {
    await expect(run(...words)).rejects.toThrow(message);
  });
});
