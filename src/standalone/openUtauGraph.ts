/** @file `g2p.onnx` of a pack for OpenUtau: the next phoneme of a word. */

import { concatenate } from "../graph/operators/arrange.ts";
import { add, multiply } from "../graph/operators/elementwise.ts";
import { gather, topK } from "../graph/operators/gather.ts";
import { reshape } from "../graph/operators/reshape.ts";
import { cast, equal, greater, less, logicalAnd, select } from "../graph/operators/select.ts";
import { constant, fill, input } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import { whileLoop } from "../graph/operators/whileLoop.ts";
import type { Tensor } from "../graph/tensor.ts";
import { forbidden } from "../models/constraints.ts";
import type { Outputs } from "../models/graphs.ts";
import { Model } from "../models/model.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import { traceStep } from "../models/stepGraph.ts";
import { Dropout } from "../nn/dropout.ts";
import { Parameters } from "../nn/parameters.ts";
import { endId, startId, unknownId } from "../tensor/specialIds.ts";
import { encodedSource, mostTokens } from "./greedy.ts";
import { sourceOfIds } from "./source.ts";
import { nextTokens } from "./step.ts";

/**
 * What OpenUtau's `G2pPack` asks for at each step of its loop. It was made for transducers, which stand at a letter: `t`
 * moves on whenever the answer is 2, until it has passed the last letter. Our models say all phonemes at the first letter
 * and then 2 at each.
 *
 * Inputs: `src` int32 `[1, source]`, the letters; `tgt` int32 `[1, target]`, 2 and the phonemes so far; `t` int32 `[1]`, the
 * letter; `forbidden` as an input of `constrain`.
 * Output: `pred` int32 `[1]`, the next phoneme, greedily; 2 where the word has ended, or has as many phonemes as
 * greedy search gives it at most. Unknown phonemes are forbidden.
 */
export function openUtauGraph(sizes: ModelSizes): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0));
  const letters = cast(input("src", "int32", [1, "source"]), "int64");
  const written = input("tgt", "int32", [1, "target"]);
  const place = input("t", "int32", [1]);
  const { source, encoded, side } = encodedSource(model, sourceOfIds(withSigns(letters, sizes)));

  // All of `tgt` are ids above 0.
  const count = reduceSum(cast(greater(written, 0), "int64"), 1);
  const isOpen = logicalAnd(
    equal(place, 0),
    less(add(count, -1), reshape(mostTokens(source.lengths), [1])),
  );
  // Without a step, the word has ended.
  const most = reshape(multiply(cast(isOpen, "int64"), count), []);
  const given = reshape(written, ["target"]);
  const rule = unknownForbidden(sizes);
  const { states } = whileLoop({
    most,
    steps: "step",
    initial: [fill("int64", [1], startId), ...encoded.states] as readonly [Tensor, ...Tensor[]],
    body: ([, ...before], at) => {
      const token = reshape(gather(given, at), [1, 1]);
      const step = traceStep(model, token, before, side);
      const best = reshape(topK(add(nextTokens(step.logits), rule), 1).indices, [1]);
      return {
        states: [select(equal(best, endId), startId, best), ...step.states] as const,
        goesOn: less(add(at, 1), most),
        outputs: {},
      };
    },
  });
  return { pred: cast(states[0], "int32") };
}

/** The letters with the start and the end symbol, if the model reads them. */
function withSigns(letters: Tensor, { sourceStart, sourceEnd }: ModelSizes): Tensor {
  const sign = (id: number): Tensor => fill("int64", [1, 1], id);
  const before = sourceStart ? [sign(startId)] : [];
  const behind = sourceEnd ? [sign(endId)] : [];
  return concatenate([...before, letters, ...behind], 1);
}

/** What is added to the log-probabilities of all phonemes: a phoneme without a name cannot be sung. */
function unknownForbidden({ targetVocabulary }: ModelSizes): Tensor {
  const values = new Float32Array(targetVocabulary);
  values[unknownId] = forbidden;
  return constant("float32", values);
}
