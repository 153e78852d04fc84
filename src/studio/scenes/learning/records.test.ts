import { expect, test } from "vitest";
import { type Evaluation, evaluationsOf, pairsOf, samplesAt, samplesOf } from "./records.ts";

const evaluation = (step: number, seconds: number): Evaluation => ({
  step,
  epoch: 0,
  seconds,
  trainPerplexity: 9,
  devPerplexity: null,
  devBleu: null,
  learningRate: 0.001,
  isBest: true,
});
const snapshot = (
  step: number,
  source: string,
  attention: number[][] | null = [[1], [1]],
): string =>
  JSON.stringify({
    step,
    seconds: step,
    source,
    sourceTokens: [source],
    targetTokens: ["x"],
    logProbability: -step,
    attention,
    translation: `at ${step}`,
  });

test("evaluations are in the order of their steps, and damaged lines are left out", () => {
  const lines = [evaluation(20, 2), evaluation(10, 1)].map((line) => JSON.stringify(line));
  const found = evaluationsOf([...lines, "", '{"step":30', '{"step":40}', "null"].join("\n"));
  expect(found.map(({ step }) => step)).toEqual([10, 20]);
});

test("each pair has its own snapshots, in the order in which the pairs are watched", () => {
  const lines = [
    snapshot(1, "un"),
    snapshot(1, "deux", null),
    snapshot(2, "un"),
    snapshot(2, "deux", null),
  ];
  const pairs = pairsOf(lines.join("\n"));
  expect(pairs.map(({ source, targetTokens }) => [source, targetTokens])).toEqual([
    ["un", ["x", "</s>"]],
    ["deux", ["x", "</s>"]],
  ]);
  expect(pairs[0]?.snapshots.map(({ translation }) => translation)).toEqual(["at 1", "at 2"]);
  expect(pairs[1]?.snapshots[0]?.attention).toBeNull();
});

test("of two snapshots at one step the later counts", () => {
  const again = snapshot(1, "un").replace("at 1", "again");
  expect(
    pairsOf(`${snapshot(1, "un")}\n${again}`)[0]?.snapshots.map((one) => one.translation),
  ).toEqual(["again"]);
});

test("sample translations are in the order of their steps; damaged lines and scores of other kinds are left out", () => {
  const line = (step: number, metric = "bleu"): string =>
    JSON.stringify({
      step,
      seconds: step,
      score: { metric, value: step, pairs: 100, tokenizer: "13a" },
      translations: [{ source: "un", reference: "one", output: `at ${step}` }],
    });
  const found = samplesOf([line(20), line(10, "exact"), line(30, "beauty"), "{"].join("\n"));
  expect(found.map(({ step, score }) => [step, score.metric])).toEqual([
    [10, "exact"],
    [20, "bleu"],
  ]);
  const outputAt = (step: number) => samplesAt(found, step)?.translations[0]?.output;
  expect([5, 10, 19, 20, 99].map(outputAt)).toEqual(["at 10", "at 10", "at 10", "at 20", "at 20"]);
  expect(samplesAt([], 10)).toBeNull();
});
