import { expect, test } from "vitest";
import { type Evaluation, evaluationsOf, pairsOf } from "./records.ts";

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
