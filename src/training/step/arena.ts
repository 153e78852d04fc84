import type { ParameterSpecification } from "../../nn/parameters.ts";
import { UserError } from "../../tensor/errors.ts";
import { largestOf } from "../../tensor/extremes.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { elementCount } from "../../tensor/value.ts";

/**
 * The number of elements of a slice: its parameters, gradients and moments fit into a processor's cache, which makes
 * updates several times faster than updates of whole tensors. The slices of a smaller model are no larger than it.
 */
export const sliceSize = 131_072;

/** Squares of gradients are summed in rows of this size, of which a slice consists. */
export const rowSize = 4096;

/** Slices that are updated together: as many as the caches of two processors hold. */
const slicesAtOnce = 2;

/** Slices of an {@link Arena}, from the first to before the last. */
export interface SliceRange {
  readonly start: number;
  readonly end: number;
}

/**
 * All parameters, or their gradients or moments, in one block of memory: graphs read and write views of it, and
 * updates process it slice by slice.
 */
export class Arena {
  readonly data: Float32Array<ArrayBuffer>;
  /** The parameters as tensors that share the memory. */
  readonly views: ReadonlyMap<string, TensorValue>;

  /** The number of elements of a slice. */
  readonly sliceSize: number;
  /** The number of slices before the first of `later`. */
  readonly denseCount: number;

  /**
   * @param later the names of parameters that come after all others, in slices of their own.
   */
  constructor(parameters: readonly ParameterSpecification[], later: readonly string[] = []) {
    const groups = [false, true].map((isLater) =>
      parameters.filter(({ name }) => later.includes(name) === isLater),
    );
    const largest = largestOf(groups.map(lengthOf));
    this.sliceSize = Math.min(sliceSize, Math.max(1, Math.ceil(largest / rowSize)) * rowSize);
    const places: [ParameterSpecification, number][] = [];
    const starts = [0];
    for (const group of groups) {
      let length = starts.at(-1) as number;
      for (const parameter of group) {
        places.push([parameter, length]);
        length += placeSize(parameter);
      }
      starts.push(Math.max(1, Math.ceil(length / this.sliceSize)) * this.sliceSize);
    }
    const [, denseEnd, length] = starts as [number, number, number];
    this.denseCount = denseEnd / this.sliceSize;
    this.data = allocate(length);
    this.views = new Map(
      places.map(([{ name, shape }, start]) => {
        const data = this.data.subarray(start, start + elementCount(shape));
        return [name, { dtype: "float32", shape, data }];
      }),
    );
  }

  /** Copies values into all parameters. */
  take(values: ReadonlyMap<string, TensorValue>): void {
    for (const [name, view] of this.views) {
      const value = values.get(name);
      if (!value) throw new Error(`${name} is not among the model's weights.`);
      view.data.set(value.data as never);
    }
  }

  /** The number of slices. */
  get sliceCount(): number {
    return this.data.length / this.sliceSize;
  }

  /**
   * Parts of the memory, in order.
   *
   * @param range  the slices to take; all by default.
   * @param atOnce the slices of a part; the last part may have fewer.
   */
  parts(
    { start, end }: SliceRange = { start: 0, end: this.sliceCount },
    atOnce = slicesAtOnce,
  ): TensorValue[] {
    return Array.from({ length: Math.ceil((end - start) / atOnce) }, (_, index) => {
      const first = start + index * atOnce;
      const after = Math.min(end, first + atOnce);
      const data = this.data.subarray(first * this.sliceSize, after * this.sliceSize);
      return { dtype: "float32", shape: [data.length], data };
    });
  }
}

/** The elements that a parameter takes: whole cache lines, so that no two parameters share one. */
function placeSize({ shape }: ParameterSpecification): number {
  return Math.ceil(elementCount(shape) / 16) * 16;
}

function lengthOf(parameters: readonly ParameterSpecification[]): number {
  return parameters.reduce((sum, parameter) => sum + placeSize(parameter), 0);
}

function allocate(length: number): Float32Array<ArrayBuffer> {
  try {
    return new Float32Array(length);
  } catch {
    throw new UserError(
      `The model has ${length.toLocaleString("en")} parameters, more than the memory holds; make its layers, embeddings or vocabularies smaller.`,
    );
  }
}
