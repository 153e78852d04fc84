/**
 * @file The numbers of a parameter from the arrays of another program. Shapes are checked first, for all parameters;
 * numbers are only computed when nothing is wrong.
 */

import type { CellKind } from "../nn/cells.ts";
import { nearest } from "../options/nearest.ts";
import { elementCount } from "../tensor/value.ts";
import { specialTokens } from "../text/specialTokens.ts";
import type { ArrayUses } from "./arrayUses.ts";
import type { ForeignArrays } from "./foreignArrays.ts";
import { gatePlaces } from "./gates.ts";
import type { ArrayExpression, Expression, ExpressionChanges } from "./mapping.ts";

/** Numbers to be computed, of a shape that is known. */
export interface Numbers {
  readonly shape: readonly number[];
  /** In C order; a new array, or one that nobody changes. */
  readonly numbers: () => Float64Array;
}

/** A vocabulary's order: for each of our tokens the row of theirs, −1 for a token that they do not have. */
export interface TokenOrder {
  readonly rows: readonly number[];
  /** The number of their tokens. */
  readonly theirs: number;
  /** The row of their unknown token, as which they read what only our vocabulary has; −1 if there is none. */
  readonly unknown: number;
}

/** What expressions can refer to. */
export interface ExpressionScope {
  readonly arrays: ForeignArrays;
  readonly uses: ArrayUses;
  readonly cell: CellKind;
  readonly orders: Readonly<Record<"source" | "target", TokenOrder>>;
}

/** A fault in an expression, as a clause. */
export class ExpressionFault extends Error {
  override readonly name: string = "ExpressionFault";
}

/** The parameter that an expression is for. */
export interface ExpressionTarget {
  readonly shape: readonly number[];
  /** What stands at tokens that only our vocabulary has, unless the expression says it. */
  readonly missing: number;
  /** Whether it holds embeddings, so that such tokens are read like their unknown token. */
  readonly isEmbedding: boolean;
}

/** A shape as it is written in sentences. */
export const shown = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/**
 * Checks an expression, and counts the arrays it uses.
 *
 * @throws ExpressionFault if an array is missing, or the shapes do not fit.
 */
export function numbersOf(
  expression: Expression,
  target: ExpressionTarget,
  scope: ExpressionScope,
): Numbers {
  const found = evaluated(expression, target, scope);
  if (sameShape(found.shape, target.shape)) return found;
  const isTurned = sameShape(found.shape.toReversed(), target.shape);
  throw new ExpressionFault(
    `what is given for it is ${shown(found.shape)}, but it is ${shown(target.shape)}${isTurned ? '; add "transpose": true' : ""}`,
  );
}

const sameShape = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, axis) => size === other[axis]);

function evaluated(
  expression: Expression,
  target: ExpressionTarget,
  scope: ExpressionScope,
): Numbers {
  if (typeof expression === "string") return selected({ array: expression }, scope);
  if ("fill" in expression) {
    const { shape } = target;
    const { fill } = expression;
    return { shape, numbers: () => new Float64Array(elementCount(shape)).fill(fill) };
  }
  if ("array" in expression) {
    return changed(selected(expression, scope), expression, target, scope);
  }
  const all = "sum" in expression ? expression.sum : expression.join;
  const parts = all.map((part) => evaluated(part, target, scope));
  const made = "sum" in expression ? summed(parts) : joined(parts, expression.axis ?? 0);
  return changed(made, expression, target, scope);
}

/** An array, or the part of it that an expression names. */
function selected(
  {
    array: name,
    index,
    rows,
    columns,
    equalTo = [],
    again = false,
  }: Pick<ArrayExpression, "array"> & Partial<ArrayExpression>,
  { arrays, uses }: ExpressionScope,
): Numbers {
  const array = arrays.get(name);
  if (!array) throw new ExpressionFault(noArray(name, arrays));
  const [depth, ...inner] = array.shape;
  if (index !== undefined && (inner.length === 0 || index >= (depth ?? 0))) {
    throw new ExpressionFault(`${name} ${shown(array.shape)} has no part ${index}`);
  }
  const shape = index === undefined ? array.shape : inner;
  const width = elementCount(shape.slice(1));
  const height = shape[0] ?? 1;
  const last = shape.at(-1) ?? 1;
  if (columns && shape.length !== 2) {
    throw new ExpressionFault(
      `${name} ${shown(array.shape)} has no columns to choose from; it is no matrix`,
    );
  }
  const chosen = {
    rows: within(rows, height, `rows of ${name} ${shown(array.shape)}`),
    columns: columns
      ? within(columns, last, `columns of ${name} ${shown(array.shape)}`)
      : ([0, width] as const),
  };
  const offset = (index ?? 0) * height;
  const block = {
    rows: [offset + chosen.rows[0], offset + chosen.rows[1]] as const,
    columns: chosen.columns,
  };
  if (!uses.useBlock(name, block, width) && !again) {
    throw new ExpressionFault(
      `numbers of ${name} stand in another parameter already; add "again": true if that is meant`,
    );
  }
  for (const other of equalTo) {
    const same = arrays.get(other);
    if (!same) throw new ExpressionFault(noArray(other, arrays));
    uses.useWhole(other);
    if (!sameShape(same.shape, array.shape)) {
      throw new ExpressionFault(`${other} is not equal to ${name}: its shape is another`);
    }
    const numbers = same.numbers();
    if (array.numbers().some((value, at) => value !== numbers[at])) {
      throw new ExpressionFault(`${other} is not equal to ${name}: its numbers are others`);
    }
  }
  const [from, to] = block.rows;
  const [left, right] = block.columns;
  const chosenShape =
    shape.length === 0 ? [] : [to - from, ...(columns ? [right - left] : shape.slice(1))];
  return {
    shape: chosenShape,
    numbers: () => {
      const whole = array.numbers();
      if (right - left === width) return whole.subarray(from * width, to * width);
      const part = new Float64Array((to - from) * (right - left));
      for (let row = from; row < to; row++) {
        const cut = whole.subarray(row * width + left, row * width + right);
        part.set(cut, (row - from) * (right - left));
      }
      return part;
    },
  };
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

function noArray(name: string, arrays: ForeignArrays): string {
  const [meant] = nearest(name, arrays.keys());
  return `there is no array ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

function summed(parts: readonly Numbers[]): Numbers {
  const [first, ...others] = parts as readonly [Numbers, ...Numbers[]];
  const other = others.find(({ shape }) => !sameShape(shape, first.shape));
  if (other) {
    throw new ExpressionFault(
      `${shown(first.shape)} and ${shown(other.shape)} cannot be added to each other`,
    );
  }
  return {
    shape: first.shape,
    numbers: () => {
      const total = Float64Array.from(first.numbers());
      for (const { numbers } of others) {
        const added = numbers();
        for (let at = 0; at < total.length; at++) {
          total[at] = (total[at] as number) + (added[at] as number);
        }
      }
      return total;
    },
  };
}

function joined(parts: readonly Numbers[], axis: number): Numbers {
  const [first] = parts as readonly [Numbers];
  const fits = parts.every(
    ({ shape }) =>
      shape.length === first.shape.length &&
      shape.length > axis &&
      shape.every((size, at) => at === axis || size === first.shape[at]),
  );
  if (!fits) {
    const shapes = parts.map(({ shape }) => shown(shape)).join(" and ");
    throw new ExpressionFault(`${shapes} cannot be joined along axis ${axis}`);
  }
  const along = parts.reduce((total, { shape }) => total + (shape[axis] as number), 0);
  const shape = first.shape.map((size, at) => (at === axis ? along : size));
  return {
    shape,
    numbers: () => {
      const whole = new Float64Array(elementCount(shape));
      const outer = elementCount(shape.slice(0, axis));
      const stride = elementCount(shape.slice(axis));
      let begin = 0;
      for (const part of parts) {
        const numbers = part.numbers();
        const width = elementCount(part.shape.slice(axis));
        for (let row = 0; row < outer; row++) {
          whole.set(numbers.subarray(row * width, (row + 1) * width), row * stride + begin);
        }
        begin += width;
      }
      return whole;
    },
  };
}

/** Makes the changes of an expression, in their fixed order. */
function changed(
  numbers: Numbers,
  { vocabulary, reshape, transpose, gates, scale }: ExpressionChanges,
  target: ExpressionTarget,
  scope: ExpressionScope,
): Numbers {
  let made = numbers;
  if (vocabulary !== undefined) {
    const { of, axis, missing } =
      typeof vocabulary === "string" ? { of: vocabulary, axis: 0, missing: undefined } : vocabulary;
    const order = scope.orders[of];
    const rows = missing === undefined && target.isEmbedding ? rowsToRead(order) : order.rows;
    const theirs = order.theirs;
    made = inOrder(made, axis, { of, order: { rows, theirs }, missing: missing ?? target.missing });
  }
  if (reshape) made = reshaped(made, reshape);
  if (transpose) made = turned(made);
  if (gates) made = withGates(made, gates, scope.cell);
  if (scale !== undefined) {
    const { shape, numbers: before } = made;
    made = { shape, numbers: () => before().map((value) => value * scale) };
  }
  return made;
}

/** The rows of embeddings: signs that they do not have stay apart, other tokens are unknown to them. */
function rowsToRead({ rows, unknown }: TokenOrder): number[] {
  return rows.map((row, id) => (row < 0 && id >= specialTokens.length ? unknown : row));
}

/** Rows or columns in the order of our vocabulary. */
function inOrder(
  { shape, numbers }: Numbers,
  axis: number,
  {
    of,
    order,
    missing,
  }: {
    readonly of: string;
    readonly order: Pick<TokenOrder, "rows" | "theirs">;
    readonly missing: number;
  },
): Numbers {
  if (shape[axis] !== order.theirs || shape.length > 2) {
    throw new ExpressionFault(
      `${shown(shape)} has no ${axis === 0 ? "rows" : "columns"} for the ${order.theirs} tokens of the ${of} vocabulary`,
    );
  }
  const [, columns = 1] = shape;
  const { rows } = order;
  const made = shape.map((size, at) => (at === axis ? rows.length : size));
  return {
    shape: made,
    numbers: () => {
      const before = numbers();
      const after = new Float64Array(elementCount(made)).fill(missing);
      const width = axis === 0 ? columns : rows.length;
      for (let at = 0; at < after.length; at++) {
        const [row, column] = [Math.floor(at / width), at % width];
        const from = rows[axis === 0 ? row : column] as number;
        if (from < 0) continue;
        after[at] = before[axis === 0 ? from * columns + column : row * columns + from] as number;
      }
      return after;
    },
  };
}

function reshaped({ shape, numbers }: Numbers, asked: readonly number[]): Numbers {
  if (elementCount(asked) === elementCount(shape)) return { shape: asked, numbers };
  throw new ExpressionFault(`${shown(shape)} has no form ${shown(asked)}`);
}

function turned({ shape, numbers }: Numbers): Numbers {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined || shape.length > 2) {
    throw new ExpressionFault(`${shown(shape)} is no matrix that could be transposed`);
  }
  return {
    shape: [columns, rows],
    numbers: () => {
      const before = numbers();
      const after = new Float64Array(before.length);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          after[column * rows + row] = before[row * columns + column] as number;
        }
      }
      return after;
    },
  };
}

/** The gates along the last axis in our order. */
function withGates({ shape, numbers }: Numbers, gates: readonly string[], cell: CellKind): Numbers {
  const places = gatePlaces(gates, cell);
  if (typeof places === "string") throw new ExpressionFault(`gates: ${places}`);
  const width = shape.at(-1) ?? 0;
  if (width % gates.length !== 0) {
    throw new ExpressionFault(`the last axis of ${shown(shape)} has no ${gates.length} gates`);
  }
  const units = width / gates.length;
  return {
    shape,
    numbers: () => {
      const before = numbers();
      return before.map((_, at) => {
        const row = Math.floor(at / width) * width;
        const [gate, unit] = [Math.floor((at % width) / units), at % units];
        const { place, sign } = places[gate] as (typeof places)[number];
        return sign * (before[row + place * units + unit] as number);
      });
    },
  };
}
