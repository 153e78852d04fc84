/** Which weights a run keeps by BLEU, where words are no unit and where lines are blank. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Random } from "../src/tensor/random.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-keep-best-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const table = (path: string) => ({ kind: "table", path, columns: ["1", "2"] }) as const;

/** Pairs of number words and what stands for them, so many of them a line. */
function pairs(words: readonly string[], between: string, least: number, most: number): string[] {
  const random = new Random(5);
  return Array.from({ length: 120 }, () => {
    const length = least + random.integer(most - least + 1);
    const numbers = Array.from({ length }, () => random.integer(words.length));
    const target = numbers.map((number) => words[number]).join(between);
    return `${numbers.map((number) => "abcd"[number]).join(" ")}\t${target}`;
  });
}

async function run(name: string, lines: readonly string[], more: Partial<TrainOptions> = {}) {
  writeFileSync(at(`${name}.tsv`), `${lines.join("\n")}\n`);
  const said: string[] = [];
  const data = table(at(`${name}.tsv`));
  await train(
    {
      data,
      dev: data,
      out: at(name),
      keepBest: "bleu",
      tokenizer: "char",
      threads: 1,
      model: { hidden: 16, embedding: 8 },
      learningRate: 0.02,
      steps: 40,
      evaluateEvery: 10,
      patience: 0,
      ...more,
    },
    { log: (line) => said.push(line) },
  );
  const evaluations = readFileSync(join(at(name), "training/metrics.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { said, evaluations, kept: evaluations.filter(({ isBest }) => isBest).at(-1) };
}

const largest = (values: number[]): number => values.reduce((one, other) => Math.max(one, other));

test.each([
  ["zh", ["一", "二", "三", "四"], "", undefined],
  ["char", ["ก", "ข", "ค", "ง"], "", undefined],
  ["13a", ["one", "two", "three", "four"], " ", undefined],
  ["char", ["一", "二", "三", "四"], "", "char"],
] as const)("BLEU by %s tells weights apart: %j", async (tokenizer, words, between, asked) => {
  const name = `${tokenizer}-${words[0]}-${asked}`;
  const { said, evaluations, kept } = await run(name, pairs(words, between, 4, 6), {
    bleuTokenizer: asked,
  });
  expect(said.filter((line) => line.startsWith("Dev BLEU: "))).toEqual([
    expect.stringContaining(`tok:${tokenizer}`),
  ]);
  const scores = evaluations.map(({ devBleu }) => devBleu);
  expect(kept.devBleu).toBe(largest(scores));
  expect(kept.devBleu).toBeGreaterThan(0);
  expect(evaluations.map(({ bleuTokenizer }) => bleuTokenizer)).toEqual(
    scores.map(() => tokenizer),
  );
});

test("of single words BLEU says nothing, so perplexity decides, which is told once", async () => {
  const { said, evaluations, kept } = await run("single", pairs(["one", "two"], "", 1, 1));
  expect(said.filter((line) => line.includes("four words"))).toEqual([
    expect.stringMatching(/: dev perplexity decides which weights are kept\.$/),
  ]);
  const perplexities = evaluations.map(({ devPerplexity }) => devPerplexity);
  expect(kept.devPerplexity).toBe(-largest(perplexities.map((value) => -value)));
  expect(evaluations.map(({ devBleu }) => devBleu)).toEqual(perplexities.map(() => null));
});

test("blank lines in the dev set and among watched pairs change nothing", async () => {
  const lines = pairs(["one", "two", "three", "four"], " ", 4, 6);
  const plain = await run("plain", lines);
  writeFileSync(at("watch.tsv"), `\n${lines[0]}\n\u3000\n\n`);
  const blank = await run("blank", [...lines, "", "a\t", "\u00a0", "\tone"], {
    watch: table(at("watch.tsv")),
  });
  const measured = ({ evaluations }: typeof plain) =>
    evaluations.map(({ devBleu, devPerplexity }) => ({ devBleu, devPerplexity }));
  expect(measured(blank)).toEqual(measured(plain));
  const watched = readFileSync(join(at("blank"), "training/watched.jsonl"), "utf8");
  expect(watched.trim().split("\n")).toHaveLength(4);
});

test("a tokenizer for BLEU is refused where BLEU is not measured", async () => {
  const lines = pairs(["one"], " ", 4, 4);
  await expect(
    run("refused", lines, { bleuTokenizer: "char", keepBest: "perplexity" }),
  ).rejects.toThrow('bleuTokenizer: "char": BLEU is not measured; add keepBest: "bleu"');
  await expect(run("unknown", lines, { bleuTokenizer: "mecab" as never })).rejects.toThrow(
    'bleuTokenizer: "mecab": give 13a, none, char, intl or zh.',
  );
});
