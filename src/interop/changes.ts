/** @file Changes to numbers: another order of tokens or gates, another shape, a factor. */

import type { CellKind } from "../nn/cells.ts";
import { elementCount } from "../tensor/value.ts";
import { specialTokens } from "../text/specialTokens.ts";
import { gatePlaces } from "./gates.ts";
import type { ExpressionChanges } from "./mapping.ts";
import type { Numbers } from "./numbers.ts";
import { ExpressionFault, shown } from "./numbers.ts";
import type { TokenOrder } from "./tokenOrder.ts";

/** What changes refer to. */
export interface ChangeScope {
  readonly cell: CellKind;
  readonly orders: Readonly<Record<"source" | "target", TokenOrder>>;
}

/** What stands at tokens that only our vocabulary has, unless a change says it. */
export interface MissingTokens {
  readonly missing: number;
  /** Whether the numbers are embeddings, so that such tokens are read like their unknown token. */
  readonly isEmbedding: boolean;
}

/**
 * Makes the changes of an expression, in their fixed order.
 *
 * @throws ExpressionFault if they do not fit the shape.
 */
export function changed(
  numbers: Numbers,
  { vocabulary, reshape, transpose, gates, scale }: ExpressionChanges,
  target: MissingTokens,
  scope: ChangeScope,
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
