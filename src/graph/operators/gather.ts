/** @file Picking rows and elements by index, and their gradients, which add at an index. */

import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import type { Dimension } from "../shape.ts";
import { formatShape, positiveAxis, sameShape } from "../shape.ts";
import type { Operator, Tensor } from "../tensor.ts";
import { makeNode, makeTensor } from "../tensor.ts";
import { knownSize, reshape } from "./broadcast.ts";
import { fill } from "./source.ts";

function checkIndices(name: string, indices: Tensor): void {
  if (indices.dtype !== "int64" && indices.dtype !== "int32") {
    throw new DtypeError(`${name}: indices are int32 or int64, not ${indices.dtype}.`);
  }
}

export const gatherOperator: Operator<null> = {
  name: "gather",
  infer: ([table, indices]) => {
    const [{ dtype, shape }, at] = [table as Tensor, indices as Tensor];
    checkIndices("gather", at);
    return [{ dtype, shape: [...at.shape, ...shape.slice(1)] }];
  },
  lower: (emitter, inputs) => [emitter.op("Gather", inputs, { axis: { int: 0 } })],
  gradient: ({ inputs }, [g]) => {
    const [table, indices] = inputs as [Tensor, Tensor];
    if (!g || !isFloat(table.dtype)) return [null, null];
    return [scatterAdd(fill(table.dtype, table.shape, 0), indices, g), null];
  },
};

/** Rows of a table: `[rows, …]` by indices `[a, b]` is `[a, b, …]`. */
export function gather(table: Tensor, indices: Tensor): Tensor {
  return makeTensor(gatherOperator, [table, indices], null);
}

export const scatterAddOperator: Operator<null> = {
  name: "scatterAdd",
  infer: ([table, indices, rows]) => {
    const [base, at, values] = [table as Tensor, indices as Tensor, rows as Tensor];
    checkIndices("scatterAdd", at);
    if (!sameShape(values.shape, [...at.shape, ...base.shape.slice(1)])) {
      throw new ShapeError(`scatterAdd: rows ${values} at ${at} do not fit the table ${base}.`);
    }
    return [{ dtype: base.dtype, shape: base.shape }];
  },
  /**
   * ONNX Runtime's ScatterND adds rows in parallel and loses some where an index occurs twice (as of
   * 1.30). So rows of one index are added first, by a product with a matrix of zeros and ones, and each
   * index is scattered once. That matrix is small: as wide as the rows and as high as the different ones.
   */
  lower: (emitter, [table, indices, rows], { inputs }) => {
    const [base, at] = inputs as [Tensor, Tensor];
    const flat = emitter.op("Reshape", [indices as string, emitter.ints([-1])]);
    const wide = at.dtype === "int64" ? flat : emitter.op("Cast", [flat], { to: { int: 7 } });
    const [different] = emitter.ops("Unique", [wide], { axis: { int: 0 } }, [true]) as [string];
    const column = emitter.op("Unsqueeze", [different, emitter.ints([1])]);
    const isSame = emitter.op("Equal", [column, wide]);
    const ones = emitter.op("Cast", [isSame], { to: { int: base.dtype === "float64" ? 11 : 1 } });
    const size = knownSize(base.shape.slice(1));
    if (size === null) throw new ShapeError(`scatterAdd: rows of ${base} have no known size.`);
    const matrix = emitter.op("Reshape", [rows as string, emitter.ints([-1, size])]);
    const sums = emitter.op("MatMul", [ones, matrix]);
    const shaped = emitter.op("Reshape", [
      sums,
      emitter.ints([-1, ...(base.shape.slice(1) as number[])]),
    ]);
    return [
      emitter.op("ScatterND", [table as string, column, shaped], { reduction: { text: "add" } }),
    ];
  },
  gradient: ({ inputs }, [g]) => [g ?? null, null, g ? gather(g, inputs[1] as Tensor) : null],
};

/** The table with each of `rows` added at its index; equal indices add up. */
export function scatterAdd(table: Tensor, indices: Tensor, rows: Tensor): Tensor {
  return makeTensor(scatterAddOperator, [table, indices, rows], null);
}

export const takeLastOperator: Operator<null> = {
  name: "takeLast",
  infer: ([x, indices]) => {
    const [values, at] = [x as Tensor, indices as Tensor];
    checkIndices("takeLast", at);
    if (at.rank !== values.rank || !sameShape(at.shape.slice(0, -1), values.shape.slice(0, -1))) {
      throw new ShapeError(`takeLast: ${formatShape(at.shape)} does not index ${values}.`);
    }
    return [{ dtype: values.dtype, shape: at.shape }];
  },
  lower: (emitter, inputs) => [emitter.op("GatherElements", inputs, { axis: { int: -1 } })],
  gradient: ({ inputs }, [g]) => {
    const [x, indices] = inputs as [Tensor, Tensor];
    if (!g || !isFloat(x.dtype)) return [null, null];
    return [scatterLast(fill(x.dtype, x.shape, 0), indices, g), null];
  },
};

/** Elements along the last axis: `x[…, indices[…, k]]` for each k. */
export function takeLast(x: Tensor, indices: Tensor): Tensor {
  return makeTensor(takeLastOperator, [x, indices], null);
}

export const scatterLastOperator: Operator<null> = {
  name: "scatterLast",
  infer: ([x, indices, values]) => {
    const [base, at, added] = [x as Tensor, indices as Tensor, values as Tensor];
    checkIndices("scatterLast", at);
    if (!sameShape(at.shape, added.shape)) {
      throw new ShapeError(`scatterLast: ${added} at ${formatShape(at.shape)}.`);
    }
    return [{ dtype: base.dtype, shape: base.shape }];
  },
  lower: (emitter, inputs) => [
    emitter.op("ScatterElements", inputs, { axis: { int: -1 }, reduction: { text: "add" } }),
  ],
  gradient: ({ inputs }, [g]) => [g ?? null, null, g ? takeLast(g, inputs[1] as Tensor) : null],
};

/** `x` with values added along the last axis at `indices`; the gradient of {@link takeLast}. */
export function scatterLast(x: Tensor, indices: Tensor, values: Tensor): Tensor {
  return makeTensor(scatterLastOperator, [x, indices, values], null);
}

export const placeLastOperator: Operator<null> = {
  name: "placeLast",
  infer: scatterLastOperator.infer,
  lower: (emitter, inputs) => [emitter.op("ScatterElements", inputs, { axis: { int: -1 } })],
  gradient: ({ inputs }, [g]) => {
    const [x, indices] = inputs as [Tensor, Tensor];
    if (!g || !isFloat(x.dtype)) return [null, null, null];
    const values = takeLast(g, indices);
    return [placeLast(g, indices, fill(values.dtype, values.shape, 0)), null, values];
  },
};

/** `x` with values put along the last axis at `indices`, which may not repeat. */
export function placeLast(x: Tensor, indices: Tensor, values: Tensor): Tensor {
  return makeTensor(placeLastOperator, [x, indices, values], null);
}

export const topKOperator: Operator<{ count: number }> = {
  name: "topK",
  infer: ([x], { count }) => {
    const { dtype, shape } = x as Tensor;
    const shapeOut: Dimension[] = [...shape.slice(0, -1), count];
    return [
      { dtype, shape: shapeOut },
      { dtype: "int64", shape: shapeOut },
    ];
  },
  lower: (emitter, [x], { attributes: { count } }) =>
    emitter.ops("TopK", [x as string, emitter.ints([count])], { axis: { int: -1 } }, [true, true]),
  gradient: ({ inputs, outputs }, [g]) => {
    const x = inputs[0] as Tensor;
    if (!g || !isFloat(x.dtype)) return [null];
    return [scatterLast(fill(x.dtype, x.shape, 0), outputs[1] as Tensor, g)];
  },
  describe: ({ count }) => String(count),
};

/** The `count` largest elements along the last axis, in falling order, and their positions (int64). */
export function topK(x: Tensor, count: number): { values: Tensor; indices: Tensor } {
  positiveAxis("topK", -1, x.rank);
  const [values, indices] = makeNode(topKOperator, [x], { count }) as [Tensor, Tensor];
  return { values, indices };
}

/** One element of each row: `x[i, indices[i]]` for x `[rows, n]` and indices `[rows]`. */
export function pick(x: Tensor, indices: Tensor): Tensor {
  const column = reshape(indices, [...indices.shape, 1]);
  return reshape(takeLast(x, column), indices.shape);
}
