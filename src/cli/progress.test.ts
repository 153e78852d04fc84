import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EvaluationResult } from "../training/run/events.ts";
import { columnsOf } from "./columns.ts";
import { ProgressLine } from "./progress.ts";

let written = "";
beforeEach(() => {
  written = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const result: EvaluationResult = {
  step: 587,
  epoch: 1,
  epochPart: 0.97,
  seconds: 95,
  trainPerplexity: 7.1234,
  devPerplexity: 9.8765,
  devBleu: null,
  learningRate: 0.001,
  isBest: true,
  sample: {
    score: { metric: "bleu", value: 12.34, pairs: 100, tokenizer: "13a" },
    translations: [
      {
        source: "je suis\tétudiant .",
        reference: "i am a student .",
        output: "i am a \u001b[2Jman",
      },
    ],
  },
};
const linesOf = (changes: Partial<EvaluationResult> = {}): string[] => {
  new ProgressLine().showEvaluation({ ...result, ...changes });
  return written.trimEnd().split("\n");
};

/** Makes standard error a terminal of so many columns, or none. */
function terminal(columns: number | null): void {
  for (const [key, value] of [
    ["isTTY", columns !== null],
    ["columns", columns ?? undefined],
  ] as const) {
    Object.defineProperty(process.stderr, key, { value, configurable: true });
  }
}

test("an evaluation has its numbers in a line, and a translation in three", () => {
  terminal(null);
  expect(linesOf()).toEqual([
    "epoch 1.9  step 587  1 min 35 s  train perplexity 7.123  dev perplexity 9.877  BLEU 12.3 of 100 dev pairs  (kept)",
    "    source     je suis étudiant .",
    "    reference  i am a student .",
    "    output     i am a  [2Jman",
  ]);
});

test.each<[Partial<EvaluationResult>, string]>([
  [{ epoch: 2, epochPart: 0 }, "epoch 2.0  step"],
  [{ epoch: 0, epochPart: 9 / 30 }, "epoch 0.3  step"],
  [{ sample: null }, "dev perplexity 9.877  (kept)"],
  [
    { sample: { score: { metric: "exact", value: 43.2, pairs: 50 }, translations: [] } },
    "exact match 43 % of 50 dev pairs",
  ],
  [{ devBleu: 20.06, bleuTokenizer: "zh" }, "dev BLEU 20.1 (tok:zh)  (kept)"],
])("%j is told as %j", (changes, text) => {
  terminal(null);
  expect(linesOf(changes)[0]).toContain(text);
});

test("in a terminal no line is longer than a row; elsewhere all is there", () => {
  const long = "一二三四五六七八九十".repeat(12);
  const sample = {
    score: { metric: "bleu", value: 1, pairs: 1 },
    translations: [{ source: long, reference: "b", output: "c" }],
  } as const;
  terminal(60);
  const [, source = ""] = linesOf({ sample });
  expect(columnsOf(source)).toBeLessThanOrEqual(60);
  expect(columnsOf(source)).toBeGreaterThan(57);
  expect(source.endsWith("…")).toBe(true);
  written = "";
  terminal(null);
  expect(linesOf({ sample })[1]).toContain(long);
});

test("a step shows loss, perplexity, speed and the time left, at once", () => {
  terminal(null);
  const step = {
    step: 12,
    epoch: 0,
    epochPart: 0.25,
    loss: 3.21,
    perplexity: 24.7,
    learningRate: 0.001,
    tokensPerSecond: 5432,
    seconds: 10,
    secondsLeft: 65,
  };
  const line = new ProgressLine();
  line.show(step);
  line.show(step);
  expect(written).toBe(
    "epoch 0.2  step 12  loss 3.210  perplexity 24.70  rate 0.0010  5,432 tokens/s  1 min 05 s left\n",
  );
});
