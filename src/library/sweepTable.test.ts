import { expect, test } from "vitest";
import type { SweepRun } from "./sweepTable.ts";
import { spreadOf, sweepCsv, sweepMarkdown, sweepRunsCsv } from "./sweepTable.ts";

const run = (hidden: number, seed: number, devPerplexity: number): SweepRun => ({
  name: `hidden-${hidden}_seed-${seed}`,
  values: { hidden },
  seed,
  state: "measured",
  steps: 10,
  minutes: 0.5,
  devPerplexity,
  exactMatch: 0.25,
});

const runs: readonly SweepRun[] = [
  run(8, 1, 4),
  run(16, 1, 3),
  run(8, 2, 6),
  {
    name: "hidden-16_seed-2",
    values: { hidden: 16 },
    seed: 2,
    state: "failed",
    problem: 'The loss became NaN, "so"',
  },
];

test("the spread is the sample standard deviation; one number has none", () => {
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7) });
  expect(spreadOf([3])).toEqual({ mean: 3, deviation: null });
});

test("the Markdown table has a row for each combination, and the best value is bold", () => {
  expect(sweepMarkdown(runs).split("\n")).toEqual([
    "| hidden | runs | dev perplexity | exact match, % | steps | minutes |",
    "| --- | --- | --- | --- | --- | --- |",
    "| 8 | 2 | 5.000 ± 1.414 | 25.0 ± 0.0 | 10 ± 0 | 0.50 ± 0.00 |",
    "| 16 | 1 (1 failed) | **3.000** | 25.0 | 10 | 0.50 |",
  ]);
});

test("the CSV tables have all digits, and empty cells for what is not measured", () => {
  expect(sweepCsv(runs).split("\n").slice(0, 3)).toEqual([
    "hidden,runs,failed,devPerplexity_mean,devPerplexity_sd,bleu_mean,bleu_sd,exactMatch_mean,exactMatch_sd,steps_mean,steps_sd,minutes_mean,minutes_sd",
    `8,2,0,5,${Math.SQRT2},,,0.25,0,10,0,0.5,0`,
    "16,1,1,3,,,,0.25,,10,,0.5,",
  ]);
  expect(sweepRunsCsv(runs).split("\n").slice(3, 5)).toEqual([
    "hidden-8_seed-2,8,2,measured,6,,0.25,10,0.5,",
    'hidden-16_seed-2,16,2,failed,,,,,,"The loss became NaN, ""so"""',
  ]);
});
