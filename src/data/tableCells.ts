/** @file Selects cells from a table's rows. */

import { DataError, type Separators } from "./dataFault.ts";

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
  private readonly separators: Separators;
  private places: readonly number[] | undefined;

  /**
   * @param columns    numbers from 1, or names.
   * @param name       the name of the table in errors.
   * @param separators the separators of cells, for people.
   */
  constructor(columns: readonly string[], name: string, separators: Separators) {
    this.columns = columns;
    this.name = name;
    this.separators = separators;
    this.places = columns.every(isNumber) ? columns.map((column) => Number(column) - 1) : undefined;
  }

  /**
   * Returns the wanted cells of the next row; null if it is the header.
   *
   * @throws DataError if it lacks a cell, or a named column does not exist.
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
    throw new DataError(this.name, {
      kind: "columns",
      line,
      count: cells.length,
      asked: this.columns,
      separators: this.separators,
    });
  }
}

/** Whether a column is given as a number. */
export function isNumber(column: string): boolean {
  return /^\d+$/.test(column);
}

function placeOf(column: string, header: readonly string[], path: string): number {
  const place = header.findIndex((name) => name.trim() === column);
  if (place < 0) throw new DataError(path, { kind: "noColumn", column, header });
  return place;
}
