/** @file The rows of a table, from its lines. */

import { type CsvFile, readCsv } from "./csv.ts";
import { readJsonLines } from "./jsonLines.ts";
import type { Line } from "./line.ts";
import { CellPicker, type CellRow } from "./tableCells.ts";
import type { TableFormat } from "./tables.ts";

/** A table whose lines are read elsewhere, and what is wanted of it. */
export interface TableOfLines extends CsvFile {
  readonly format: TableFormat;
}

/**
 * Yields the wanted cells of each row of a table, in the order in which its columns are named.
 *
 * @throws DataError naming the line that lacks a cell or has another format; and what `lines` throws.
 */
export function rowsOf(lines: AsyncGenerator<Line>, table: TableOfLines): AsyncGenerator<CellRow> {
  const { format, columns, name } = table;
  switch (format) {
    case "jsonl":
      return readJsonLines(lines, columns, name);
    case "csv":
      return readCsv(lines, table);
    case "tsv":
      return readTabs(lines, columns, name);
  }
}

async function* readTabs(
  lines: AsyncIterable<Line>,
  columns: readonly string[],
  name: string,
): AsyncGenerator<CellRow> {
  const picker = new CellPicker(columns, name, "tabs");
  for await (const { text, line } of lines) {
    const row = picker.pick(text.split("\t"), line);
    if (row !== null) yield row;
  }
}
