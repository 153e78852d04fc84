import { describe, expect, test } from "vitest";
import { OptionError } from "../../options/optionError.ts";
import { gridRuns, repeatableEvaluations } from "./grid.ts";

const options = { data: "a.tsv", dev: "b.tsv", out: "grid", steps: 3, model: { embedding: 8 } };

test("every combination is trained with the first seed, then with the next", () => {
  const runs = gridRuns({ options, vary: { hidden: [8, 16], dropout: [0, 0.1] }, seeds: 2 });
  expect(runs.map(({ name }) => name)).toEqual([
    "hidden-8_dropout-0_seed-1",
    "hidden-8_dropout-0.1_seed-1",
    "hidden-16_dropout-0_seed-1",
    "hidden-16_dropout-0.1_seed-1",
    "hidden-8_dropout-0_seed-2",
    "hidden-8_dropout-0.1_seed-2",
    "hidden-16_dropout-0_seed-2",
    "hidden-16_dropout-0.1_seed-2",
  ]);
});

test("options of the model and of the training get to their places", () => {
  const vary = { hidden: [8], preset: ["bahdanau2014"], tokenizer: ["char"] };
  const [run] = gridRuns({ options: { ...options, seed: 7 }, vary, seeds: 1 });
  expect(run?.options).toEqual({
    data: "a.tsv",
    dev: "b.tsv",
    steps: 3,
    preset: "bahdanau2014",
    tokenizer: "char",
    seed: 7,
    model: { embedding: 8, hidden: 8 },
  });
});

test("only the seed may vary", () => {
  const runs = gridRuns({ options, vary: {}, seeds: 3 });
  expect(runs.map(({ name, seed }) => [name, seed])).toEqual([
    ["seed-1", 1],
    ["seed-2", 2],
    ["seed-3", 3],
  ]);
});

test("names are names of folders, each of one run", () => {
  const vary = { schedule: ["warmup:5+plateau", "warmup:5/plateau"] };
  const schedules = gridRuns({ options, vary: { tokenizer: ["bpe:40", "bpe-40"] }, seeds: 1 });
  expect(schedules.map(({ name }) => name)).toEqual([
    "tokenizer-bpe-40_seed-1",
    "tokenizer-bpe-40_seed-1_2",
  ]);
  for (const { name } of gridRuns({ options, vary, seeds: 1 })) expect(name).toMatch(/^[\w.+-]+$/);
});

describe("is refused in one sentence:", () => {
  test.each<[string, Record<string, unknown[]>, number, string]>([
    [
      "an unknown option",
      { lr: [1] },
      1,
      'vary: "lr": there is no such option of training; vary an option of training or of the model. Did you mean vary: "learningRate"?',
    ],
    [
      "the pairs",
      { dev: ["c.tsv"] },
      1,
      'vary: "dev": runs can be compared only on the same pairs; vary another option.',
    ],
    [
      "the seed",
      { seed: [1] },
      1,
      'vary: "seed": the seeds of the runs follow from seeds; vary another option.',
    ],
    [
      "an option that follows from data",
      { sourceFeatures: [1] },
      1,
      'vary: "sourceFeatures": there is no such option of training; ',
    ],
    ["no value", { hidden: [] }, 1, 'vary: "hidden": give at least one value.'],
    [
      "a value twice",
      { hidden: [8, 8] },
      1,
      'vary: "hidden": a value is given twice; give each value once.',
    ],
    ["a value out of range", { dropout: [0, 2] }, 1, "dropout: 2: give a number from 0 to 0.99."],
    [
      "an option that is fixed too",
      { embedding: [8, 16] },
      1,
      "embedding: 8: vary gives it other values; give only one of them.",
    ],
    [
      "too many runs",
      { hidden: Array.from({ length: 500 }, (_, index) => index + 1) },
      3,
      "vary: these are 1,500 runs; ",
    ],
    ["no seed", {}, 0, "seeds: 0: give a whole number from 1 to 1000."],
  ])("%s", (_, vary, seeds, says) => {
    expect(() => gridRuns({ options, vary, seeds })).toThrow(OptionError);
    expect(() => gridRuns({ options, vary, seeds })).toThrow(says);
  });
});

describe("the evaluations of a run", () => {
  test.each([
    ["that ends by steps are ten", { steps: 95 }, 10],
    ["that ends by few steps come after each", { steps: 3, epochs: 9 }, 1],
    ["that ends by epochs come after each epoch", { epochs: 9 }, "epoch"],
    ["that ends by time come by time", { minutes: 5, steps: 100 }, "time"],
    ["without a limit come by time", {}, "time"],
  ] as const)("%s", (_, limits, every) => {
    expect(repeatableEvaluations({ evaluateEvery: "time", ...limits })).toBe(every);
  });

  test("of a preset whose recipe says when are as it says", () => {
    expect(repeatableEvaluations({ evaluateEvery: 7, steps: 100 })).toBe(7);
  });
});
