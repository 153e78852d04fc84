/** @file Selects cells from a table's rows. */

import { UserError } from "../tensor/errors.ts";

/** A row of a table. */
export interface CellRow {
  readonly cells: readonly string[];
  /** The number of its first line, from 1. */
  readonly line: number;
}

/**
 * Selects the wanted cells of successive rows, in the order in which the columns are named. If columns have names,
 * the first row is the header and yields nothing. A blank row has empty cells.
 */
export class CellPicker {
  private readonly columns: readonly string[];
  private readonly name: string;
  private readonly separators: string;
  private places: readonly number[] | undefined;

  /**
   * @param columns    numbers from 1, or names.
   * @param name       the name of the table in errors.
   * @param separators the separators of cells, for people.
   */
  constructor(columns: readonly string[], name: string, separators: string) {
    this.columns = columns;
    this.name = name;
    this.separators = separators;
    this.places = columns.every(isNumber) ? columns.map((column) => Number(column) - 1) : undefined;
  }

  /**
   * Returns the wanted cells of the next row; null if it is the header.
   *
   * @throws UserError if it lacks a cell, or a named column does not exist.
   */
  pick(cells: readonly string[], line: number): CellRow | null {
    const { places } = this;
    if (places === undefined) {
      this.places = this.columns.map((column) => placeOf(column, cells, this.name));
      return null;
    }
    // Blank lines are allowed because files often end with one.
    const isBlank = cells.every((cell) => cell.trim() === "");
    const picked = places.map((place) => (isBlank ? "" : cells[place]));
    if (picked.every((cell) => cell !== undefined)) return { cells: picked, line };
    const count = cells.length === 1 ? "only 1 column" : `${cells.length} columns`;
    throw new UserError(
      `${this.name}: line ${line} has ${count} but columns ${this.columns.join(" and ")} were asked for; columns are separated by ${this.separators}.`,
    );
  }
}

/** Whether a column is given as a number. */
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
