/**
 * @file Scores computed by a small tanh layer: Bahdanau et al. (2014), §A.1.2, Luong's concat, and
 * tensorflow/nmt's `normed_bahdanau`.
 */

import { add, divide, multiply, sqrt, tanh } from "../../graph/operators/elementwise.ts";
import { matMul } from "../../graph/operators/matMul.ts";
import { reshape, unsqueeze } from "../../graph/operators/reshape.ts";
import { reduceSum } from "../../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Equation, Operand } from "../equation.ts";
import { bias, projection } from "../equation.ts";
import { zeros } from "../parameters.ts";
import type { Scored, ScoreKind, ScoreParts } from "./score.ts";

const projectedKey: Equation = {
  formula: "k = {memory}·Uₐ",
  parts: [projection("memory", "attention.U_a")],
};

/** The weighted sum of the units; `lengthOf` is the parameter that scales v after normalisation. */
function energyEquation(written: string, lengthOf?: string): Equation {
  const vote: Operand = {
    parameter: "attention.v_a",
    row: "unit",
    column: "first",
    ...(lengthOf && { lengthOf }),
  };
  const factors: Operand[] = [{ tanhOf: ["projected", "key"] }, vote];
  return { formula: `e = tanh(q + k)·${written}`, parts: [{ over: "projected", factors }] };
}

/** U h̄, one row per encoder state. */
function projectedRows({ parameters, sizes, initializer }: ScoreParts, values: Tensor): Tensor {
  return matMul(values, parameters.get("attention.U_a", [sizes.memory, sizes.hidden], initializer));
}

/** tanh(W h + U h̄ [+ b]) times a vector `[hidden, 1]`. */
function energies(
  { parameters, sizes, initializer }: ScoreParts,
  { queries, keys }: { readonly queries: Tensor; readonly keys: Tensor },
  vector: Tensor,
  shift: Tensor | null = null,
): Scored {
  const weight = parameters.get("attention.W_a", [sizes.query, sizes.hidden], initializer);
  const projected = matMul(queries, weight);
  const projectedQuery = shift ? add(projected, shift) : projected;
  const sums = add(unsqueeze(projectedQuery, 2), unsqueeze(keys, 1));
  const energy = matMul(tanh(sums), vector);
  return { projectedQuery, scores: reshape(energy, energy.shape.slice(0, -1)) };
}

const energyVector = ({ parameters, sizes, vectorInitializer }: ScoreParts): Tensor =>
  parameters.get("attention.v_a", [sizes.hidden, 1], vectorInitializer);

/**
 * vᵀ tanh(W h + U h̄). Luong's concat, vᵀ tanh(W [h; h̄]), is the same function; his code fixes the
 * half of W that multiplies h̄ to the identity, to which footnote 15 of the paper attributes its perplexity.
 */
export const additive: ScoreKind = {
  equations: {
    written: "eₛ = vₐᵀ tanh(Wₐ {h} + Uₐ h̄ₛ)",
    key: projectedKey,
    projected: { formula: "q = {query}·Wₐ", parts: [projection("query", "attention.W_a")] },
    score: energyEquation("vₐ"),
  },
  keyAxes: ({ hidden }) => ["source", hidden],
  make: (parts) => ({
    keys: (values) => projectedRows(parts, values),
    score: (queries, keys) => energies(parts, { queries, keys }, energyVector(parts)),
  }),
};

const shiftedQuery: Equation = {
  formula: "q = {query}·Wₐ + b",
  parts: [projection("query", "attention.W_a"), bias("attention.b")],
};

const shiftOf = ({ parameters, sizes }: ScoreParts): Tensor =>
  parameters.get("attention.b", [sizes.hidden], zeros);

/** vᵀ tanh(W h + U h̄ + b): {@link additive} with a bias, as frameworks' linear layers have one unless told otherwise. */
export const biasedAdditive: ScoreKind = {
  equations: {
    ...additive.equations,
    written: "eₛ = vₐᵀ tanh(Wₐ {h} + Uₐ h̄ₛ + b)",
    projected: shiftedQuery,
  },
  keyAxes: additive.keyAxes,
  make: (parts) => ({
    keys: (values) => projectedRows(parts, values),
    score: (queries, keys) => {
      const shift = shiftOf(parts);
      return energies(parts, { queries, keys }, energyVector(parts), shift);
    },
  }),
};

/**
 * (g·v/‖v‖)ᵀ tanh(W h + U h̄ + b): tensorflow/nmt's `normed_bahdanau`, a weight normalisation after
 * Salimans and Kingma (2016). g is initialised to √(1/hidden), b to 0.
 */
export const normedAdditive: ScoreKind = {
  equations: {
    written: "eₛ = (g vₐ / ‖vₐ‖)ᵀ tanh(Wₐ {h} + Uₐ h̄ₛ + b)",
    key: projectedKey,
    projected: shiftedQuery,
    score: energyEquation("(g × vₐ / ‖vₐ‖)", "attention.g"),
  },
  keyAxes: additive.keyAxes,
  make: (parts) => ({
    keys: (values) => projectedRows(parts, values),
    score: (queries, keys) => {
      const { hidden } = parts.sizes;
      const { parameters } = parts;
      const start = { kind: "constant", value: Math.sqrt(1 / hidden) } as const;
      const gain = parameters.get("attention.g", [1], start);
      const shift = shiftOf(parts);
      // A zero v has no direction, so it is initialised like the matrices.
      const v = parameters.get("attention.v_a", [hidden, 1], parts.initializer);
      const norm = sqrt(reduceSum(multiply(v, v)));
      return energies(parts, { queries, keys }, multiply(v, divide(gain, norm)), shift);
    },
  }),
};
