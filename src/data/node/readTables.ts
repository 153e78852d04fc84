import { nameOfPath } from "../paths.ts";
import { CellPicker, type CellRow } from "../tableCells.ts";
import { formatOf, type Table } from "../tables.ts";
import { readCsv } from "./csv.ts";
import { readJsonLines } from "./jsonLines.ts";
import { readLines } from "./lines.ts";

/**
 * Yields the wanted cells of each row of a table, in the order in which its columns are named.
 *
 * @throws UserError if the file cannot be read, or naming the line that lacks a cell or has another format.
 */
export function readRows(table: Table): AsyncGenerator<CellRow> {
  const { path, columns } = table;
  switch (formatOf(table)) {
    case "jsonl":
      return readJsonLines(path, columns);
    case "csv":
      return readCsv(path, columns);
    case "tsv":
      return readTabs(path, columns);
  }
}

async function* readTabs(path: string, columns: readonly string[]): AsyncGenerator<CellRow> {
  const picker = new CellPicker(columns, nameOfPath(path), "tabs");
  for await (const { text, line } of readLines(path)) {
    const row = picker.pick(text.split("\t"), line);
    if (row !== null) yield row;
  }
}
