/** @file A GRU as PyTorch and cuDNN compute it, on plain arrays: a second implementation to compare with. */

import type { PlainArray } from "./npz.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** One row of a matrix. */
export function rowOf({ shape, data }: PlainArray, row: number): number[] {
  const width = shape[1] as number;
  return data.slice(row * width, (row + 1) * width);
}

/** W x + b, W with a row for each sum. */
export function affineOf(weight: PlainArray, bias: PlainArray, x: readonly number[]): number[] {
  return bias.data.map(
    (start, row) =>
      start + rowOf(weight, row).reduce((sum, w, column) => sum + w * (x[column] as number), 0),
  );
}

/** The weights of a cell, gates in the order reset, update, candidate. */
export interface PlainGru {
  readonly inputs: PlainArray;
  readonly states: PlainArray;
  readonly inputBias: PlainArray;
  readonly stateBias: PlainArray;
}

/** The next state: r and z from sums of both sides; n = tanh(W x + b + r·(U h + b')); z·h + (1 − z)·n. */
export function gruStep(cell: PlainGru, x: readonly number[], h: readonly number[]): number[] {
  const ofInput = affineOf(cell.inputs, cell.inputBias, x);
  const ofState = affineOf(cell.states, cell.stateBias, h);
  const units = h.length;
  return h.map((before, unit) => {
    const sums = (gate: number): [number, number] => [
      ofInput[gate * units + unit] as number,
      ofState[gate * units + unit] as number,
    ];
    const [[rx, rh], [zx, zh], [nx, nh]] = [sums(0), sums(1), sums(2)];
    const update = sigmoid(zx + zh);
    const candidate = Math.tanh(nx + sigmoid(rx + rh) * nh);
    return update * before + (1 - update) * candidate;
  });
}
