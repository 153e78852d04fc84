/** @file Which cells of a table's rows are wanted. */

import { UserError } from "../tensor/errors.ts";

/** A row of a table. */
export interface CellRow {
  readonly cells: readonly string[];
  /** The number of the line in which it begins, from 1 on. */
  readonly line: number;
}

/**
 * Yields the wanted cells of each row, in the order in which the columns are named. If they are named by words,
 * the first row has the names and is none itself. A blank row has empty cells.
 *
 * @param columns   numbers from 1 on, or names.
 * @param separated how cells are told apart, for people.
 * @throws UserError if a row lacks a cell or no column has such a name.
 */
export async function* pickCells(
  rows: AsyncIterable<CellRow>,
  columns: readonly string[],
  { name, separated }: { readonly name: string; readonly separated: string },
): AsyncGenerator<CellRow> {
  let places = columns.every(isNumber) ? columns.map((column) => Number(column) - 1) : undefined;
  for await (const { cells, line } of rows) {
    if (places === undefined) {
      places = columns.map((column) => placeOf(column, cells, name));
      continue;
    }
    // A blank line is told apart because files often end with one.
    const isBlank = cells.every((cell) => cell.trim() === "");
    const picked = places.map((place) => (isBlank ? "" : cells[place]));
    if (!picked.every((cell) => cell !== undefined)) {
      const count = cells.length === 1 ? "only 1 column" : `${cells.length} columns`;
      throw new UserError(
        `${name}: line ${line} has ${count} but columns ${columns.join(" and ")} were asked for; columns are separated by ${separated}.`,
      );
    }
    yield { cells: picked, line };
  }
}

/** Whether a column is given by its number. */
export function isNumber(column: string): boolean {
  return /^\d+$/.test(column);
}

function placeOf(column: string, header: readonly string[], path: string): number {
  const place = header.findIndex((name) => name.trim() === column);
  if (place < 0) {
    throw new UserError(
      `${path}: no column is named "${column}"; the first line names ${header.map((name) => `"${name.trim()}"`).join(", ")}.`,
    );
  }
  return place;
}
