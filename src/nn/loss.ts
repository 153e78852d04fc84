import { reduceSum, unsqueeze } from "../graph/operators/broadcast.ts";
import { customGradient } from "../graph/operators/customGradient.ts";
import { add, log, multiply, negate, subtract } from "../graph/operators/elementwise.ts";
import { gather, pick, scatterAdd } from "../graph/operators/gather.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { reduceMean } from "../graph/operators/reduce.ts";
import { maximum } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The output layer: `logits = x Wᵀ + b`. */
export interface OutputLayer {
  /** `[vocabulary, size]`. */
  readonly weight: Tensor;
  /** `[vocabulary]`, or none. */
  readonly bias: Tensor | null;
}

/** The logits of `[rows, size]`: `[rows, vocabulary]`. */
export function outputLogits(x: Tensor, { weight, bias }: OutputLayer): Tensor {
  const product = matMul(x, weight, { transposeB: true });
  return bias ? add(product, bias) : product;
}

/**
 * Cross-entropy of the output layer's softmax with the targets, one number a row: `[rows]`.
 *
 * The gradient of the logits is p − onehot. Neither that matrix nor log p is ever made: the products
 * with p are corrected at the targets, which saves several passes over `[rows, vocabulary]`.
 * With label smoothing ε (Szegedy et al. 2016) the target distribution is (1 − ε)·onehot + ε/V.
 *
 * @param x       `[rows, size]`.
 * @param targets int32 `[rows]`.
 */
export function crossEntropy(
  x: Tensor,
  layer: OutputLayer,
  targets: Tensor,
  smoothing = 0,
): { readonly loss: Tensor; readonly logProbability: Tensor } {
  const { weight, bias } = layer;
  const logits = outputLogits(x, layer);
  const p = softmax(logits);
  // Below the smallest normal number the logarithm would be −∞; the gradient stays exact.
  const tiny = x.dtype === "float32" ? 1.2e-38 : 2.3e-308;
  const logProbability = log(maximum(pick(p, targets), tiny));
  let value = negate(logProbability);
  if (smoothing > 0) {
    // −mean(log p) = log Z − mean(logits), and log Z = logit of the target − log p of it.
    const logNormaliser = subtract(pick(logits, targets), logProbability);
    const meanLoss = subtract(logNormaliser, reduceMean(logits, -1));
    value = add(multiply(value, 1 - smoothing), multiply(meanLoss, smoothing));
  }
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const loss = customGradient("cross-entropy", inputs, value, (_, __, g) => {
    const scale = unsqueeze(g, 1);
    const vocabulary = weight.shape[0] as number;
    const sharp = 1 - smoothing;
    // Rows of (p − (1−ε)·onehot − ε/V)·g times W, and the transposed product with x.
    let dx = subtract(matMul(p, weight), multiply(gather(weight, targets), sharp));
    if (smoothing > 0) {
      dx = subtract(dx, multiply(unsqueeze(reduceSum(weight, 0), 0), smoothing / vocabulary));
    }
    dx = multiply(dx, scale);
    const scaled = multiply(x, scale);
    let dw = matMul(p, scaled, { transposeA: true });
    if (smoothing > 0) {
      dw = subtract(dw, multiply(unsqueeze(reduceSum(scaled, 0), 0), smoothing / vocabulary));
    }
    dw = scatterAdd(dw, targets, multiply(scaled, -sharp));
    if (!bias) return [dx, dw];
    let db = reduceSum(matMul(scale, p, { transposeA: true }), 0);
    if (smoothing > 0) db = subtract(db, multiply(reduceSum(g), smoothing / vocabulary));
    return [dx, dw, scatterAdd(db, targets, multiply(g, -sharp))];
  });
  return { loss, logProbability };
}
