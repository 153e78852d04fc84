import { log, multiply, negate } from "../graph/operators/elementwise.ts";
import { maximum } from "../graph/operators/select.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../graph/tensor.ts";

/**
 * The cross-entropy between attention and given links, summed over target tokens:
 *
 *     −Σ_t Σ_s A_ts log α_ts
 *
 * Chen et al. (2016), https://arxiv.org/abs/1607.01628. A weight below 10⁻²⁰ counts as 10⁻²⁰.
 *
 * @param weights α: `[target, batch, source]`.
 * @param links   A: `[target, batch, source]`, whose rows sum to 1, or are 0 if unknown.
 */
export function alignmentLoss(weights: Tensor, links: Tensor): Tensor {
  return negate(reduceSum(multiply(links, log(maximum(weights, 1e-20)))));
}
