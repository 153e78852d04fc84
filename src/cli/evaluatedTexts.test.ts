/** What `seq2see evaluate` makes of references in other forms, without words or without anything. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { addEvaluateCommand } from "./evaluate.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-texts-"));
const at = (name: string): string => join(folder, name);
const sources = ["a b", "a b c d", "a b c d e f g"];
let printed: string[] = [];
let said: string[] = [];

beforeAll(async () => {
  const letters = { source: "abcdefg", target: "abcdé" };
  await writeRandomModel(at("latin"), {}, 1, letters);
  await writeRandomModel(at("chinese"), {}, 1, { ...letters, target: "一二三四五" });
  await writeRandomModel(at("thai"), {}, 1, { ...letters, target: "กขคงจ" });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  [printed, said] = [[], []];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(text);
  });
  vi.spyOn(console, "error").mockImplementation((line) => said.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function run(model: string, lines: readonly string[], ...words: string[]): Promise<void> {
  writeFileSync(at("data.tsv"), lines.map((line) => `${line}\n`).join(""));
  const program = new Command("seq2see");
  addEvaluateCommand(program);
  const typed = ["--model", at(model), "--data", at("data.tsv"), "--threads", "1", "--beam", "1"];
  await runTyped(program, ["evaluate", ...typed, ...words]);
}

async function measure(model: string, lines: readonly string[], ...words: string[]) {
  await run(model, lines, "--json", ...words);
  return JSON.parse(printed.join("\n"));
}

/** Pairs that a model gets right, but for what is done to their targets. */
async function rightPairs(model: string, change = (text: string) => text): Promise<string[]> {
  const loaded = await Seq2Seq.load(at(model), { threads: 1 });
  const found = await loaded.translateAll(sources, { beam: 1 });
  await loaded.release();
  return found.map(([best], index) => `${sources[index]}\t${change(best?.text ?? "")}`);
}

const insideSpaces = (text: string): string => `\u00a0${text}\u202f`;

describe("references in another form than the model's", () => {
  const rates = ["--metrics", "exact,cer,wer,per,rouge,bleu,chrf"];

  test.each([
    ["no-break spaces", insideSpaces, { whiteSpace: 3 }, /3 of 3 .* white space other than/],
    ["capitals", (text: string) => text.toUpperCase(), { capitals: 3 }, /3 of 3 .* hold capitals/],
  ])("%s make nothing wrong, and are told", async (_, change, counted, line) => {
    const measured = await measure("latin", await rightPairs("latin", change), ...rates);
    expect(measured).toMatchObject({ exactMatch: 1, characterErrorRate: 0, wordErrorRate: 0 });
    expect(measured).toMatchObject({ phonemeErrorRate: 0, rouge: { rouge1: 1, rougeL: 1 } });
    const none = { references: 3, capitals: 0, decomposed: 0, whiteSpace: 0 };
    expect(measured.referenceForm).toEqual({ ...none, ...counted });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(line);
  });

  test("a decomposed letter is the same letter", async () => {
    const lines = await rightPairs("latin", (text) => text.normalize("NFD"));
    expect(lines.join()).toMatch(/e\u0301/);
    const measured = await measure("latin", lines, ...rates);
    expect(measured).toMatchObject({ exactMatch: 1, characterErrorRate: 0 });
    expect(measured.referenceForm.decomposed).toBeGreaterThan(0);
    expect(said[0]).toMatch(
      /not composed \(NFC\), .*; write the references in NFC to change it\.$/,
    );
  });

  test("BLEU and chrF take capitals as they are, unless --lowercase says otherwise", async () => {
    const lines = await rightPairs("latin", (text) => text.toUpperCase());
    const scores = ["--metrics", "bleu,chrf"];
    expect((await measure("latin", lines, ...scores)).chrf.score).toBe(0);
    expect(said[0]).toBe(
      "3 of 3 references hold capitals, which this model never writes: BLEU and chrF compare the references as they are; --lowercase compares BLEU and chrF in small letters.",
    );
    [printed, said] = [[], []];
    const measured = await measure("latin", lines, ...scores, "--lowercase");
    expect(measured.chrf).toMatchObject({ score: 100 });
    expect(measured.bleu.signature).toContain("case:lc");
    expect(measured).not.toHaveProperty("referenceForm");
  });

  test("holds for further references and for groups of them", async () => {
    const lines = await rightPairs("latin", insideSpaces);
    const others = sources.map((source) => `${source.replaceAll(" ", "\u00a0")}\tnever`);
    expect((await measure("latin", [...others, ...lines], "--group", ...rates)).exactMatch).toBe(1);
    writeFileSync(at("more"), lines.map((line) => `${line.split("\t")[1]}\n`).join(""));
    printed = [];
    const measured = await measure("latin", others, ...rates, "--references", at("more"));
    expect(measured).toMatchObject({ exactMatch: 1, referenceForm: { whiteSpace: 3 } });
  });

  test("nothing is said of references that are in the model's form", async () => {
    const measured = await measure("latin", await rightPairs("latin"), "--metrics", "exact");
    expect(measured).not.toHaveProperty("referenceForm");
    expect(said).toEqual([]);
  });
});

describe("blank pairs", () => {
  const wrong = ["a b\tnever", "a b c d\tnor that"];
  const exact = ["--metrics", "exact,perplexity"];

  test.each([
    ["at the end", [...wrong, "", ""]],
    ["in the middle", [wrong[0], "", wrong[1], " \t "]],
    ["of spaces of other kinds", [...wrong, "\u3000\t\u00a0", "\ufeff"]],
  ])("%s count nowhere", async (_, lines) => {
    const alone = await measure("latin", wrong, ...exact);
    [printed, said] = [[], []];
    const measured = await measure("latin", lines as string[], ...exact);
    expect(measured).toMatchObject({ sentences: 2, exactMatch: 0, perplexity: alone.perplexity });
    expect(measured.leftOut).toMatchObject([{ reason: "empty source and target", count: 2 }]);
    expect(said).toEqual([expect.stringMatching(/^Left out: 2 empty source and target \(lines /)]);
  });

  test("a blank source or a blank target makes a pair that is left out and told", async () => {
    const measured = await measure("latin", [...wrong, "\tx", "a b\t"], ...exact);
    expect(measured.sentences).toBe(2);
    expect(said).toEqual(["Left out: 1 empty source (line 3), 1 empty target (line 4)."]);
  });

  test("a blank target is no reference beside others of the same sentence", async () => {
    const [first, second, third] = await rightPairs("latin");
    const lines = [`${sources[0]}\t`, first, second, third] as string[];
    expect(await measure("latin", lines, "--group", ...exact)).toMatchObject({
      sentences: 3,
      exactMatch: 1,
    });
    writeFileSync(at("more"), `${first?.split("\t")[1]}\n\n\n`);
    printed = [];
    const further = [`${sources[0]}\t`, `${sources[1]}\tnever`, "\t"];
    expect(await measure("latin", further, "--references", at("more"), ...exact)).toMatchObject({
      sentences: 2,
      exactMatch: 1 / 2,
    });
  });

  test("gold alignments keep a line for each pair, blank ones too", async () => {
    writeFileSync(at("gold"), "0-0\n\n0-0\n");
    const aer = ["--metrics", "aer,exact", "--gold-alignments", at("gold")];
    const measured = await measure("latin", ["a b\tc", "", "a b c\td"], ...aer);
    expect(measured.alignment.recall).toBeGreaterThanOrEqual(0);
    writeFileSync(at("gold"), "0-0\n0-0\n0-0\n");
    await expect(measure("latin", ["a b\tc", "", "a b c\td"], ...aer)).rejects.toThrow(
      /gold:2: the link 0-0 is of a word that is not there/,
    );
  });

  test.each([
    [["", " \t"], /data\.tsv: every source or target is empty; check the columns/],
    [["\tx", "\ty"], /data\.tsv: every source is empty; check the columns/],
    [["x\t", "y\t "], /data\.tsv: every target is empty; check the columns/],
  ])("a set without any pair is refused: %j", async (lines, message) => {
    await expect(run("latin", lines)).rejects.toThrow(message);
  });

  test("where only further references are given, perplexity has nothing to be of", async () => {
    writeFileSync(at("more"), "x\n");
    const further = ["--references", at("more")];
    await expect(run("latin", ["a b\t"], ...further)).rejects.toThrow(
      /every target is empty, and perplexity is of these; give --metrics without it/,
    );
    await run("latin", ["a b\t"], ...further, "--metrics", "exact");
    expect(printed[0]).toMatch(/of 1 sentence$/);
  });
});

describe("references without spaces between words", () => {
  const spoilt = (last: string) => (text: string) => `${text.slice(0, -1)}${last}`;
  const metrics = ["--metrics", "bleu,rouge,wer,cer"];

  test.each([
    ["chinese", "九", "zh"],
    ["thai", "ฮ", "char"],
  ])("%s is counted in characters, and the unit is named", async (model, last, tokenizer) => {
    const measured = await measure(model, await rightPairs(model, spoilt(last)), ...metrics);
    expect(measured.bleu.signature).toContain(`tok:${tokenizer}`);
    expect(measured.bleu.score).toBeGreaterThan(30);
    expect(measured.unit).toBe("characters");
    expect(measured.rouge.rouge1).toBeGreaterThan(0.5);
    expect(measured.wordErrorRate).toBeGreaterThan(0);
    expect(measured.wordErrorRate).toBeLessThan(0.5);
    expect(said).toEqual([
      `The references have no spaces between words, so BLEU (tok:${tokenizer}), ROUGE and word error rate count characters.`,
    ]);
    printed = [];
    await run(model, await rightPairs(model, spoilt(last)), ...metrics);
    expect(printed.filter((line) => line.includes("of characters"))).toHaveLength(2);
  });

  test("a tokenizer that is asked for is used, and what it does is told", async () => {
    const asked = ["--metrics", "bleu", "--bleu-tokenizer", "13a"];
    const measured = await measure("chinese", await rightPairs("chinese", spoilt("九")), ...asked);
    expect(measured.bleu.signature).toContain("tok:13a");
    expect(said).toEqual([
      "The references have no spaces between words, so BLEU's 13a takes each for one word or few; --bleu-tokenizer zh or char counts characters.",
    ]);
  });

  test("lengths of sources without spaces are counted in characters", async () => {
    const lines = ["二匹の犬が雪の中を走る\tone two three four", "犬\tone"];
    const measured = await measure("latin", lines, "--metrics", "bleu", "--by-length", "1-4,5+");
    expect(measured.lengthUnit).toBe("characters");
    expect(measured.byLength.map(({ sentences }: { sentences: number }) => sentences)).toEqual([
      1, 1,
    ]);
  });

  test("words with spaces between them stay words", async () => {
    const measured = await measure("latin", await rightPairs("latin"), ...metrics);
    expect(measured).not.toHaveProperty("unit");
    expect(measured.bleu.signature).toContain("tok:13a");
  });

  test("of single Chinese words, both are told: the unit, and that BLEU says nothing", async () => {
    await run("chinese", ["a\t一二", "b\t三"], "--metrics", "bleu,wer");
    expect(said).toEqual([
      "The references have no spaces between words, so BLEU (tok:zh) and word error rate count characters.",
      expect.stringMatching(/^No reference has four words \(tok:zh\), so BLEU/),
    ]);
  });

  test("BLEU of references that are all shorter than four words is told to say nothing", async () => {
    await run("latin", ["a b\tone two three", "a\tone"], "--metrics", "bleu");
    expect(said).toEqual([
      expect.stringMatching(/^No reference has four words \(tok:13a\), so BLEU/),
    ]);
  });
});
