import { multiply, subtract } from "../graph/operators/elementwise.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../graph/tensor.ts";

/**
 * The doubly stochastic attention penalty: how unevenly attention covers the source over a whole sentence:
 *
 *     Σ_s λ_s (1 − Σ_t α_ts)²
 *
 * Xu et al. (2015), eq. 14.
 *
 * @param weights α: `[target, batch, source]`.
 * @param steps   1 for a target token, its end included, 0 for padding: `[target, batch, 1]`.
 * @param places  λ, 0 for padding: `[batch, source]`.
 */
export function evenAttentionLoss(weights: Tensor, steps: Tensor, places: Tensor): Tensor {
  const looks = reduceSum(multiply(weights, steps), 0);
  const missing = subtract(1, looks);
  return reduceSum(multiply(places, multiply(missing, missing)));
}
