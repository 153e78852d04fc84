import { expect, test } from "vitest";
import { initialState } from "../storage/checkpoint.ts";
import { type BestScore, bestScoreOf, type DevScore, isBetter } from "./bestScore.ts";

const byPerplexity = (perplexity: number): DevScore => ({ bleu: null, perplexity });

/** The evaluations that are the best so far, one after the other. */
function bestOf(scores: readonly DevScore[], start: BestScore = initialState()): DevScore[] {
  let best = start;
  return scores.filter((found) => {
    if (!isBetter(found, best)) return false;
    best = bestScoreOf(found);
    return true;
  });
}

test("without BLEU the lowest perplexity is the best, and an equal one no better", () => {
  const scores = [9, 5, 5, 7, 4].map(byPerplexity);
  expect(bestOf(scores).map(({ perplexity }) => perplexity)).toEqual([9, 5, 4]);
});

test("BLEU decides, whatever perplexity says", () => {
  const scores = [
    { bleu: 10, perplexity: 5 },
    { bleu: 12, perplexity: 6 },
    { bleu: 11, perplexity: 2 },
  ];
  expect(bestOf(scores).at(-1)).toBe(scores[1]);
});

test("where BLEU is 0 everywhere, or the same, perplexity decides", () => {
  const zeros = [3.4, 2, 1.6, 1.9].map((perplexity) => ({ bleu: 0, perplexity }));
  expect(bestOf(zeros).at(-1)).toBe(zeros[2]);
  const some = [
    { bleu: 0, perplexity: 2 },
    { bleu: 20, perplexity: 9 },
    { bleu: 20, perplexity: 8 },
    { bleu: 0, perplexity: 1 },
  ];
  expect(bestOf(some).at(-1)).toBe(some[2]);
});

test("what is not a number is never better", () => {
  expect(bestOf([byPerplexity(3), byPerplexity(Number.NaN)])).toHaveLength(1);
  expect(
    bestOf([
      { bleu: 0, perplexity: 3 },
      { bleu: 0, perplexity: Number.NaN },
    ]),
  ).toHaveLength(1);
});

test("a run of an earlier version goes on: it wrote down BLEU without the perplexity", () => {
  const older = (bestScore: number): BestScore => ({ bestScore });
  const { bestPerplexity: _, ...rest } = initialState();
  expect(bestOf([byPerplexity(3)], rest)).toHaveLength(1);
  const scores = [
    { bleu: 0, perplexity: 3 },
    { bleu: 0, perplexity: 4 },
  ];
  expect(bestOf(scores, older(0))).toEqual([scores[0]]);
  expect(bestOf(scores, older(7))).toEqual([]);
  // BLEU was 0 all along, and now perplexity decides in its place.
  expect(bestOf([byPerplexity(3), byPerplexity(4)], older(0))).toEqual([byPerplexity(3)]);
  expect(bestOf([byPerplexity(3)], older(-2))).toEqual([]);
});
