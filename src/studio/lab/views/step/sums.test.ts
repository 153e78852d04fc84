import { expect, test } from "vitest";
import type { ShownPair, ShownStep } from "../../../../lab/messages.ts";
import { batchLoss, hardestPlace, largestLoss, pairLoss, placed, targetPlaces } from "./sums.ts";

const pair: ShownPair = {
  source: "ab",
  target: "ba",
  sourceTokens: ["a", "b", "<pad>"],
  sourceMask: [true, true, false],
  inputTokens: ["<s>", "b", "a", "<pad>"],
  targetTokens: ["b", "a", "</s>", "<pad>"],
  targetMask: [true, true, true, false],
  losses: [0.5, 2, 0.25],
  best: [
    [
      { token: "b", probability: 0.6065 },
      { token: "a", probability: 0.3 },
    ],
    [{ token: "b", probability: 0.8 }],
    [{ token: "</s>", probability: 0.7788 }],
  ],
  attention: null,
};
const step: ShownStep = {
  figures: {
    step: 1,
    loss: 5.5 / 6,
    learningRate: 0,
    gradientNorm: 5,
    partNorms: [3, 4],
    seconds: 0,
  },
  pairs: [pair, pair],
  tokenCount: 6,
  isRandom: false,
};

test("tokens stand at their places of the batch, and padding at the others", () => {
  expect(placed(["a", "b"], [true, true, false])).toEqual(["a", "b", null]);
  expect(placed(["a", "b"], [false, true, true])).toEqual([null, "a", "b"]);
  expect(placed(["a", "b", "<pad>"], [true, true, false])).toEqual(["a", "b", null]);
});

test("the loss of the step is the sum of its tokens' losses by their number", () => {
  expect(pairLoss(pair)).toBe(2.75);
  expect(batchLoss(step) / step.tokenCount).toBeCloseTo(step.figures.loss, 12);
});

test("padding adds nothing", () => {
  const padded = { ...pair, losses: [...pair.losses, 9] };
  expect(pairLoss(padded)).toBe(2.75);
});

test("the hardest token has the largest loss", () => {
  expect(hardestPlace(pair)).toBe(1);
  expect(largestLoss(step)).toBe(2);
});

test("each token has its input, its loss and its probability: the listed one, else that of its loss", () => {
  const places = targetPlaces(pair);
  expect(places.map(({ input, token, loss }) => [input, token, loss])).toEqual([
    ["<s>", "b", 0.5],
    ["b", "a", 2],
    ["a", "</s>", 0.25],
  ]);
  expect(places[0]).toMatchObject({ probability: 0.6065, isListed: true });
  expect(places[1]?.isListed).toBe(false);
  expect(places[1]?.probability).toBeCloseTo(Math.exp(-2), 12);
});
