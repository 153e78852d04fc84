import { concatenate, slice } from "../graph/operators/arrange.ts";
import { customGradient } from "../graph/operators/customGradient.ts";
import { add, log, multiply, negate, subtract } from "../graph/operators/elementwise.ts";
import { pick, placeLast } from "../graph/operators/gather.ts";
import { affine, matMul } from "../graph/operators/matMul.ts";
import { reduceMean } from "../graph/operators/reduce.ts";
import { reshape, unsqueeze } from "../graph/operators/reshape.ts";
import { maximum } from "../graph/operators/select.ts";
import { softmax } from "../graph/operators/softmax.ts";
import { fill } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The output layer: `logits = x W + b`. */
export interface OutputLayer {
  /** Shape `[size, vocabulary]`. */
  readonly weight: Tensor;
  /** Shape `[vocabulary]`, or null. */
  readonly bias: Tensor | null;
}

/** The logits `[rows, vocabulary]` of x `[rows, size]`. */
export function outputLogits(x: Tensor, { weight, bias }: OutputLayer): Tensor {
  return bias ? affine(x, weight, bias) : matMul(x, weight);
}

/** x `[rows, size]` with a last column of ones. */
function withOnes(x: Tensor): Tensor {
  const column = fill(x.dtype, [x.shape[0] as Dimension, 1], 1);
  return concatenate([x, column], 1);
}

/**
 * Cross-entropy between the output layer's softmax and the targets, one number per row: `[rows]`.
 *
 * The gradient of the logits, p − onehot, is computed in the memory of p; log p is never computed as a whole.
 * This saves several passes over `[rows, vocabulary]`. So does the bias as a last row of the weights, which a column of ones
 * meets: `[x 1] [W; b]`. Neither adding it nor summing its gradient takes a pass of its own then.
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
  const logits = bias
    ? matMul(withOnes(x), concatenate([weight, unsqueeze(bias, 0)], 0))
    : matMul(x, weight);
  const p = softmax(logits);
  // Below the smallest normal number, the logarithm would be −∞; the gradient stays exact.
  const tiny = x.dtype === "float32" ? 1.2e-38 : 2.3e-308;
  const probability = pick(p, targets);
  const logProbability = log(maximum(probability, tiny));
  let value = negate(logProbability);
  if (smoothing > 0) {
    // −mean(log p) = log Z − mean(logits), and log Z = logit of the target − log p of it.
    const logNormaliser = subtract(pick(logits, targets), logProbability);
    const meanLoss = subtract(logNormaliser, reduceMean(logits, -1));
    value = add(multiply(value, 1 - smoothing), multiply(meanLoss, smoothing));
  }
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const loss = customGradient("cross-entropy", inputs, value, (_, __, g) => {
    const vocabulary = weight.shape[1] as number;
    const column = unsqueeze(targets, 1);
    // p − (1 − ε)·onehot, computed from the picked probability, so that it can reuse the memory of p.
    const sharp = placeLast(p, column, subtract(unsqueeze(probability, 1), 1 - smoothing));
    const scale = unsqueeze(g, 1);
    const scaled = multiply(x, scale);
    let dx = matMul(sharp, weight, { transposeB: true });
    const size = weight.shape[0] as number;
    // The last row is the gradient of the bias.
    const rows = matMul(concatenate([scaled, scale], 1), sharp, { transposeA: true });
    let dw = bias ? slice(rows, 0, 0, size) : matMul(scaled, sharp, { transposeA: true });
    let db = reshape(slice(rows, 0, size, size + 1), [vocabulary]);
    if (smoothing > 0) {
      // The share of every word, −ε/V, is the same across a row.
      const share = smoothing / vocabulary;
      dx = subtract(dx, multiply(unsqueeze(reduceSum(weight, 1), 0), share));
      dw = subtract(dw, multiply(unsqueeze(reduceSum(scaled, 0), 1), share));
      db = subtract(db, multiply(reduceSum(g), share));
    }
    return [multiply(dx, scale), dw, ...(bias ? [db] : [])];
  });
  return { loss, logProbability };
}
