/** @file Tables: tab-separated, CSV or JSON Lines, each plain or gzipped. */

import { readCsv } from "./csv.ts";
import { readJsonLines } from "./jsonLines.ts";
import { readLines } from "./lines.ts";
import { nameOfPath } from "./rawBytes.ts";
import { CellPicker, type CellRow } from "./tableCells.ts";

/** How rows and cells are written. */
export const tableFormats = ["tsv", "csv", "jsonl"] as const;

export type TableFormat = (typeof tableFormats)[number];

/** A file whose rows have cells, of which some are wanted. */
export interface Table {
  readonly path: string;
  /** Each is named by its number from 1 on or by the header; those of JSON Lines are names of fields. */
  readonly columns: readonly string[];
  /** Told by the ending of the file's name unless given; a pipe has none. */
  readonly format?: TableFormat | undefined;
}

/** The end of a table's name: what it is, and whether it is packed. */
export const tableEnding: RegExp =
  /(\.(?<format>tsv|tab|txt|csv|jsonl|ndjson|json-?lines))?(\.gz)?$/i;

/** The format of a table. */
export function formatOf({ path, format }: Pick<Table, "path" | "format">): TableFormat {
  if (format !== undefined) return format;
  const ending = tableEnding.exec(path)?.groups?.["format"]?.toLowerCase() ?? "";
  if (ending === "csv") return "csv";
  return /json$|jsonl|json-?lines/.test(ending) ? "jsonl" : "tsv";
}

/**
 * Yields the wanted cells of each row of a table, in the order in which its columns are named.
 *
 * @throws UserError if the file cannot be read, or naming the line that lacks a cell or is of another form.
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
