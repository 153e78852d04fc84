import { slice } from "../graph/operators/arrange.ts";
import { divide, multiply, subtract } from "../graph/operators/elementwise.ts";
import { topK as mostProbable, takeLast } from "../graph/operators/gather.ts";
import { cumulativeSum, reduceMax } from "../graph/operators/reduce.ts";
import { cast, less, masked, minimum } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Outputs } from "../models/graphs.ts";

/** Which tokens to sample from. */
export interface SamplingGraphOptions {
  /** The number of most probable tokens; null for all. */
  readonly topK: number | null;
  /** Whether to restrict sampling to the most probable tokens that reach a share of the probability. */
  readonly withTopP: boolean;
}

/**
 * Samples a token for each hypothesis by inverting the cumulative distribution of softmax(log p / T).
 *
 * Inputs: `log_probabilities` `[batch, beam, vocabulary]`; `uniform` `[batch, beam, 1]`, numbers
 * between 0 and 1; `temperature`, a scalar T. Outputs: `tokens` int32 or int64 and `values`
 * `[batch, beam, 1]`, the sampled token and its log-probability before the temperature.
 *
 * With top k, only the k most probable tokens take part (Fan et al. 2018, https://arxiv.org/abs/1805.04833);
 * with `top_p`, a scalar, only the smallest set of most probable tokens that reaches this share of their
 * probability, the nucleus (Holtzman et al. 2020, https://arxiv.org/abs/1904.09751). The temperature is applied first.
 */
export function samplingGraph(
  vocabulary: number,
  { topK, withTopP }: SamplingGraphOptions = { topK: null, withTopP: false },
): Outputs {
  const logProbabilities = input("log_probabilities", "float32", ["batch", "beam", vocabulary]);
  const uniform = input("uniform", "float32", ["batch", "beam", 1]);
  const temperature = input("temperature", "float32", []);
  const count = Math.min(topK ?? vocabulary, vocabulary);
  if (topK === null && !withTopP) {
    const reached = cumulativeSum(softmax(divide(logProbabilities, temperature)), -1);
    // Relative to their own sum, which is not exactly 1 because of rounding.
    const tokens = place(reached, slice(reached, -1, vocabulary - 1, vocabulary), uniform);
    return { tokens, values: takeLast(logProbabilities, tokens) };
  }
  const best = mostProbable(logProbabilities, count);
  const p = softmax(divide(best.values, temperature));
  const reached = cumulativeSum(p, -1);
  let total = slice(reached, -1, count - 1, count);
  if (withTopP) {
    // A token belongs to the nucleus if those before it have not reached the share.
    const isInside = less(subtract(reached, p), input("top_p", "float32", []));
    total = reduceMax(masked(reached, isInside), -1, true);
  }
  const at = minimum(place(reached, total, uniform), count - 1);
  return { tokens: takeLast(best.indices, at), values: takeLast(best.values, at) };
}

/** How many of the sums `reached` lie below a part of `total`: the sampled index, int32. */
function place(reached: Tensor, total: Tensor, uniform: Tensor): Tensor {
  const isBefore = less(reached, multiply(total, uniform));
  return cast(reduceSum(cast(isBefore, "float32"), -1, true), "int32");
}
