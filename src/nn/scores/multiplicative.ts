/** @file Multiplicative scores: Luong et al. (2015), §3.1, and tensorflow/nmt's `scaled_luong`. */

import { swapLastAxes } from "../../graph/operators/arrange.ts";
import { multiply } from "../../graph/operators/elementwise.ts";
import { matMul } from "../../graph/operators/matMul.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Equation } from "../equation.ts";
import { projection } from "../equation.ts";
import type { ScoreKind, ScoreParts } from "./score.ts";
import { productEquation, productScores } from "./score.ts";

/** hᵀ h̄: both have the same size. */
export const dot: ScoreKind = {
  equations: {
    written: "eₛ = {h}ᵀ h̄ₛ",
    key: { formula: "k = {memory}", same: "memory" },
    score: productEquation("h̄"),
  },
  keyAxes: ({ memory }) => [memory, "source"],
  make: () => ({ keys: swapLastAxes, score: productScores }),
};

const projectedKey: Equation = {
  formula: "k = {memory}·Wₐ",
  parts: [projection("memory", "attention.W_a")],
};

/** W h̄ as columns, so that hᵀ W h̄ is one product per step. */
function projectedColumns({ parameters, sizes, initializer }: ScoreParts, values: Tensor): Tensor {
  const weight = parameters.get("attention.W_a", [sizes.memory, sizes.query], initializer);
  return swapLastAxes(matMul(values, weight));
}

/** hᵀ W h̄. */
export const general: ScoreKind = {
  equations: {
    written: "eₛ = {h}ᵀ Wₐ h̄ₛ",
    key: projectedKey,
    score: productEquation("k,  k = h̄·Wₐ"),
  },
  keyAxes: ({ query }) => [query, "source"],
  make: (parts) => ({ keys: (values) => projectedColumns(parts, values), score: productScores }),
};

/** g·hᵀ W h̄ with a learned number g, initialised to 1: tensorflow/nmt's `scaled_luong`. */
export const scaledGeneral: ScoreKind = {
  equations: {
    written: "eₛ = g {h}ᵀ Wₐ h̄ₛ",
    key: projectedKey,
    score: {
      ...productEquation("k × g,  k = h̄·Wₐ"),
      after: { times: "attention.g", letter: "g" },
    },
  },
  keyAxes: general.keyAxes,
  make: (parts) => ({
    keys: (values) => projectedColumns(parts, values),
    score: (queries, keys, _, product) => {
      const gain = parts.parameters.get("attention.g", [1], { kind: "constant", value: 1 });
      return { projectedQuery: null, scores: multiply(product(queries, keys), gain) };
    },
  }),
};
