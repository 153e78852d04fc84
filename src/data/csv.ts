/** @file Reads rows of CSV: quoted fields with doubled quotes and line breaks, as spreadsheets write them. */

import { DataError } from "./dataFault.ts";
import { type Line, maxLineBytes } from "./line.ts";
import { CellPicker, type CellRow } from "./tableCells.ts";

/** The options of csv-parse that are used. */
export interface CsvOptions {
  delimiter: string;
  relax_column_count: boolean;
  max_record_size: number;
  /** Called with each row, and the number of lines up to its end. */
  on_record: (cells: string[], context: { readonly lines: number }) => string[];
}

/**
 * Parses a text with csv-parse, whose streams need Node. Its errors have a `code` that begins with `CSV_` or `INVALID_`.
 *
 * @param text the text in pieces.
 */
export type ParseCsv = (
  text: AsyncIterable<string>,
  options: CsvOptions,
) => AsyncIterable<string[]>;

/** A CSV file, and what is wanted of it. */
export interface CsvFile {
  /** Its name in errors. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly parse: ParseCsv;
}

/** Possible separators, rarest in texts first; Excel writes semicolons where a comma is the decimal separator. */
const delimiters = ["\t", ";", ","] as const;

/** How many characters are inspected to detect the separator. */
const sampleLength = 2 ** 16;

/** The line that tells Excel the separator. */
const separatorLine = /^"?sep=(.)"?$/i;

/**
 * Yields the wanted cells of each row of a CSV file with the line in which it begins. The separator is
 * given by the first line, `sep=;`, or detected from the first rows.
 *
 * @throws DataError if quotes are unclosed or misplaced, or a row lacks a cell.
 */
export async function* readCsv(
  lines: AsyncGenerator<Line>,
  { name, columns, parse }: CsvFile,
): AsyncGenerator<CellRow> {
  try {
    const sample: Line[] = [];
    let length = 0;
    let isWhole = true;
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      sample.push(next.value);
      length += next.value.text.length + 1;
      isWhole = length < sampleLength;
      if (!isWhole) break;
    }
    const said = separatorLine.exec(sample[0]?.text ?? "")?.[1];
    const first = said === undefined ? 0 : 1;
    const rows = sample.slice(first);
    const delimiter = said ?? delimiterOf(rows, isWhole, columns);
    const picker = new CellPicker(columns, name, "commas or semicolons");
    const file = { name, parse, delimiter, picker, linesBefore: first };
    yield* parseRows(textOf(rows, lines), file);
  } finally {
    await lines.return(undefined);
  }
}

async function* parseRows(
  text: AsyncIterable<string>,
  file: {
    readonly name: string;
    readonly parse: ParseCsv;
    readonly delimiter: string;
    readonly picker: CellPicker;
    /** The number of lines of the file read before. */
    readonly linesBefore: number;
  },
): AsyncGenerator<CellRow> {
  const { name, parse, delimiter, picker, linesBefore } = file;
  /** The first line of each parsed row, from the oldest row that was not yielded yet. */
  const starts: number[] = [];
  let next = linesBefore + 1;
  const rows = parse(text, {
    delimiter,
    relax_column_count: true,
    max_record_size: maxLineBytes,
    on_record: (cells, { lines }) => {
      starts.push(next);
      next = linesBefore + lines + 1;
      return cells;
    },
  });
  try {
    for await (const cells of rows) {
      const row = picker.pick(cells, starts.shift() as number);
      if (row !== null) yield row;
    }
  } catch (error) {
    throw csvFault(error, name, next);
  }
}

/** The text of lines in large pieces, which parse faster than single lines. */
async function* textOf(first: readonly Line[], rest: AsyncIterable<Line>): AsyncGenerator<string> {
  let text = first.map((line) => `${line.text}\n`).join("");
  for await (const line of rest) {
    text += `${line.text}\n`;
    if (text.length < sampleLength) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

/** The error for one of csv-parse; others are returned as they are. */
function csvFault(error: unknown, name: string, line: number): unknown {
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== "string" || !/^(CSV|INVALID)_/.test(code)) return error;
  const isOpen = code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE";
  return new DataError(name, { kind: isOpen ? "openQuotes" : "strayQuotes", line });
}

/**
 * Detects the separator. It must occur in the first row and give the named columns, or else the same number of
 * fields in every row; of several, the one least often followed by a space, because a comma in a sentence is
 * followed by one.
 */
function delimiterOf(
  sample: readonly Line[],
  isWhole: boolean,
  columns: readonly string[],
): string {
  const text = sample.map((line) => line.text).join("\n");
  // Quoted fields may contain anything; one letter replaces each.
  const rows = text.replace(/"[^"]*"/g, "q").split("\n");
  if (!isWhole) rows.pop();
  const filled = rows.filter((row) => row.trim() !== "");
  const [header = ""] = text.split("\n");
  const present = delimiters
    .filter((delimiter) => filled[0]?.includes(delimiter))
    .map((delimiter) => {
      const parts = filled.map((row) => row.split(delimiter));
      const behind = parts.flatMap(([, ...others]) => others);
      const names = header.split(delimiter).map((cell) => unquoted(cell.trim()));
      return {
        delimiter,
        isNamed: columns.every((column) => names.includes(column)),
        isEven: parts.every(({ length }) => length === parts[0]?.length),
        spaced: behind.filter((part) => part.startsWith(" ")).length / behind.length,
      };
    });
  const likely = [
    present.filter(({ isNamed }) => isNamed),
    present.filter(({ isEven }) => isEven),
    present,
  ].find((some) => some.length > 0);
  // The sort is stable, so the first of several counts.
  const [best] = [...(likely ?? [])].sort((one, other) => one.spaced - other.spaced);
  return best?.delimiter ?? ",";
}

function unquoted(cell: string): string {
  return cell.replace(/^"(.*)"$/, "$1").replaceAll('""', '"');
}
