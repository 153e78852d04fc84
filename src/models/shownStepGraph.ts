import { topK } from "../graph/operators/gather.ts";
import { cast } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import { crossEntropy, outputLogits } from "../nn/loss.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import type { Outputs } from "./graphs.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { teacherForcing } from "./teacherForcing.ts";

/**
 * What a training step computes before its loss is summed. Its inputs are those of `trainingGraph` that it needs, dropout
 * masks included, so that with the same inputs its numbers are those of the step.
 *
 * Outputs: `log_probability` `[tokens]` of each target token; `best_tokens` (int32) and `best_probabilities`
 * `[tokens, best]`, the most probable tokens at its place; `attention` `[target, batch, source]`, if there is any.
 */
export function shownStepGraph(
  sizes: ModelSizes,
  { best, dtype = "float32" }: { readonly best: number; readonly dtype?: FloatDtype },
): Outputs {
  const { rows, layer, targets, weights } = teacherForcing(sizes, dtype);
  const count = Math.min(best, sizes.targetVocabulary);
  const { values, indices } = topK(softmax(outputLogits(rows, layer)), count);
  return {
    log_probability: crossEntropy(rows, layer, targets).logProbability,
    best_tokens: cast(indices, "int32"),
    best_probabilities: values,
    ...(weights && { attention: weights }),
  };
}
