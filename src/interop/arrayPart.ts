/** @file An array of another program, or a part of it, as an expression names it. */

import { nearest } from "../options/nearest.ts";
import { elementCount } from "../tensor/value.ts";
import type { ArrayUses, Block } from "./arrayUses.ts";
import type { ForeignArray, ForeignArrays } from "./foreignArrays.ts";
import type { ArrayExpression } from "./mapping.ts";
import type { Numbers } from "./numbers.ts";
import { ExpressionFault, sameShape, shown } from "./numbers.ts";

/** The arrays of a file, and which of their numbers are used. */
export interface ArrayScope {
  readonly arrays: ForeignArrays;
  readonly uses: ArrayUses;
}

/** Which part of which array is meant. */
type ArrayChoice = Pick<ArrayExpression, "array"> &
  Partial<Pick<ArrayExpression, "index" | "rows" | "columns" | "equalTo" | "again">>;

/**
 * Takes an array, or the part of it that is chosen, and counts it as used.
 *
 * @throws ExpressionFault if there is no such part, or it is used already.
 */
export function arrayPart(choice: ArrayChoice, { arrays, uses }: ArrayScope): Numbers {
  const array = arrayNamed(choice.array, arrays);
  const { block, shape, width } = chosenPart(array, choice);
  if (!uses.useBlock(array.name, block, width) && !choice.again) {
    throw new ExpressionFault(
      `numbers of ${array.name} stand in another parameter already; add "again": true if that is meant`,
    );
  }
  for (const other of choice.equalTo ?? []) {
    const same = arrayNamed(other, arrays);
    uses.useWhole(other);
    checkEqual(same, array);
  }
  return { shape, numbers: () => numbersIn(block, array.numbers(), width) };
}

/** A part of an array: where it is, its shape, and the numbers of one row of the array. */
interface ChosenPart {
  readonly block: Block;
  readonly shape: readonly number[];
  readonly width: number;
}

function chosenPart(array: ForeignArray, { index, rows, columns }: ArrayChoice): ChosenPart {
  const whole = `${array.name} ${shown(array.shape)}`;
  const [depth = 0, ...inner] = array.shape;
  if (index !== undefined && (inner.length === 0 || index >= depth)) {
    throw new ExpressionFault(`${whole} has no part ${index}`);
  }
  const shape = index === undefined ? array.shape : inner;
  if (columns && shape.length !== 2) {
    throw new ExpressionFault(`${whole} has no columns to choose from; it is no matrix`);
  }
  const [height = 1, ...row] = shape;
  const width = elementCount(row);
  const [from, to] = within(rows, height, `rows of ${whole}`);
  const [left, right] = within(columns, width, `columns of ${whole}`);
  const above = (index ?? 0) * height;
  return {
    block: { rows: [above + from, above + to], columns: [left, right] },
    shape: shape.length === 0 ? [] : [to - from, ...(columns ? [right - left] : row)],
    width,
  };
}

/** The numbers of a block of an array with rows of a width. */
function numbersIn({ rows, columns }: Block, whole: Float64Array, width: number): Float64Array {
  const [from, to] = rows;
  const [left, right] = columns;
  if (right - left === width) return whole.subarray(from * width, to * width);
  const part = new Float64Array((to - from) * (right - left));
  for (let row = from; row < to; row++) {
    const cut = whole.subarray(row * width + left, row * width + right);
    part.set(cut, (row - from) * (right - left));
  }
  return part;
}

function checkEqual(other: ForeignArray, array: ForeignArray): void {
  const refuse = (what: string): never => {
    throw new ExpressionFault(`${other.name} is not equal to ${array.name}: ${what}`);
  };
  if (!sameShape(other.shape, array.shape)) refuse("its shape is another");
  const numbers = other.numbers();
  if (array.numbers().some((value, at) => value !== numbers[at])) refuse("its numbers are others");
}

function within(
  range: readonly [number, number] | undefined,
  size: number,
  what: string,
): readonly [number, number] {
  if (!range) return [0, size];
  if (range[0] < range[1] && range[1] <= size) return range;
  throw new ExpressionFault(`there are no ${what} from ${range[0]} to ${range[1]}`);
}

function arrayNamed(name: string, arrays: ForeignArrays): ForeignArray {
  const array = arrays.get(name);
  if (array) return array;
  const [meant] = nearest(name, arrays.keys());
  throw new ExpressionFault(
    `there is no array ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
  );
}
