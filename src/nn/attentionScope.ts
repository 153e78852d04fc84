/** @file Where attention may look: everywhere, or in a window (Luong et al. 2015, §3.2). */

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
 * Where attention looks: at the whole source, at a window around the decoder's step (local-m,
 * monotonic), or at a window around a position that the query predicts (local-p).
 */
export type AttentionScope = "global" | "local-m" | "local-p";

/** All scopes. */
export const attentionScopes: readonly AttentionScope[] = ["global", "local-m", "local-p"];

/** What a scope knows besides the scores. */
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

/** Where the source's tokens are. */
export interface Positions {
  /** Of each token in its sentence, from 0, whichever way it is read: `[batch, 1, source]`. */
  readonly positions: Tensor;
  /** Tokens of each sentence: `[batch, 1, 1]`. */
  readonly lengths: Tensor;
}

/** What one look at the source begins with. */
export interface ScopeInputs {
  /** `[batch, queries, source]`, −10⁹ at padding. */
  readonly scores: Tensor;
  /** `[batch, queries, size]`; local-p needs them. */
  readonly queries: Tensor;
  /** The decoder's step, `[batch, queries, 1]`; local-m needs it. */
  readonly step: Tensor | null;
}

/** Weights of one look. */
export interface ScopedWeights {
  /** The middle of the window, `[batch, queries, 1]`; null without a window. */
  readonly centre: Tensor | null;
  /** The softmax before the Gaussian of local-p; null for the others. */
  readonly aligned: Tensor | null;
  /** `[batch, queries, source]`. */
  readonly weights: Tensor;
}

/**
 * The attention weights of scores.
 *
 * local-m: the softmax over positions s with |s − t| ≤ D, t being the decoder's step from 0. Where the
 * decoder writes so much more than it reads that no token is left in the window, it stays at the last
 * window that has one; the paper does not say.
 *
 * local-p: p = S·sigmoid(vᵀ tanh(W h)); the softmax over |s − p| ≤ D, times exp(−(s − p)²/(2σ²)) with
 * σ = D/2. The product is not normalised again. The authors' code has p = (S − 1)·sigmoid(…) + 1,
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
