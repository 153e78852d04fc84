import { swapLastAxes } from "../../src/graph/operators/arrange.ts";
import { divide, multiply, sqrt } from "../../src/graph/operators/elementwise.ts";
import { matMul } from "../../src/graph/operators/matMul.ts";
import { reduceSum } from "../../src/graph/operators/sumAndExpand.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { projection, unit } from "../../src/nn/equation.ts";
import type { ScoreKind } from "../../src/nn/scores/score.ts";

/** Unit vectors along the last axis. */
const directions = (x: Tensor): Tensor => divide(x, sqrt(reduceSum(multiply(x, x), -1, true)));

/** g·cos(W h, h̄): content-based addressing (Graves et al. 2014), with a learned sharpness g. */
export const cosine: ScoreKind = {
  equations: {
    written: "eₛ = g cos(Wₐ {h}, h̄ₛ)",
    key: {
      formula: "k = {memory} / ‖{memory}‖",
      parts: [{ terms: [{ factors: [{ vector: "memory", at: "own", apply: "direction" }] }] }],
    },
    projected: { formula: "q = {query}·Wₐ", parts: [projection("query", "attention.W_a")] },
    score: {
      formula: "e = (q / ‖q‖)·k × g",
      parts: [
        {
          over: "projected",
          factors: [{ vector: "projected", at: "unit", apply: "direction" }, unit("key")],
        },
      ],
      after: { times: "attention.g", letter: "g" },
    },
  },
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
