/** @file Tables: tab-separated, CSV or JSON Lines, each plain or gzipped. */

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
