/** @file How the systems of the papers were trained: defaults of the presets that have their sizes. */

import type { TrainOptions } from "./options.ts";

/** The training options that a preset sets unless they are given. */
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
 * The recipes by preset; other presets use the default training options.
 * If a paper's vocabularies differ in size, both sides use the smaller size.
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
  /** §4.1.1; phrases of a table, 64 pairs per update. */
  "cho2014-paper": { ...groundHog, batch: 64, tokenizer: "word:15000" },
  /** Appendix B.2. */
  "bahdanau2014-paper": { ...groundHog, batch: 80, maxLength: 50, tokenizer: "word:30000" },
  "rnnencdec2014-paper": { ...groundHog, batch: 80, maxLength: 50, tokenizer: "word:30000" },
  /** §4.1, with dropout. The paper's gradient norm leaves out the embeddings; here it covers all gradients. */
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
  /** The first phase of §8; the second uses plain SGD. */
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

/** Whether a preset has the sizes of its paper or its recipe, which then do not follow the corpus. */
export function isOfPaper(preset: string): boolean {
  return preset.endsWith("-paper") || Object.hasOwn(recipes, preset);
}

/**
 * Adds a preset's recipe to options. Learning rate and schedule are added only with the recipe's optimiser, and the
 * length of the run only if no limit is given.
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

/** The schedule with the paper's length, even if the run is limited by epochs or minutes. */
function fixedLength(schedule: string, steps: number | undefined): string {
  return steps !== undefined && /^luong\d+$/.test(schedule) ? `${schedule}:${steps}` : schedule;
}
