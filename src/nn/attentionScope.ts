/** @file The scope of attention: the whole source, or a window (Luong et al. 2015, §3.2). */

import {
  add,
  divide,
  exp,
  multiply,
  sigmoid,
  subtract,
  tanh,
} from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { lessOrEqual, minimum, select } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import type { Tensor } from "../graph/tensor.ts";
import { required } from "../tensor/required.ts";
import type { Initializer, Parameters } from "./parameters.ts";

/**
 * The scope of attention: the whole source, a window around the decoder step (local-m,
 * monotonic), or a window around a position predicted from the query (local-p).
 */
export type AttentionScope = "global" | "local-m" | "local-p";

/** All scopes. */
export const attentionScopes: readonly AttentionScope[] = ["global", "local-m", "local-p"];

/** The inputs of a scope besides the scores. */
export interface ScopeParts {
  readonly parameters: Parameters;
  /** Size of a query, and units of the layer that predicts a position. */
  readonly query: number;
  readonly hidden: number;
  /** D, half the width of a window. */
  readonly window: number;
  readonly initializer: Initializer;
  readonly vectorInitializer: Initializer;
}

/** The positions of the source's tokens. */
export interface Positions {
  /** The position of each token in its sentence, from 0, whatever the reading direction: `[batch, 1, source]`. */
  readonly positions: Tensor;
  /** The number of tokens of each sentence: `[batch, 1, 1]`. */
  readonly lengths: Tensor;
}

/** The inputs of one attention step. */
export interface ScopeInputs {
  /** `[batch, queries, source]`, −10⁹ at padding. */
  readonly scores: Tensor;
  /** `[batch, queries, size]`; local-p needs them. */
  readonly queries: Tensor;
  /** The decoder's step, `[batch, queries, 1]`; local-m needs it. */
  readonly step: Tensor | null;
}

/** The weights of one attention step. */
export interface ScopedWeights {
  /** The centre of the window, `[batch, queries, 1]`; null without a window. */
  readonly centre: Tensor | null;
  /** The softmax before the Gaussian of local-p; null for the others. */
  readonly aligned: Tensor | null;
  /** `[batch, queries, source]`. */
  readonly weights: Tensor;
}

/**
 * Computes the attention weights from scores.
 *
 * local-m: the softmax over positions s with |s − t| ≤ D, where t is the decoder step from 0. If the
 * decoder writes so much more than it reads that no token is left in the window, the window stays at its
 * last position with a token; the paper does not specify this.
 *
 * local-p: p = S·sigmoid(vᵀ tanh(W h)); the softmax over |s − p| ≤ D, multiplied by exp(−(s − p)²/(2σ²)) with
 * σ = D/2. The product is not renormalised. The authors' code has p = (S − 1)·sigmoid(…) + 1,
 * counted from 1, and a window around ⌊p⌋.
 */
export function scopedWeights(
  scope: AttentionScope,
  { scores, queries, step }: ScopeInputs,
  source: Positions,
  parts: ScopeParts,
): ScopedWeights {
  if (scope === "global") return { centre: null, aligned: null, weights: softmax(scores) };
  const { positions, lengths } = source;
  const { window } = parts;
  const centre =
    scope === "local-m"
      ? minimum(required(step, "The decoder's step"), add(lengths, window - 1))
      : predictedPosition(queries, lengths, parts);
  const offset = subtract(positions, centre);
  const squared = multiply(offset, offset);
  const aligned = softmax(select(lessOrEqual(squared, window * window), scores, -1e9));
  if (scope === "local-m") return { centre, aligned: null, weights: aligned };
  const gaussian = exp(divide(squared, -(window * window) / 2));
  return { centre, aligned, weights: multiply(aligned, gaussian) };
}

/** p = S·sigmoid(vᵀ tanh(W h)): `[batch, queries, 1]`. */
function predictedPosition(queries: Tensor, lengths: Tensor, parts: ScopeParts): Tensor {
  const { parameters, query, hidden, initializer, vectorInitializer } = parts;
  const inner = tanh(
    matMul(queries, parameters.get("attention.W_p", [query, hidden], initializer)),
  );
  const part = matMul(inner, parameters.get("attention.v_p", [hidden, 1], vectorInitializer));
  return multiply(lengths, sigmoid(part));
}
