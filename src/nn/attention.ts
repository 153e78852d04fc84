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
}

/** One look at the memory. */
export interface AttentionStep {
  /** Before the softmax, −10⁹ at padding: `[batch, queries, source]`. */
  readonly scores: Tensor;
  /** The scores' softmax over the source. */
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
      return scored(swapLastAxes, (queries, keys) => matMul(queries, keys));
    case "general": {
      // hᵀ W h̄ with the product W h̄ done once for the sentence.
      const weight = () =>
        parameters.get("attention.W_a", [sizes.memory, sizes.query], initializer);
      return scored(
        (values) => swapLastAxes(matMul(values, weight())),
        (queries, keys) => matMul(queries, keys),
      );
    }
    case "concat":
    case "additive": {
      // vᵀ tanh(W [h; h̄]) and vᵀ tanh(W h + U h̄) are the same function.
      const forQuery = () =>
        parameters.get("attention.W_a", [sizes.query, sizes.hidden], initializer);
      const forMemory = () =>
        parameters.get("attention.U_a", [sizes.memory, sizes.hidden], initializer);
      const outward = () => parameters.get("attention.v_a", [sizes.hidden, 1], initializer);
      return scored(
        (values) => matMul(values, forMemory()),
        (queries, keys) => {
          const projected = unsqueeze(matMul(queries, forQuery()), 2);
          const energy = matMul(tanh(add(projected, unsqueeze(keys, 1))), outward());
          return reshape(energy, energy.shape.slice(0, -1));
        },
      );
    }
  }
}

function scored(
  keys: (values: Tensor) => Tensor,
  score: (queries: Tensor, keys: Tensor) => Tensor,
): Attention {
  return {
    keys,
    attend: (queries, memory) => {
      const scores = select(memory.mask, score(queries, memory.keys), -1e9);
      const weights = softmax(scores);
      return { scores, weights, context: matMul(weights, memory.values) };
    },
  };
}
