/** @file Scores between decoder states and encoder states: the scoring functions of the papers. */

import { swapLastAxes } from "../graph/operators/arrange.ts";
import { reshape, unsqueeze } from "../graph/operators/broadcast.ts";
import { add, tanh } from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { select } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Initializer, Parameters } from "./parameters.ts";

/** The scoring functions: Luong et al. (2015) §3.1 and Bahdanau et al. (2014) §A.1.2. */
export type AttentionKind = "dot" | "general" | "concat" | "additive";

/** What the decoder attends to. */
export interface Memory {
  /** The encoder's states: `[batch, source, size]`. */
  readonly values: Tensor;
  /** The values as the scores need them, computed once for a sentence. */
  readonly keys: Tensor;
  /** Booleans `[batch, 1, source]`: true for tokens, false for padding. */
  readonly mask: Tensor;
  /** Weights to be used in the place of the scores' softmax; absent in a model left to itself. */
  readonly given?: GivenWeights;
}

/** Attention weights from outside, for those who ask what would follow from them. */
export interface GivenWeights {
  /** `[batch, queries, source]`. */
  readonly weights: Tensor;
  /** A boolean that broadcasts with them: where it is false the model's own weights are used. */
  readonly isGiven: Tensor;
}

/** One look at the memory. */
export interface AttentionStep {
  /** W_a h of concat and additive attention: `[batch, queries, hidden]`; null for the others. */
  readonly projectedQuery: Tensor | null;
  /** Before the softmax, −10⁹ at padding: `[batch, queries, source]`. */
  readonly scores: Tensor;
  /** The scores' softmax over the source. */
  readonly ownWeights: Tensor;
  /** What the values are weighted by: {@link ownWeights}, or those that are given. */
  readonly weights: Tensor;
  /** The weighted sum of the values: `[batch, queries, size]`. */
  readonly context: Tensor;
}

/** A scoring function with its parameters. */
export interface Attention {
  /** The keys of the encoder's states `[batch, source, size]`. */
  keys(values: Tensor): Tensor;
  /** Looks with queries `[batch, queries, size]`. */
  attend(queries: Tensor, memory: Memory): AttentionStep;
}

/** The sizes that attention connects. */
export interface AttentionSizes {
  readonly query: number;
  readonly memory: number;
  /** Units of the hidden layer in concat and additive scores. */
  readonly hidden: number;
}

/** Makes the attention of a kind; its parameters' names begin with `attention`. */
export function attention(
  kind: AttentionKind,
  parameters: Parameters,
  sizes: AttentionSizes,
  initializer: Initializer,
): Attention {
  switch (kind) {
    case "dot":
      return attending(swapLastAxes, product);
    case "general": {
      // hᵀ W h̄ with the product W h̄ done once for the sentence.
      const weight = () =>
        parameters.get("attention.W_a", [sizes.memory, sizes.query], initializer);
      return attending((values) => swapLastAxes(matMul(values, weight())), product);
    }
    case "concat":
    case "additive": {
      // vᵀ tanh(W [h; h̄]) and vᵀ tanh(W h + U h̄) are the same function.
      const forQuery = () =>
        parameters.get("attention.W_a", [sizes.query, sizes.hidden], initializer);
      const forMemory = () =>
        parameters.get("attention.U_a", [sizes.memory, sizes.hidden], initializer);
      const outward = () => parameters.get("attention.v_a", [sizes.hidden, 1], initializer);
      return attending(
        (values) => matMul(values, forMemory()),
        (queries, keys) => {
          const projectedQuery = matMul(queries, forQuery());
          const sums = add(unsqueeze(projectedQuery, 2), unsqueeze(keys, 1));
          const energy = matMul(tanh(sums), outward());
          return { projectedQuery, scores: reshape(energy, energy.shape.slice(0, -1)) };
        },
      );
    }
  }
}

/**
 * The keys with a row for each encoder state: `[batch, source, units]`. Where the scores are plain
 * products, {@link Attention.keys} holds them the other way round.
 */
export function keyRows(kind: AttentionKind, keys: Tensor): Tensor {
  return kind === "dot" || kind === "general" ? swapLastAxes(keys) : keys;
}

/** Scores, and the query that was made for them if there is one. */
type Scored = Pick<AttentionStep, "projectedQuery" | "scores">;

const product = (queries: Tensor, keys: Tensor): Scored => ({
  projectedQuery: null,
  scores: matMul(queries, keys),
});

function attending(
  keys: (values: Tensor) => Tensor,
  score: (queries: Tensor, keys: Tensor) => Scored,
): Attention {
  return {
    keys,
    attend: (queries, memory) => {
      const { projectedQuery, scores: all } = score(queries, memory.keys);
      const scores = select(memory.mask, all, -1e9);
      const ownWeights = softmax(scores);
      const { given } = memory;
      const weights = given ? select(given.isGiven, given.weights, ownWeights) : ownWeights;
      const context = matMul(weights, memory.values);
      return { projectedQuery, scores, ownWeights, weights, context };
    },
  };
}
