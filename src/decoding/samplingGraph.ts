import { slice } from "../graph/operators/arrange.ts";
import { reduceSum } from "../graph/operators/broadcast.ts";
import { divide, multiply } from "../graph/operators/elementwise.ts";
import { takeLast } from "../graph/operators/gather.ts";
import { cumulativeSum } from "../graph/operators/reduce.ts";
import { cast, less } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import type { Outputs } from "../models/graphs.ts";

/**
 * Draws a token for each hypothesis by inverting the cumulative distribution of softmax(log p / T).
 *
 * Inputs: `log_probabilities` `[batch, beam, vocabulary]`; `uniform` `[batch, beam, 1]`, numbers
 * between 0 and 1; `temperature`, a scalar T. Outputs: `tokens` int32 and `values` `[batch, beam, 1]`,
 * what was drawn and its log-probability before the temperature.
 */
export function samplingGraph(vocabulary: number): Outputs {
  const logProbabilities = input("log_probabilities", "float32", ["batch", "beam", vocabulary]);
  const uniform = input("uniform", "float32", ["batch", "beam", 1]);
  const temperature = input("temperature", "float32", []);
  const reached = cumulativeSum(softmax(divide(logProbabilities, temperature)), -1);
  // Measured against their own sum, which rounding keeps from being exactly 1.
  const wanted = multiply(slice(reached, -1, vocabulary - 1, vocabulary), uniform);
  const before = reduceSum(cast(less(reached, wanted), "float32"), -1, true);
  const tokens = cast(before, "int32");
  return { tokens, values: takeLast(logProbabilities, tokens) };
}
