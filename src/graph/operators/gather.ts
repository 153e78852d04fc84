/** @file Selects rows and elements by index; the gradients add at an index. */

import { isFloat } from "../../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import { makeNode, makeTensor } from "../node.ts";
import type { Dimension } from "../shape.ts";
import { formatShape, positiveAxis, sameShape } from "../shape.ts";
import type { BinaryOperator, Operator, Tensor, TernaryOperator } from "../tensor.ts";
import { knownSize } from "./reduction.ts";
import { reshape } from "./reshape.ts";
import { fill } from "./source.ts";

function checkIndices(name: string, indices: Tensor): void {
  if (indices.dtype !== "int64" && indices.dtype !== "int32") {
    throw new DtypeError(`${name}: indices are int32 or int64, not ${indices.dtype}.`);
  }
}

export const gatherOperator: BinaryOperator = {
  name: "gather",
  infer: ([{ dtype, shape }, indices]) => {
    checkIndices("gather", indices);
    return [{ dtype, shape: [...indices.shape, ...shape.slice(1)] }];
  },
  lower: (emitter, inputs) => [emitter.op("Gather", inputs, { axis: { int: 0 } })],
  gradient: ({ inputs: [table, indices] }, [g]) => {
    if (!g || !isFloat(table.dtype)) return [null, null];
    return [scatterAdd(fill(table.dtype, table.shape, 0), indices, g), null];
  },
};

/** Rows of a table: `[rows, …]` indexed by `[a, b]` gives `[a, b, …]`. */
export function gather(table: Tensor, indices: Tensor): Tensor {
  return makeTensor(gatherOperator, [table, indices], null);
}

export const scatterAddOperator: TernaryOperator = {
  name: "scatterAdd",
  infer: ([table, indices, rows]) => {
    checkIndices("scatterAdd", indices);
    if (!sameShape(rows.shape, [...indices.shape, ...table.shape.slice(1)])) {
      throw new ShapeError(`scatterAdd: rows ${rows} at ${indices} do not fit the table ${table}.`);
    }
    return [{ dtype: table.dtype, shape: table.shape }];
  },
  /**
   * ONNX Runtime's ScatterND adds rows in parallel and loses some if an index occurs twice (as of
   * 1.30). So the rows of equal indices are added first, by a product with a matrix of zeros and ones, and each
   * index is scattered once. This matrix is small: one column per row and one row per distinct index.
   */
  lower: (emitter, [table, indices, rows], { inputs: [base, at] }) => {
    const flat = emitter.op("Reshape", [indices, emitter.ints([-1])]);
    const toInt64 = { to: { dtype: "int64" } } as const;
    const wide = at.dtype === "int64" ? flat : emitter.op("Cast", [flat], toInt64);
    const [different] = emitter.ops("Unique", [wide], { axis: { int: 0 } }, [true]);
    const column = emitter.op("Unsqueeze", [different, emitter.ints([1])]);
    const isSame = emitter.op("Equal", [column, wide]);
    const ones = emitter.op("Cast", [isSame], { to: { dtype: base.dtype } });
    const size = knownSize(base.shape.slice(1));
    if (size === null) throw new ShapeError(`scatterAdd: rows of ${base} have no known size.`);
    const matrix = emitter.op("Reshape", [rows, emitter.ints([-1, size])]);
    const sums = emitter.op("MatMul", [ones, matrix]);
    const shaped = emitter.op("Reshape", [
      sums,
      emitter.ints([-1, ...(base.shape.slice(1) as number[])]),
    ]);
    return [emitter.op("ScatterND", [table, column, shaped], { reduction: { text: "add" } })];
  },
  gradient: ({ inputs: [, indices] }, [g]) => [g, null, g && gather(g, indices)],
};

/** Adds each of `rows` to the table at its index; rows with equal indices add up. */
export function scatterAdd(table: Tensor, indices: Tensor, rows: Tensor): Tensor {
  return makeTensor(scatterAddOperator, [table, indices, rows], null);
}

export const pickRowsOperator: BinaryOperator = {
  name: "pickRows",
  infer: gatherOperator.infer,
  lower: gatherOperator.lower,
  gradient: ({ inputs: [table, indices] }, [g]) => {
    if (!g || !isFloat(table.dtype)) return [null, null];
    return [placeRows(fill(table.dtype, table.shape, 0), indices, g), null];
  },
};

/** {@link gather} for indices `[n]` that do not repeat, so that its gradient adds nothing up. */
export function pickRows(table: Tensor, indices: Tensor): Tensor {
  return makeTensor(pickRowsOperator, [table, indices], null);
}

export const placeRowsOperator: TernaryOperator = {
  name: "placeRows",
  infer: scatterAddOperator.infer,
  lower: (emitter, [table, indices, rows], { inputs: [, at] }) => {
    const wide =
      at.dtype === "int64" ? indices : emitter.op("Cast", [indices], { to: { dtype: "int64" } });
    const column = emitter.op("Unsqueeze", [wide, emitter.ints([at.rank])]);
    return [emitter.op("ScatterND", [table, column, rows])];
  },
  gradient: ({ inputs: [, indices] }, [g]) => {
    if (!g || !isFloat(g.dtype)) return [null, null, null];
    const rows = pickRows(g, indices);
    return [placeRows(g, indices, fill(rows.dtype, rows.shape, 0)), null, rows];
  },
};

/** Replaces rows of a table at `indices`, which must not repeat. */
export function placeRows(table: Tensor, indices: Tensor, rows: Tensor): Tensor {
  return makeTensor(placeRowsOperator, [table, indices, rows], null);
}

export const takeLastOperator: BinaryOperator = {
  name: "takeLast",
  infer: ([x, indices]) => {
    checkIndices("takeLast", indices);
    const { rank, shape } = indices;
    if (rank !== x.rank || !sameShape(shape.slice(0, -1), x.shape.slice(0, -1))) {
      throw new ShapeError(`takeLast: ${formatShape(shape)} does not index ${x}.`);
    }
    return [{ dtype: x.dtype, shape }];
  },
  lower: (emitter, inputs) => [emitter.op("GatherElements", inputs, { axis: { int: -1 } })],
  gradient: ({ inputs: [x, indices] }, [g]) => {
    if (!g || !isFloat(x.dtype)) return [null, null];
    return [scatterLast(fill(x.dtype, x.shape, 0), indices, g), null];
  },
};

/** Elements along the last axis: `x[…, indices[…, k]]` for each k. */
export function takeLast(x: Tensor, indices: Tensor): Tensor {
  return makeTensor(takeLastOperator, [x, indices], null);
}

export const scatterLastOperator: TernaryOperator = {
  name: "scatterLast",
  infer: ([{ dtype, shape }, indices, values]) => {
    checkIndices("scatterLast", indices);
    if (!sameShape(indices.shape, values.shape)) {
      throw new ShapeError(`scatterLast: ${values} at ${formatShape(indices.shape)}.`);
    }
    return [{ dtype, shape }];
  },
  lower: (emitter, inputs) => [
    emitter.op("ScatterElements", inputs, { axis: { int: -1 }, reduction: { text: "add" } }),
  ],
  gradient: ({ inputs: [, indices] }, [g]) => [g, null, g && takeLast(g, indices)],
};

/** Adds values to `x` along the last axis at `indices`; the gradient of {@link takeLast}. */
export function scatterLast(x: Tensor, indices: Tensor, values: Tensor): Tensor {
  return makeTensor(scatterLastOperator, [x, indices, values], null);
}

export const placeLastOperator: TernaryOperator = {
  name: "placeLast",
  infer: scatterLastOperator.infer,
  lower: (emitter, inputs) => [emitter.op("ScatterElements", inputs, { axis: { int: -1 } })],
  gradient: ({ inputs: [x, indices] }, [g]) => {
    if (!g || !isFloat(x.dtype)) return [null, null, null];
    const values = takeLast(g, indices);
    return [placeLast(g, indices, fill(values.dtype, values.shape, 0)), null, values];
  },
};

/** Replaces values of `x` along the last axis at `indices`, which must not repeat. */
export function placeLast(x: Tensor, indices: Tensor, values: Tensor): Tensor {
  return makeTensor(placeLastOperator, [x, indices, values], null);
}

export const topKOperator: Operator<
  { count: number },
  readonly [Tensor],
  readonly [Tensor, Tensor]
> = {
  name: "topK",
  infer: ([{ dtype, shape }], { count }) => {
    const shapeOut: Dimension[] = [...shape.slice(0, -1), count];
    return [
      { dtype, shape: shapeOut },
      { dtype: "int64", shape: shapeOut },
    ];
  },
  lower: (emitter, [x], { attributes: { count } }) =>
    emitter.ops("TopK", [x, emitter.ints([count])], { axis: { int: -1 } }, [true, true]),
  gradient: ({ inputs: [x], outputs: [, indices] }, [g]) => {
    if (!g || !isFloat(x.dtype)) return [null];
    return [scatterLast(fill(x.dtype, x.shape, 0), indices, g)];
  },
  describe: ({ count }) => String(count),
};

/** The `count` largest elements along the last axis, in descending order, and their positions (int64). */
export function topK(x: Tensor, count: number): { values: Tensor; indices: Tensor } {
  positiveAxis("topK", -1, x.rank);
  const [values, indices] = makeNode(topKOperator, [x], { count }).outputs;
  return { values, indices };
}

/** One element of each row: `x[i, indices[i]]` for x `[rows, n]` and indices `[rows]`. */
export function pick(x: Tensor, indices: Tensor): Tensor {
  const column = reshape(indices, [...indices.shape, 1]);
  return reshape(takeLast(x, column), indices.shape);
}
