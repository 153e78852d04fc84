import { swapLastAxes } from "../../src/graph/operators/arrange.ts";
import { divide, multiply, sqrt } from "../../src/graph/operators/elementwise.ts";
import { matMul } from "../../src/graph/operators/matMul.ts";
import { reduceSum } from "../../src/graph/operators/sumAndExpand.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { ScoreKind } from "../../src/nn/scores/score.ts";

/** Unit vectors along the last axis. */
const directions = (x: Tensor): Tensor => divide(x, sqrt(reduceSum(multiply(x, x), -1, true)));

/** g·cos(W h, h̄): content-based addressing (Graves et al. 2014), with a learned sharpness g. */
export const cosine: ScoreKind = {
  keyAxes: ({ memory }) => [memory, "source"],
  make: ({ parameters, sizes, initializer }) => ({
    keys: (values) => swapLastAxes(directions(values)),
    score: (queries, keys, _, product) => {
      const weight = parameters.get("attention.W_a", [sizes.query, sizes.memory], initializer);
      const sharpness = parameters.get("attention.g", [1], { kind: "constant", value: 5 });
      const projectedQuery = matMul(queries, weight);
      const cosines = product(directions(projectedQuery), keys);
      return { projectedQuery, scores: multiply(cosines, sharpness) };
    },
  }),
};
