/** @file How much an epoch takes of each corpus of a run, and when the weights of the run's last part begin. */

import type { PartWeights } from "../../data/mixture.ts";
import { OptionError } from "../../options/optionError.ts";
import { counted } from "../../tensor/counted.ts";
import type { FullTrainOptions, TrainOptions } from "./options.ts";
import { usualFinish } from "./options.ts";

type Weights = Pick<TrainOptions, "weights" | "finishWeights">;

/** The weights of each corpus; without `finishWeights` they stay the same to the end. */
export function weightsOf({ weights, finishWeights }: Weights, corpora: number): PartWeights[] {
  return Array.from({ length: corpora }, (_, index) => {
    const weight = weights?.[index] ?? 1;
    return { weight, finishWeight: finishWeights?.[index] ?? weight };
  });
}

/**
 * Checks weights: as many as corpora, not all 0, and none that leaves a corpus out from beginning to end.
 *
 * @throws OptionError naming the weights that are wrong.
 */
export function checkWeights(options: Weights, corpora: number): void {
  // Other checks say that weights of one corpus have no effect, or that a weight is out of range.
  if (corpora < 2) return;
  for (const key of ["weights", "finishWeights"] as const) {
    const value = options[key];
    if (!Array.isArray(value)) continue;
    if (value.length !== corpora) {
      const problem = `there are ${counted(corpora, "file")} of pairs and ${counted(value.length, "weight")}`;
      throw new OptionError({ key, value, problem, remedy: "give one weight for each {data}" });
    }
    if (value.every((weight) => weight === 0)) {
      const problem = "an epoch would have no pairs";
      throw new OptionError({ key, value, problem, remedy: "give one of them more than 0" });
    }
  }
  const unused = weightsOf(options, corpora).findIndex(
    ({ weight, finishWeight }) => weight === 0 && finishWeight === 0,
  );
  if (unused < 0) return;
  throw new OptionError({
    key: "weights",
    value: options.weights,
    problem: `with 0 throughout, corpus ${unused + 1} has no effect`,
    remedy: "leave it out of {data}, or give it a weight in {finishWeights}",
  });
}

/**
 * Checks that the last part of a run can be found: that a limit ends the run, and, where that is a number of epochs, that
 * an epoch begins near enough to it.
 *
 * @throws OptionError if it cannot.
 */
export function checkFinish({
  finishWeights,
  finish = usualFinish,
  epochs,
  minutes,
  steps,
}: Pick<FullTrainOptions, "finishWeights" | "finish" | "epochs" | "minutes" | "steps">): void {
  if (finishWeights === undefined) return;
  if ((epochs ?? minutes ?? steps) === undefined) {
    throw new OptionError({
      key: "finishWeights",
      value: finishWeights,
      problem: "a run without a limit has no last part",
      remedy: "add {epochs}, {minutes} or {steps}",
    });
  }
  if (epochs === undefined || (epochs > 1 && 1 / (2 * epochs) <= finish)) return;
  throw new OptionError({
    key: "finishWeights",
    value: finishWeights,
    problem: `of ${counted(epochs, "epoch")}, none begins near the last ${percent(finish)} of the run`,
    remedy: "give more {epochs} with smaller {weights}, or a larger {finish}",
  });
}

/** A part of 1 as per cent, without needless digits. */
export function percent(part: number): string {
  return `${Number((100 * part).toFixed(1))} %`;
}
