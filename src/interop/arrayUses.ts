/** @file Which numbers of which arrays have been used: each has to be, and only once. */

import { elementCount } from "../tensor/value.ts";
import type { ForeignArray, ForeignArrays } from "./foreignArrays.ts";

/** A block of an array: from and to along the first and along the last axis of a matrix. */
export interface Block {
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
}

/** Counts the uses of each number. */
export class ArrayUses {
  private readonly arrays: ForeignArrays;
  private readonly used: Map<string, Uint8Array> = new Map();

  constructor(arrays: ForeignArrays) {
    this.arrays = arrays;
  }

  /** Counts a whole array as used. */
  useWhole(name: string): boolean {
    const marks = this.marksOf(name);
    const isNew = !marks.includes(1);
    marks.fill(1);
    return isNew;
  }

  /**
   * Counts a block of an array as used.
   *
   * @param width the numbers of one row of the array.
   * @returns false if a number of it had been used before.
   */
  useBlock(name: string, { rows, columns }: Block, width: number): boolean {
    const marks = this.marksOf(name);
    let isNew = true;
    for (let row = rows[0]; row < rows[1]; row++) {
      const part = marks.subarray(row * width + columns[0], row * width + columns[1]);
      if (part.includes(1)) isNew = false;
      part.fill(1);
    }
    return isNew;
  }

  /** The arrays of which numbers are left over, with the count of these. */
  leftOver(): { readonly array: ForeignArray; readonly numbers: number; readonly of: number }[] {
    return Array.from(this.arrays.values(), (array) => {
      const of = elementCount(array.shape);
      const marks = this.used.get(array.name);
      const numbers = marks ? marks.reduce((count, mark) => count - mark, of) : of;
      return { array, numbers, of };
    }).filter(({ array, numbers }) => numbers > 0 || !this.used.has(array.name));
  }

  private marksOf(name: string): Uint8Array {
    const array = this.arrays.get(name);
    const marks = this.used.get(name) ?? new Uint8Array(elementCount(array?.shape ?? [0]));
    this.used.set(name, marks);
    return marks;
  }
}
