/** @file The vectors of a trace as explanations use them: numbers that know where they come from. */

import type { Signal } from "../../models/wiring.ts";
import type { TensorValue } from "../../tensor/value.ts";
import type { Trace } from "../../trace/trace.ts";
import { vectorAt } from "../scale/domain.ts";
import type { Pick } from "../state/selection.svelte.ts";

/** A model's weights by name. */
export type Weights = ReadonlyMap<string, TensorValue>;

/** A vector with the letter that equations call it by. */
export interface Row {
  readonly values: ArrayLike<number>;
  readonly symbol: string;
  /** Where the trace has the number at a place; null if it has it nowhere. */
  pickAt(index: number): Pick | null;
}

/** A vector of the trace. */
export function rowOf(
  trace: Trace,
  { side, tensor, step }: Omit<Pick, "index" | "size" | "value" | "row">,
  symbol: string,
): Row {
  const values = vectorAt(trace, side, tensor, step);
  const { length: size } = values;
  return {
    values,
    symbol,
    pickAt: (index) => ({ tensor, side, step, index, size, value: values[index] as number }),
  };
}

/** A vector of the model's wiring, as a decoder step reads it. */
export function signalRow(
  trace: Trace,
  { tensor, time, first }: Signal,
  step: number,
  symbol: string,
): Row {
  if (time === "source") return rowOf(trace, { side: "encoder", tensor, step: 0 }, symbol);
  if (time === "current") return rowOf(trace, { side: "decoder", tensor, step }, symbol);
  return step > 0
    ? rowOf(trace, { side: "decoder", tensor, step: step - 1 }, symbol)
    : rowOf(trace, { side: "encoder", tensor: first as string, step: 0 }, symbol);
}

/** The concatenation of vectors. */
export function concatenated(rows: readonly Row[], symbol: string): Row {
  const values = Float64Array.from(rows.flatMap((row) => Array.from(row.values)));
  return {
    values,
    symbol,
    pickAt: (index) => {
      let at = index;
      for (const row of rows) {
        if (at < row.values.length) return row.pickAt(at);
        at -= row.values.length;
      }
      return null;
    },
  };
}

/** The concatenation of vectors; a single vector stays as it is. */
export function concatenatedOrOne(rows: readonly Row[], symbol: string): Row {
  return rows.length === 1 ? (rows[0] as Row) : concatenated(rows, symbol);
}

/** A state before the first step: zeros. */
export function zeros(size: number, symbol: string): Row {
  return { values: new Float32Array(size), symbol, pickAt: () => null };
}

/** A single number that is in no trace. */
export function single(value: number, symbol: string): Row {
  return { values: [value], symbol, pickAt: () => null };
}

/** A number of a weight; matrices are `[from, to]`. */
export function weightAt(weights: Weights, name: string, row: number, column: number): number {
  const found = weights.get(name);
  if (!found) throw new Error(`There is no weight ${name}.`);
  return Number(found.data[row * (found.shape.at(-1) as number) + column]);
}

/** A column of a matrix of weights, by the row. */
export function columnOf(
  weights: Weights,
  name: string,
  column: number,
): (index: number) => number {
  return (index) => weightAt(weights, name, index, column);
}
