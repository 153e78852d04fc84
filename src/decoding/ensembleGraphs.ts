/** @file Graphs that combine the predictions of several models. */

import { add, divide, exp, log, subtract } from "../graph/operators/elementwise.ts";
import { pick, takeLast, topK } from "../graph/operators/gather.ts";
import { maximum } from "../graph/operators/select.ts";
import { logSoftmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import type { Shape } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { constrain } from "../models/constraints.ts";
import type { Outputs } from "../models/graphs.ts";
import type { OptionValues } from "../options/option.ts";
import { largestOf } from "../tensor/extremes.ts";
import type { ensembleOptions } from "./options.ts";

/**
 * What to average: the models' probabilities, or their logits, which gives the normalised geometric mean of
 * their probabilities (as in the code of Luong et al. 2015).
 */
export type EnsembleAverage = OptionValues<typeof ensembleOptions>["average"];

/** The options of an ensemble's step; the last two as in `StepGraphOptions`. */
export interface EnsembleStepOptions {
  readonly members: number;
  readonly average: EnsembleAverage;
  readonly vocabulary: number;
  readonly candidates: number;
  readonly constrained: boolean;
}

/**
 * A step of several models. Inputs: `logits.N` `[batch, beam, vocabulary]` of each, and the inputs of
 * `constrain`. Outputs: as for `stepGraph`, with `tokens`, and `values` or, if probabilities are averaged,
 * `member.N` `[batch, beam, candidates]`, the log-probabilities of the tokens by each model, to be combined by
 * {@link logMeanExp}; likewise `forced_member.N` instead of `forced_value`.
 */
export function ensembleStepGraph(options: EnsembleStepOptions): Outputs {
  const { members, average, vocabulary, candidates, constrained } = options;
  const all = logitsInputs(members, ["batch", "beam", vocabulary]);
  const outputs: Outputs = {};
  const own = all.map((logits) => logSoftmax(logits));
  const isExact = average === "logits";
  const free = isExact ? logSoftmax(runningMean(all)) : meanOfProbabilities(own);
  const { logProbabilities, outputs: forced } = constrain(free, constrained);
  if (constrained && isExact) Object.assign(outputs, forced);
  if (constrained && !isExact) {
    const token = input("forced", "int32", ["batch", "beam", 1]);
    own.forEach((each, index) => {
      outputs[`forced_member.${index}`] = takeLast(each, token);
    });
  }
  if (candidates === 0) return { ...outputs, log_probabilities: logProbabilities };
  const top = topK(logProbabilities, candidates);
  Object.assign(outputs, { tokens: top.indices, values: top.values });
  if (!isExact) {
    own.forEach((each, index) => {
      outputs[`member.${index}`] = takeLast(each, top.indices);
    });
  }
  return outputs;
}

/**
 * Scores of given tokens under averaged logits. Inputs: `logits.N` `[tokens, vocabulary]`, `targets` int32
 * `[tokens]`. Output: `log_probability` `[tokens]`.
 */
export function ensembleScoringGraph(members: number, vocabulary: number): Outputs {
  const mean = runningMean(logitsInputs(members, ["tokens", vocabulary]));
  return { log_probability: pick(logSoftmax(mean), input("targets", "int32", ["tokens"])) };
}

/**
 * The logarithm of the mean of probabilities, given their logarithms; exact if all are equal.
 * The last bit of the graph's own logarithm depends on the position of a number in its tensor, so the graph only
 * ranks, and the few numbers that are kept are computed here.
 */
export function logMeanExp(logProbabilities: readonly number[]): number {
  const highest = largestOf(logProbabilities);
  if (highest === Number.NEGATIVE_INFINITY) return highest;
  const sum = logProbabilities.reduce((total, each) => total + Math.exp(each - highest), 0);
  return Math.fround(highest + Math.log(sum / logProbabilities.length));
}

/** {@link logMeanExp}, element by element. */
export function logMeanExpOf(members: readonly ArrayLike<number>[]): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: members[0]?.length ?? 0 }, (_, at) =>
    logMeanExp(members.map((values) => values[at] as number)),
  );
}

function logitsInputs(members: number, shape: Shape): Tensor[] {
  return Array.from({ length: members }, (_, index) => input(`logits.${index}`, "float32", shape));
}

/** The mean, computed so that it is exactly x if all are x. */
function runningMean(tensors: readonly Tensor[]): Tensor {
  return tensors.reduce((mean, each, index) => add(mean, divide(subtract(each, mean), index + 1)));
}

function meanOfProbabilities(logProbabilities: readonly Tensor[]): Tensor {
  const highest = logProbabilities.reduce((one, other) => maximum(one, other));
  const parts = logProbabilities.map((each) => exp(subtract(each, highest)));
  const sum = parts.reduce((one, other) => add(one, other));
  return add(highest, log(divide(sum, logProbabilities.length)));
}
