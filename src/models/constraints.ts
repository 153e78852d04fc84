import { add } from "../graph/operators/elementwise.ts";
import { scatterLast, takeLast } from "../graph/operators/gather.ts";
import { fill, input } from "../graph/operators/source.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The value added to the log-probability of a forbidden token. */
export const forbidden = -1e9;

/** Whether a log-probability belongs to a forbidden token. */
export function isForbidden(logProbability: number): boolean {
  return logProbability < forbidden / 10;
}

/**
 * Applies rules after the softmax, so that forbidden tokens take part in it as they do in
 * training. Input: `forbidden` float32 `[vocabulary]`, which is added. With rules for each hypothesis
 * also `blocked` int32 `[batch, beam, blocked]`, additional forbidden tokens, and `forced` int32
 * `[batch, beam, 1]`, whose log-probability becomes the output `forced_value` before anything is added.
 *
 * @param free log-probabilities `[batch, beam, vocabulary]`.
 */
export function constrain(
  free: Tensor,
  isConstrained: boolean,
): { readonly logProbabilities: Tensor; readonly outputs: Readonly<Record<string, Tensor>> } {
  const vocabulary = free.shape.at(-1) as number;
  const logProbabilities = add(free, input("forbidden", "float32", [vocabulary]));
  if (!isConstrained) return { logProbabilities, outputs: {} };
  const blocked = input("blocked", "int32", ["batch", "beam", "blocked"]);
  const forced = input("forced", "int32", ["batch", "beam", 1]);
  return {
    logProbabilities: scatterLast(
      logProbabilities,
      blocked,
      fill("float32", blocked.shape, forbidden),
    ),
    outputs: { forced_value: takeLast(free, forced) },
  };
}
