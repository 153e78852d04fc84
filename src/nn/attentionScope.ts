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
import type { Equation } from "./equation.ts";
import { only, own } from "./equation.ts";
import type { Initializer, Parameters } from "./parameters.ts";

/**
 * The scope of attention: the whole source, a window around the decoder step (local-m,
 * monotonic), or a window around a position predicted from the query (local-p).
 */
export type AttentionScope = "global" | "local-m" | "local-p";

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
 * The equations of a scope, for explanations. Vectors are `scores`, `query`, `centre` and `aligned`, and with one
 * element each `step`, the decoder's step from 0, and `length`, the number of source tokens.
 */
export interface ScopeEquations {
  /** The centre of the window; absent without a window. */
  readonly centre?: Equation;
  /** The softmax before the Gaussian of local-p; absent for the others. */
  readonly aligned?: Equation;
  readonly weights: Equation;
}

/** A row of the table of scopes. */
export interface ScopeKind {
  /** The weights as papers write them, line by line. */
  readonly written: readonly string[];
  /** @param window D, half the width of a window. */
  equations(window: number): ScopeEquations;
  weights(inputs: ScopeInputs, source: Positions, parts: ScopeParts): ScopedWeights;
  /** The factor of the softmax at a position; absent if there is none. */
  factor?(position: number, window: Window): number;
}

/** The softmax over all positions. */
const global: ScopeKind = {
  written: ["α = softmax(e)"],
  equations: () => ({ weights: { letter: "α", softmaxOf: "scores" } }),
  weights: ({ scores }) => ({ centre: null, aligned: null, weights: softmax(scores) }),
};

/**
 * The softmax over positions s with |s − t| ≤ D, where t is the decoder step from 0. If the
 * decoder writes so much more than it reads that no token is left in the window, the window stays at its
 * last position with a token; the paper does not specify this.
 */
const monotonic: ScopeKind = {
  written: ["α = softmax(e),  |s − t| ≤ D"],
  equations: (reach) => ({
    centre: {
      leastOf: [
        {
          formula: "p = t",
          parts: [{ terms: [{ factors: [only("step")] }] }],
          remark: "stepNumber",
        },
        {
          formula: "p = S + D − 1",
          parts: [
            {
              terms: [
                { factors: [only("length")] },
                { factors: [{ constant: reach - 1, letter: "D − 1" }] },
              ],
            },
          ],
          remark: "lastWindow",
        },
      ],
    },
    weights: { letter: "α", softmaxOf: "scores", window: { centre: "centre", reach } },
  }),
  weights: ({ scores, step }, { positions, lengths }, { window }) => {
    const centre = minimum(required(step, "The decoder's step"), add(lengths, window - 1));
    const squared = squaredOffsets(positions, centre);
    return { centre, aligned: null, weights: windowedSoftmax(scores, squared, window) };
  },
};

/**
 * p = S·sigmoid(vᵀ tanh(W h)); the softmax over |s − p| ≤ D, multiplied by exp(−(s − p)²/(2σ²)) with
 * σ = D/2. The product is not renormalised. The authors' code has p = (S − 1)·sigmoid(…) + 1,
 * counted from 1, and a window around ⌊p⌋.
 */
const predictive: ScopeKind = {
  written: [
    "p = S σ(v_pᵀ tanh(W_p h))",
    "a = softmax(e),  |s − p| ≤ D",
    "αₛ = aₛ exp(−(s − p)² / 2σ²)",
  ],
  equations: (reach) => {
    const window = { centre: "centre", reach };
    return {
      centre: {
        formula: "p = S × σ(tanh({query}·W_p)·v_p)",
        parts: [
          {
            layer: { vector: "query", weight: "attention.W_p" },
            factors: [{ parameter: "attention.v_p", row: "unit", column: "first" }],
          },
        ],
        after: ["sigmoid", { timesVector: "length" }],
        remark: "predictedCentre",
      },
      aligned: { letter: "a", softmaxOf: "scores", window },
      weights: {
        formula: "α = a × exp(−(s − p)² / (2σ²)),  σ = D/2",
        parts: [{ terms: [{ factors: [own("aligned"), { gaussian: window }] }] }],
        remark: "notNormalised",
      },
    };
  },
  weights: ({ scores, queries }, { positions, lengths }, parts) => {
    const { window } = parts;
    const centre = predictedPosition(queries, lengths, parts);
    const squared = squaredOffsets(positions, centre);
    const aligned = windowedSoftmax(scores, squared, window);
    const gaussian = exp(divide(squared, -(window * window) / 2));
    return { centre, aligned, weights: multiply(aligned, gaussian) };
  },
  factor: gaussianAt,
};

/** The scopes of Luong et al. (2015), §3. */
export const scopeKinds: Readonly<Record<AttentionScope, ScopeKind>> = {
  global,
  "local-m": monotonic,
  "local-p": predictive,
};

/** All scopes. */
export const attentionScopes: readonly AttentionScope[] = Object.keys(
  scopeKinds,
) as AttentionScope[];

function squaredOffsets(positions: Tensor, centre: Tensor): Tensor {
  const offset = subtract(positions, centre);
  return multiply(offset, offset);
}

function windowedSoftmax(scores: Tensor, squared: Tensor, window: number): Tensor {
  return softmax(select(lessOrEqual(squared, window * window), scores, -1e9));
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

/** A window as numbers, to explain weights with. */
export interface Window {
  /** p, in positions from 0. */
  readonly centre: number;
  /** D. */
  readonly reach: number;
}

/** Whether a position is inside a window, compared in float32 like in the graph. */
export function isInWindow(position: number, { centre, reach }: Window): boolean {
  return squaredOffset(position, centre) <= reach * reach;
}

/** exp(−(s − p)² / (2σ²)) with σ = D/2. */
export function gaussianAt(position: number, { centre, reach }: Window): number {
  return Math.exp((-2 * squaredOffset(position, centre)) / (reach * reach));
}

function squaredOffset(position: number, centre: number): number {
  const offset = Math.fround(position - centre);
  return Math.fround(offset * offset);
}
