/** @file One attention step over the encoder's states: scores, weights, context. */

import { swapLastAxes } from "../graph/operators/arrange.ts";
import { subtract } from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { cumulativeSum } from "../graph/operators/reduce.ts";
import { cast, select } from "../graph/operators/select.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import type { AttentionScope, Positions, ScopedWeights } from "./attentionScope.ts";
import { scopeKinds } from "./attentionScope.ts";
import type { Product, Score, Scored, ScoreKind, ScoreParts } from "./scores/score.ts";

/** The memory that the decoder attends to. */
export interface Memory extends Positions {
  /** The encoder's states: `[batch, source, size]`. */
  readonly values: Tensor;
  /** The keys for the scores, computed once per sentence. */
  readonly keys: Tensor;
  /** Booleans `[batch, 1, source]`: true for tokens, false for padding. */
  readonly mask: Tensor;
  /** The matrix product used by multiplicative scores. Default: `matMul`. */
  readonly product?: Product;
  /** Weights that replace the model's own; absent in normal use. */
  readonly given?: GivenWeights;
}

/** Given attention weights, for exploring their effect. */
export interface GivenWeights {
  /** `[batch, queries, source]`. */
  readonly weights: Tensor;
  /** A boolean that broadcasts with them; where it is false, the model's own weights are used. */
  readonly isGiven: Tensor;
}

/** The results of one attention step. */
export interface AttentionStep extends Scored, Pick<ScopedWeights, "centre" | "aligned"> {
  /** The weights computed from the scores and the scope. */
  readonly ownWeights: Tensor;
  /** The weights of the values: {@link ownWeights}, or the given ones. */
  readonly weights: Tensor;
  /** The weighted sum of the values: `[batch, queries, size]`. */
  readonly context: Tensor;
}

/** The parts of attention. */
export interface AttentionParts extends ScoreParts {
  readonly scope: AttentionScope;
  /** D, half the width of a local window. */
  readonly window: number;
}

/** A scoring function and a scope with their parameters. */
export class Attention {
  private readonly parts: AttentionParts;
  private readonly score: Score;
  private readonly hasColumnKeys: boolean;

  constructor(kind: ScoreKind, parts: AttentionParts) {
    this.parts = parts;
    this.score = kind.make(parts);
    this.hasColumnKeys = kind.keyAxes(parts.sizes)[1] === "source";
  }

  /** The keys of the encoder's states `[batch, source, size]`. */
  keys(values: Tensor, { positions }: Positions): Tensor {
    return this.score.keys(values, positions);
  }

  /** The keys as one row per encoder state: `[batch, source, units]`. */
  keyRows(keys: Tensor): Tensor {
    return this.hasColumnKeys ? swapLastAxes(keys) : keys;
  }

  /**
   * Attends with queries `[batch, queries, size]`.
   *
   * @param step the decoder's step, `[batch, queries, 1]`; only local-m needs it.
   */
  attend(queries: Tensor, memory: Memory, step: Tensor | null): AttentionStep {
    const { scope, window, parameters, sizes, initializer, vectorInitializer } = this.parts;
    const { projectedQuery, scores: all } = this.score.score(
      queries,
      memory.keys,
      memory.positions,
      memory.product ?? matMul,
    );
    const scores = select(memory.mask, all, -1e9);
    const { query, hidden } = sizes;
    const scopeParts = { parameters, query, hidden, window, initializer, vectorInitializer };
    const inputs = { scores, queries, step };
    const { weights: ownWeights, ...scoped } = scopeKinds[scope].weights(
      inputs,
      memory,
      scopeParts,
    );
    const { given } = memory;
    const weights = given ? select(given.isGiven, given.weights, ownWeights) : ownWeights;
    const context = matMul(weights, memory.values);
    return { projectedQuery, scores, ...scoped, ownWeights, weights, context };
  }
}

/**
 * The positions of the tokens of padded sentences.
 *
 * @param mask       booleans `[batch, 1, source]`, true for tokens, which come first.
 * @param isReversed whether the sentences are read in reverse.
 */
export function positionsOf(mask: Tensor, dtype: FloatDtype, isReversed: boolean): Positions {
  const tokens = cast(mask, dtype);
  return {
    positions: subtract(cumulativeSum(tokens, -1, isReversed), 1),
    lengths: reduceSum(tokens, -1, true),
  };
}
