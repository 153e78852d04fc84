import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import { makeTensor } from "../node.ts";
import type { Dimension } from "../shape.ts";
import { broadcastShapes, isLarge, productOf, sameShape } from "../shape.ts";
import type {
  BinaryOperator,
  DeferredTensor,
  Emitter,
  LoopBody,
  Tensor,
  TernaryOperator,
} from "../tensor.ts";
import { swapLastAxes, transpose } from "./arrange.ts";
import { flatten, reshape } from "./reshape.ts";
import { reduceSum, unbroadcast } from "./sumAndExpand.ts";

export interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

function swapLast(emitter: Emitter, name: string, rank: number): string {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  order.push(...order.splice(rank - 2, 1));
  return emitter.op("Transpose", [name], { perm: { ints: order } });
}

/**
 * A product inside a loop with weights from outside, given transposed: their long rows are then contiguous, and
 * ONNX Runtime copies them for the processor 1.5 times as fast as columns that are a power of two apart.
 */
function byTransposed(
  emitter: Emitter,
  [name, transposed]: readonly [string, string],
  [left, right]: readonly [Tensor, Tensor],
): string {
  const flags = { transB: { int: 1 } };
  if (left.rank === 2) return emitter.op("Gemm", [name, transposed], flags);
  const outer = left.shape.slice(0, -1);
  const [inner, columns] = right.shape as [Dimension, Dimension];
  const rows = emitter.op("Reshape", [name, emitter.sizes([productOf(outer), inner])]);
  const product = emitter.op("Gemm", [rows, transposed], flags);
  return emitter.op("Reshape", [product, emitter.sizes([...outer, columns])]);
}

export const matMulOperator: BinaryOperator<MatMulAttributes> = {
  name: "matMul",
  infer: ([a, b], { transposeA, transposeB }) => {
    if (a.dtype !== b.dtype || !isFloat(a.dtype)) throw new DtypeError(`matMul: ${a} times ${b}.`);
    if (a.rank < 2 || b.rank < 2) throw new ShapeError(`matMul: ${a} times ${b} needs matrices.`);
    const [rows, inner] = [a.shape.at(transposeA ? -1 : -2), a.shape.at(transposeA ? -2 : -1)];
    const [innerB, columns] = [b.shape.at(transposeB ? -1 : -2), b.shape.at(transposeB ? -2 : -1)];
    if (inner !== innerB) {
      const flags = `${transposeA ? "ᵀ" : ""} times ${b}${transposeB ? "ᵀ" : ""}`;
      throw new ShapeError(`matMul: ${a}${flags}: ${inner} columns meet ${innerB} rows.`);
    }
    const outer = broadcastShapes("matMul", a.shape.slice(0, -2), b.shape.slice(0, -2));
    return [{ dtype: a.dtype, shape: [...outer, rows as Dimension, columns as Dimension] }];
  },
  lower: (emitter, [a, b], { attributes: { transposeA, transposeB }, inputs }) => {
    const [left, right] = inputs;
    const isPlain = right.rank === 2 && !transposeA && !transposeB;
    const transposed = isPlain ? emitter.transposed(right) : null;
    if (transposed !== null) return [byTransposed(emitter, [a, transposed], inputs)];
    if (left.rank === 2 && right.rank === 2 && (transposeA || transposeB)) {
      // Transposed first: ONNX Runtime reaches only three quarters of the speed with a factor read by columns.
      const first = transposeA ? swapLast(emitter, a, 2) : a;
      const flags = { transB: { int: Number(transposeB) } };
      return [emitter.op("Gemm", [first, b], flags)];
    }
    // ONNX Runtime fuses these transposes into the product when it loads the graph.
    const first = transposeA ? swapLast(emitter, a, left.rank) : a;
    const second = transposeB ? swapLast(emitter, b, right.rank) : b;
    return [emitter.op("MatMul", [first, second])];
  },
  gradient: ({ inputs: [a, b], attributes: { transposeA, transposeB } }, [g]) => {
    if (!g) return [null, null];
    const da = transposeA
      ? matMul(transposeB ? swapLastAxes(b) : b, g, { transposeB: true })
      : matMul(g, b, { transposeB: !transposeB });
    if (b.rank === 2 && a.rank > 2 && !transposeA) {
      // The same weight for all rows: flatten the rows into one axis and sum over it in one product.
      const [rows, cotangent] = [flatten(a), flatten(g)];
      const db = transposeB
        ? matMul(cotangent, rows, { transposeA: true })
        : matMul(rows, cotangent, { transposeA: true });
      return [unbroadcast(da, a.shape), db];
    }
    const db = transposeB
      ? matMul(g, a, { transposeA: true, transposeB: transposeA })
      : matMul(a, g, { transposeA: !transposeA });
    return [unbroadcast(da, a.shape), unbroadcast(db, b.shape)];
  },
  sumOverTime: ({ inputs: [a, b], attributes }, loop) => {
    if (loop.isChanging(a) && loop.isChanging(b)) return sumOfProducts(a, b, attributes, loop);
    const sum = loop.sum(loop.isChanging(a) ? a : b);
    return loop.isChanging(a)
      ? () => matMul(sum(), b, attributes)
      : () => matMul(a, sum(), attributes);
  },
  describe: ({ transposeA, transposeB }) => (transposeA ? "ᵀ" : "·") + (transposeB ? "ᵀ" : "·"),
};

/** Σ over steps of Aᵀ·B as one product over time and rows; null for other forms. */
function sumOfProducts(
  a: Tensor,
  b: Tensor,
  { transposeA, transposeB }: MatMulAttributes,
  loop: LoopBody,
): DeferredTensor | null {
  const isOuter = a.rank === b.rank && sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (!transposeA || transposeB || !isOuter || isLarge(a.shape) || isLarge(b.shape)) return null;
  const [left, right] = [loop.stack(a), loop.stack(b)];
  return () => matMul(timeIntoRows(left()), timeIntoRows(right()), { transposeA: true });
}

/** `[time, …, rows, columns]` as `[…, time*rows, columns]`. */
function timeIntoRows(stack: Tensor): Tensor {
  if (stack.rank === 3) return flatten(stack);
  const outer = stack.rank - 3;
  const axes = Array.from({ length: outer }, (_, axis) => axis + 1);
  const order = [...axes, 0, stack.rank - 2, stack.rank - 1];
  const moved = transpose(stack, order);
  const rows = productOf(moved.shape.slice(outer, outer + 2));
  return reshape(moved, [...moved.shape.slice(0, outer), rows, moved.shape.at(-1) as Dimension]);
}

/**
 * Matrix product over the last two axes; the axes before them broadcast. Either factor may be
 * transposed within the product: `[…, m, k] · […, k, n] = […, m, n]`.
 */
export function matMul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: Partial<MatMulAttributes> = {},
): Tensor {
  if (transposeB && (b.rank > 2 || (a.rank > 2 && transposeA))) {
    // A separate node, which stays outside a loop if b does not change in it.
    return matMul(a, swapLastAxes(b), { transposeA });
  }
  if (a.rank > 2 && b.rank === 2 && transposeB && !transposeA) {
    // As one Gemm, which reads the weights transposed; MatMul would need a transpose first.
    const product = matMul(flatten(a), b, { transposeB });
    return reshape(product, [...a.shape.slice(0, -1), b.shape[0] as Dimension]);
  }
  return makeTensor(matMulOperator, [a, b], { transposeA, transposeB });
}

export const affineOperator: TernaryOperator = {
  name: "affine",
  infer: ([a, w, b]) => {
    if (a.rank !== 2 || w.rank !== 2 || b.rank !== 1 || b.shape[0] !== w.shape[1]) {
      throw new ShapeError(`affine: ${a} times ${w} plus ${b}.`);
    }
    return matMulOperator.infer([a, w], { transposeA: false, transposeB: false });
  },
  lower: (emitter, [x, weight, bias], { inputs }) => {
    const transposed = emitter.transposed(inputs[1]);
    const flags = transposed === null ? {} : { transB: { int: 1 } };
    return [emitter.op("Gemm", [x, transposed ?? weight, bias], flags)];
  },
  gradient: ({ inputs: [x, weight] }, [g]) => {
    if (!g) return [null, null, null];
    return [
      matMul(g, weight, { transposeB: true }),
      matMul(x, g, { transposeA: true }),
      reduceSum(g, 0),
    ];
  },
};

/** `x W + b` in one operation; more than two axes of x are flattened: `[…, in]` to `[…, out]`. */
export function affine(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const rows = makeTensor(affineOperator, [flatten(x), weight, bias], null);
  return reshape(rows, [...x.shape.slice(0, -1), weight.shape[1] as Dimension]);
}
