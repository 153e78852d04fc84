import type { Lookup } from "../../models/trainingGraph.ts";
import type { NamedValues } from "../../runtime/runtime.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { zip } from "../../tensor/zip.ts";
import type { Arena } from "./arena.ts";

/** Numbers that an update reads and overwrites, each a vector of one length. */
export interface UpdatedNumbers {
  readonly parameter: TensorValue;
  readonly gradient: TensorValue;
  readonly moments: readonly TensorValue[];
}

/** The memory of a training that a table is part of. */
interface Memory {
  readonly parameters: Arena;
  readonly gradients: Arena;
  readonly moments: readonly Arena[];
}

/**
 * The rows of an embedding table that a batch reads. Their gradients lie one after the other, at the beginning of the
 * table's place among the gradients; an update takes only these rows out of the table and its moments.
 */
export class TableRows {
  readonly lookup: Lookup;
  /** The parameter's table, then those of its moments. */
  private readonly tables: readonly TensorValue[];
  private readonly gradients: TensorValue;
  private readonly size: number;
  private ids = new Int32Array(0);

  constructor(lookup: Lookup, { parameters, gradients, moments }: Memory) {
    const tableOf = (arena: Arena): TensorValue => arena.views.get(lookup.table) as TensorValue;
    this.lookup = lookup;
    this.tables = [parameters, ...moments].map(tableOf);
    this.gradients = tableOf(gradients);
    this.size = this.gradients.shape[1] as number;
  }

  /** Takes the distinct ids of a batch, in ascending order, and returns them as an input of the graph. */
  take(feeds: NamedValues): TensorValue {
    const ids = feeds[this.lookup.ids]?.data as Int32Array;
    this.ids = Int32Array.from(new Set(ids)).sort();
    return { dtype: "int32", shape: [this.ids.length], data: this.ids };
  }

  /** The gradients of the rows: `[rows, size]`. */
  get gradient(): TensorValue {
    const { length } = this.ids;
    const data = this.gradients.data.subarray(0, length * this.size);
    return { dtype: "float32", shape: [length, this.size], data };
  }

  /** The gradient of the whole table, with zeros for all other rows. */
  wholeGradient(): Float32Array<ArrayBuffer> {
    const whole = new Float32Array(this.gradients.data.length);
    const rows = this.gradient.data as Float32Array;
    this.ids.forEach((id, row) => {
      whole.set(rowOf(rows, row, this.size), id * this.size);
    });
    return whole;
  }

  /** The sum of the squares of the rows' gradients. */
  squares(): number {
    let sum = 0;
    for (const value of this.gradient.data as Float32Array) sum += value * value;
    return sum;
  }

  /** Updates the rows in place. */
  async update(updateNumbers: (numbers: UpdatedNumbers) => Promise<void>): Promise<void> {
    const { ids, size } = this;
    const shape = [ids.length * size];
    const copyOf = ({ data }: TensorValue): TensorValue => {
      const copy = new Float32Array(ids.length * size);
      ids.forEach((id, row) => {
        copy.set(rowOf(data as Float32Array, id, size), row * size);
      });
      return { dtype: "float32", shape, data: copy };
    };
    const [table, ...others] = this.tables as [TensorValue, ...TensorValue[]];
    const parameter = copyOf(table);
    const moments = others.map(copyOf);
    await updateNumbers({ parameter, gradient: { ...this.gradient, shape }, moments });
    for (const [{ data }, { data: copy }] of zip(this.tables, [parameter, ...moments])) {
      ids.forEach((id, row) => {
        (data as Float32Array).set(rowOf(copy as Float32Array, row, size), id * size);
      });
    }
  }
}

function rowOf(table: Float32Array, row: number, size: number): Float32Array {
  return table.subarray(row * size, (row + 1) * size);
}
