import { nameOfPath } from "../paths.ts";
import type { CellRow } from "../tableCells.ts";
import { rowsOf } from "../tableRows.ts";
import { formatOf, type Table } from "../tables.ts";
import { parseCsvStream } from "./csvStream.ts";
import { readLines } from "./lines.ts";

/**
 * Yields the wanted cells of each row of a table, in the order in which its columns are named.
 *
 * @throws UserError if the file cannot be read, or naming the line that lacks a cell or has another format.
 */
export function readRows(table: Table): AsyncGenerator<CellRow> {
  const { path, columns } = table;
  return rowsOf(readLines(path), {
    name: nameOfPath(path),
    columns,
    format: formatOf(table),
    parse: parseCsvStream,
  });
}
