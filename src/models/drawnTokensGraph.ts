import { slice } from "../graph/operators/arrange.ts";
import { multiply } from "../graph/operators/elementwise.ts";
import { gather } from "../graph/operators/gather.ts";
import { cumulativeSum } from "../graph/operators/reduce.ts";
import { flatten } from "../graph/operators/reshape.ts";
import { cast, less } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import { Dropout } from "../nn/dropout.ts";
import { outputLogits } from "../nn/loss.ts";
import { Parameters } from "../nn/parameters.ts";
import { batchInputs } from "./batchInputs.ts";
import type { ModelSizes } from "./configuration.ts";
import type { Outputs } from "./graphs.ts";
import { Model } from "./model.ts";

/**
 * Samples the model's own tokens at some positions of given translations, each given the true previous tokens
 * and without dropout. Inputs: `source`, `source_features` and `target_in` as for `trainingGraph`; `positions` in
 * `[target*batch]`; `uniform` `[tokens]`, numbers between 0 and 1. Output: `tokens` int32 `[tokens]`, sampled
 * from the softmax by inverting its cumulative distribution.
 */
export function drawnTokensGraph(sizes: ModelSizes): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0));
  const { source, features, targetIn, positions } = batchInputs(sizes);
  const { readout } = model.decode(targetIn, model.encode(source, null, features));
  const rows = gather(flatten(readout), positions);
  const reached = cumulativeSum(softmax(outputLogits(rows, model.outputLayer())), -1);
  const total = slice(reached, -1, sizes.targetVocabulary - 1, sizes.targetVocabulary);
  const isBefore = less(reached, multiply(total, input("uniform", "float32", ["tokens", 1])));
  return { tokens: cast(reduceSum(cast(isBefore, "float32"), -1), "int32") };
}
