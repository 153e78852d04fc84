/** @file What a layout says: how a known program names and arranges its weights. */

import { UserError } from "../../tensor/errors.ts";
import type { ForeignArrays } from "../foreignArrays.ts";
import type { Mapping } from "../mapping.ts";

/** A mapping for the weights of a known program; sizes are read from its arrays. */
export interface Layout {
  /** What it is for, as a clause. */
  readonly help: string;
  /** The mapping for arrays of these sizes. */
  readonly mapping: (sizes: ArraySizes) => Mapping;
}

/** The sizes of arrays, by name. */
export class ArraySizes {
  private readonly arrays: ForeignArrays;
  private readonly layout: string;
  private readonly file: string;

  constructor(
    arrays: ForeignArrays,
    { layout, file }: { readonly layout: string; readonly file: string },
  ) {
    this.arrays = arrays;
    this.layout = layout;
    this.file = file;
  }

  /**
   * The size of an array along an axis.
   *
   * @throws UserError if there is no such array.
   */
  of(name: string, axis: number): number {
    const size = this.arrays.get(name)?.shape[axis];
    if (size !== undefined) return size;
    const found = [...this.arrays.keys()].slice(0, 6).join(", ");
    throw new UserError(
      `${this.file}: there is no array ${name} as the layout ${this.layout} has it, among ${found}${this.arrays.size > 6 ? " and others" : ""}; choose another layout, or write a mapping file.`,
    );
  }

  /** The layers, counted from 0, for which there is an array of this name. */
  layers(nameOf: (layer: number) => string): number[] {
    const found: number[] = [];
    while (this.has(nameOf(found.length))) found.push(found.length);
    return found;
  }

  /** Whether there is such an array. */
  has(name: string): boolean {
    return this.arrays.has(name);
  }
}
