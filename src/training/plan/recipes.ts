/** @file How the systems of the papers were trained: defaults of the presets that have their sizes. */

import type { TrainOptions } from "./options.ts";

/** What a preset settles of a training, unless it is given. */
export type Recipe = Partial<Omit<TrainOptions, "data" | "out" | "preset" | "model">>;

/** GroundHog: Adadelta with ρ 0.95 and ε 10⁻⁶, the norm cut at 1, the sum over time, the mean over sentences. */
const groundHog: Recipe = {
  optimizer: "adadelta",
  schedule: "constant",
  clip: 1,
  lossPer: "sentence",
};

/** tensorflow/nmt's common options. It cuts longer sentences at 50 words; here their pairs are left out. */
const nmt: Recipe = {
  optimizer: "sgd",
  learningRate: 1,
  batch: 128,
  clip: 5,
  lossPer: "sentence",
  maxLength: 50,
  patience: 0,
};

const nmtWmt16: Recipe = { ...nmt, schedule: "luong10", steps: 340_000, tokenizer: "bpe:32000" };

/**
 * The recipes by preset; a preset that is not here is trained with the defaults of `seq2see train`.
 * Papers with another vocabulary on each side have the smaller one on both.
 */
export const recipes: Readonly<Record<string, Recipe>> = {
  /** §3.4: 7.5 epochs. */
  "sutskever2014-paper": {
    optimizer: "sgd",
    learningRate: 0.7,
    schedule: "halve:5:0.5",
    batch: 128,
    clip: 5,
    lossPer: "sentence",
    tokenizer: "word:80000",
  },
  /** §4.1.1; phrases of a table, 64 pairs an update. */
  "cho2014-paper": { ...groundHog, batch: 64, tokenizer: "word:15000" },
  /** Appendix B.2. */
  "bahdanau2014-paper": { ...groundHog, batch: 80, maxLength: 50, tokenizer: "word:30000" },
  "rnnencdec2014-paper": { ...groundHog, batch: 80, maxLength: 50, tokenizer: "word:30000" },
  /** §4.1, with dropout. The paper's norm leaves the embeddings out; here it is that of all gradients. */
  "luong2015-paper": {
    optimizer: "sgd",
    learningRate: 1,
    schedule: "halve:8",
    epochs: 12,
    batch: 128,
    clip: 5,
    lossPer: "sentence",
    maxLength: 50,
    patience: 0,
    tokenizer: "word:50000",
  },
  /** §8's first phase; it goes on with plain SGD. */
  "gnmt2016-paper": {
    optimizer: "adam",
    learningRate: 0.0002,
    schedule: "constant",
    batch: 128,
    clip: 5,
    lossPer: "sentence",
    tokenizer: "bpe:32000",
  },
  "nmt-iwslt15": { ...nmt, schedule: "luong234", steps: 12_000, tokenizer: "word:17000" },
  "nmt-wmt16": nmtWmt16,
  "nmt-wmt16-gnmt-4-layer": nmtWmt16,
  "nmt-wmt16-gnmt-8-layer": nmtWmt16,
};

/**
 * What a preset's recipe adds to options. A rate and a schedule are those of the recipe's optimiser, and a
 * length of the run is only added where none is given.
 */
export function recipeFor(options: Partial<TrainOptions>): Recipe {
  const { preset, from, optimizer, epochs, minutes, steps } = options;
  const recipe = from === undefined && preset !== undefined ? recipes[preset] : undefined;
  if (!recipe) return {};
  const { learningRate, schedule, steps: most, epochs: last, ...rest } = recipe;
  const isItsOptimizer = optimizer === undefined || optimizer === recipe.optimizer;
  const isEndless = [epochs, minutes, steps].every((limit) => limit === undefined);
  return {
    ...rest,
    ...(isItsOptimizer && schedule !== undefined && { schedule: fixedLength(schedule, most) }),
    ...(isItsOptimizer && learningRate !== undefined && { learningRate }),
    ...(isEndless && { steps: most, epochs: last }),
  };
}

/** The schedule of the paper's length, also where the run is given another limit than steps. */
function fixedLength(schedule: string, steps: number | undefined): string {
  return steps !== undefined && /^luong\d+$/.test(schedule) ? `${schedule}:${steps}` : schedule;
}
