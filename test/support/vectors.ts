/** @file Vector arithmetic in float64, for comparison with the results of graphs. */

/** Numbers with their shape, row-major: a weight, or a tensor of a trace. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> | BigInt64Array;
}

type Vector = readonly number[];

/** A row of a matrix; a vector is its own only row. A missing tensor gives an empty row. */
export function row(tensor: Numbers | undefined, index = 0): number[] {
  if (!tensor) return [];
  const size = tensor.shape.length < 2 ? tensor.data.length : (tensor.shape.at(-1) as number);
  return range(size).map((at) => Number(tensor.data[index * size + at]));
}

/** x M for a matrix `[x.length, columns]`: matrices multiply from the right. */
export function times(x: Vector, matrix: Numbers | undefined): number[] {
  if (!matrix) throw new Error("There is no such weight.");
  const [rows, columns] = matrix.shape as [number, number];
  if (rows !== x.length) throw new Error(`${x.length} numbers by [${rows}, ${columns}]`);
  return range(columns).map((column) =>
    sum(x.map((value, at) => value * Number(matrix.data[at * columns + column]))),
  );
}

/** The numbers 0, 1, 2 … */
export function range(length: number): number[] {
  return Array.from({ length }, (_, at) => at);
}

export function sum(x: Vector): number {
  return x.reduce((total, value) => total + value, 0);
}

/** Elementwise, like the following functions. */
export function add(x: Vector, y: Vector): number[] {
  return x.map((value, at) => value + (y[at] as number));
}

export function multiply(x: Vector, y: Vector): number[] {
  return x.map((value, at) => value * (y[at] as number));
}

export function sigmoid(x: Vector): number[] {
  return x.map((value) => 1 / (1 + Math.exp(-value)));
}

export function tanh(x: Vector): number[] {
  return x.map(Math.tanh);
}

export function softmax(x: Vector): number[] {
  const largest = Math.max(...x);
  const powers = x.map((value) => Math.exp(value - largest));
  const total = sum(powers);
  return powers.map((value) => value / total);
}
