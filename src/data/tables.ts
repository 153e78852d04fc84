/** @file Tables: tab-separated, CSV or JSON Lines, each plain or gzipped. */

/** The formats of rows and cells. */
export const tableFormats = ["tsv", "csv", "jsonl"] as const;

export type TableFormat = (typeof tableFormats)[number];

/** A file whose rows have cells, some of which are wanted. */
export interface Table {
  readonly path: string;
  /** Each is a number from 1 or a name in the header; for JSON Lines, the name of a field. */
  readonly columns: readonly string[];
  /** Default: determined by the extension of the file; a pipe has none. */
  readonly format?: TableFormat | undefined;
}

/** The extension of a table: its format, and whether it is gzipped. */
export const tableEnding: RegExp =
  /(\.(?<format>tsv|tab|txt|csv|jsonl|ndjson|json-?lines))?(\.gz)?$/i;

/** The format of a table. */
export function formatOf({ path, format }: Pick<Table, "path" | "format">): TableFormat {
  if (format !== undefined) return format;
  const ending = tableEnding.exec(path)?.groups?.["format"]?.toLowerCase() ?? "";
  if (ending === "csv") return "csv";
  return /json$|jsonl|json-?lines/.test(ending) ? "jsonl" : "tsv";
}
