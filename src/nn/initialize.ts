import { Random } from "../tensor/random.ts";
import { elementCount } from "../tensor/value.ts";
import type { ParameterSpecification } from "./parameters.ts";

/**
 * Draws a parameter's initial values. Each parameter has its own random stream from the seed and its name, so that
 * adding a parameter to a model does not change the others.
 */
export function initialValues(
  { name, shape, initializer }: ParameterSpecification,
  seed: number,
): Float32Array<ArrayBuffer> {
  const random = new Random(seed ^ hash(name));
  const values = new Float32Array(elementCount(shape));
  switch (initializer.kind) {
    case "uniform":
      return values.map(() => (2 * random.uniform() - 1) * initializer.range);
    case "normal":
      return values.map(() => random.normal() * initializer.deviation);
    case "glorot": {
      const range = Math.sqrt(6 / ((shape.at(-2) ?? 1) + (shape.at(-1) ?? 1)));
      return values.map(() => (2 * random.uniform() - 1) * range);
    }
    case "orthogonal":
      return orthogonalBlocks(shape.at(-2) ?? 1, shape.at(-1) ?? 1, random);
    case "constant":
      return values.fill(initializer.value);
    case "blocks": {
      const size = values.length / initializer.values.length;
      return values.map((_, index) => initializer.values[Math.floor(index / size)] as number);
    }
  }
}

/** A matrix of adjacent square blocks, each with orthonormal columns (Gram and Schmidt). */
function orthogonalBlocks(
  rows: number,
  columns: number,
  random: Random,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(rows * columns);
  for (let first = 0; first < columns; first += rows) {
    const block: Float64Array[] = [];
    const width = Math.min(rows, columns - first);
    while (block.length < width) {
      const column = Float64Array.from({ length: rows }, () => random.normal());
      // Twice, because rounding makes one pass lose orthogonality.
      for (let pass = 0; pass < 2; pass++) {
        for (const other of block) {
          const overlap = dot(column, other);
          for (let row = 0; row < rows; row++) {
            column[row] = (column[row] as number) - overlap * (other[row] as number);
          }
        }
      }
      const norm = Math.sqrt(dot(column, column));
      block.push(column.map((value) => value / norm));
    }
    for (const [index, column] of block.entries()) {
      for (let row = 0; row < rows; row++) {
        values[row * columns + first + index] = column[row] as number;
      }
    }
  }
  return values;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) {
    sum += (left[index] as number) * (right[index] as number);
  }
  return sum;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}
